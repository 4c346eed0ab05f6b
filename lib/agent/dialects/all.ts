/** The dialects this app speaks: a line each. */
export { deepeyes, deepeyesLast } from './deepeyes';
export { deepeyesV2 } from './deepeyes-v2';
export { gemmaTools } from './gemma-tools';
export { miniO3 } from './mini-o3';
export { nano1 } from './nano-1';
export { native, nativeYx } from './native';
export { pixelReasoner } from './pixel-reasoner';
export { qwenTools } from './qwen-tools';
export { qwenXml } from './qwen-xml';
export { zoomJson } from './zoom-json';
