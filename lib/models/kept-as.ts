/**
 * Under which address a model's files are kept. One of the person's own disk is kept once, however its address asks for it
 * (`local:<name>?maxPixels=…`); of a hub each address is kept as a model of its own.
 */
export function keptAs(modelUrl: string): string {
  return modelUrl.startsWith('local:') ? modelUrl.replace(/\?.*$/, '') : modelUrl;
}
