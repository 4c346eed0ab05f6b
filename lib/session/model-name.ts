/**
 * What is known of a model by its address alone (lib/engine/contract.ts, `LoadRequest.modelUrl`): a name for people, and what of
 * the address is written into a run. Not the address's own reader, which comes with the hub's code when it is needed.
 */

/** What ships with the app. */
export const SHIPPED_MODEL = '/models/loupe-nano/';

const LONGEST = 1000;

/** Whether a stored text may be an address at all; whether there is such a model is found out by who loads it. */
export function isModelUrl(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST && /^[^\s]+$/.test(value);
}

/** `hub:owner/name@rev?dtype=q4` → 'name (q4)', with `&thinking=on` → 'name (q4, thinking)'. Of a folder the last part of its path. */
export function modelName(modelUrl: string): string {
  if (modelUrl === SHIPPED_MODEL) return 'Loupe Nano'; // eslint-disable-line words/in-table -- a name, the same in every language
  if (modelUrl.startsWith('remote:')) {
    const model = new URLSearchParams(modelUrl.replace(/^[^?]*\??/, '')).get('model') ?? '';
    return model.split('/').at(-1) || model;
  }
  const [path = '', query] = modelUrl.replace(/^(hub|local):/, '').split('?');
  const last = path.replace(/@.*$/, '').replace(/\/+$/, '').split('/').at(-1) ?? '';
  const asked = new URLSearchParams(query);
  const how = [asked.get('dtype'), asked.get('thinking') === 'on' ? 'thinking' : null].filter(Boolean).join(', ');
  return `${unescaped(last) || modelUrl}${how && ` (${how})`}`;
}

/**
 * As a run keeps it: of a web address neither query nor sign-in, and of a model behind a server not where that is: these may be nobody
 * else's business.
 */
export function recordedModelUrl(modelUrl: string): string {
  if (/^(hub|local):/.test(modelUrl)) return modelUrl;
  if (modelUrl.startsWith('remote:')) {
    const [wire = '', query] = modelUrl.split('?');
    const asked = new URLSearchParams(query);
    for (const key of ['url', 'via']) asked.delete(key);
    return `${wire}?${asked}`;
  }
  return modelUrl.replace(/[?#].*$/, '').replace(/\/\/[^/]*@/, '//');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
