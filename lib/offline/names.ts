/** What the page and the service worker both know by name. */
export const SERVICE_WORKER = '/sw.js';
/** Where another app sends a picture (share_target). */
export const RECEIVE_PATH = '/receive';
export const RECEIVED_CACHE = 'loupe-received';
export const RECEIVED_NAME = 'Loupe-Name';
/** Files of the shipped model. */
export const SHIPPED_CACHE = 'loupe-shipped';
/** Files of Python. */
export const PYTHON_CACHE = 'loupe-python';
/** Files of ONNX Runtime. */
export const RUNTIME_CACHE = 'loupe-ort';
