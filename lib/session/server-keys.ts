/**
 * The person's own keys for servers of models. They stay in this browser's storage, apart from the settings, which are shown and put back
 * as a whole; each is sent to its own server alone.
 */
import type { SettingsStorage } from './contract';
import { isToken } from './hub-access';

export const KEYS_KEY = 'loupe.keys';

/** By where the server is: its base address, or `via:<name>`. */
export type ServerKeys = Readonly<Record<string, string>>;

const MOST = 50;

/** Where the server of a `remote:` address is; null for another model. */
export function serverPlace(modelUrl: string): string | null {
  if (!modelUrl.startsWith('remote:')) return null;
  const asked = new URLSearchParams(modelUrl.replace(/^[^?]*\??/, ''));
  const via = asked.get('via');
  return via === null ? asked.get('url') : `via:${via}`;
}

export function keyFor(keys: ServerKeys, modelUrl: string): string | null {
  const place = serverPlace(modelUrl);
  return place !== null && Object.hasOwn(keys, place) ? (keys[place] ?? null) : null;
}

/** With this key, or for null without one. What cannot stand in a header is no key. */
export function withKey(keys: ServerKeys, place: string, key: string | null): ServerKeys {
  const others = Object.entries(keys).filter(([one]) => one !== place);
  return Object.fromEntries(isToken(key) ? [...others.slice(1 - MOST), [place, key]] : others);
}

export function readKeys(storage: SettingsStorage | null): ServerKeys {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEYS_KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, string] => isToken(entry[1])));
  } catch {
    return {};
  }
}

/** A browser that refuses storage only forgets them. */
export function keepKeys(storage: SettingsStorage | null, keys: ServerKeys): void {
  try {
    storage?.setItem(KEYS_KEY, JSON.stringify(keys));
  } catch {
    // They then last as long as the page.
  }
}
