/** The dialects this app speaks: a line each. */
export { deepeyes } from './deepeyes';
export { gemmaTools } from './gemma-tools';
export { nano1 } from './nano-1';
export { qwenTools } from './qwen-tools';
export { qwenXml } from './qwen-xml';
export { zoomJson } from './zoom-json';
