/**
 * Where models of a hub come from: the hub itself or a mirror of it, and the token with which gated ones are read. Both stay in
 * this browser's storage, apart from the settings, which are shown and put back as a whole.
 */
import type { HubAccess } from '@/lib/engine';
import { parseUrl } from '@/lib/models';
import type { SettingsStorage } from './contract';

export const HUB_KEY = 'loupe.hub';

export const DEFAULT_HUB: HubAccess = { endpoint: 'https://huggingface.co', token: null };

/** The hub of who has chosen none. @param endpoint as the page's server has it; null: it says nothing */
export function usualHub(endpoint: string | null): HubAccess {
  return fitHub({ endpoint, token: null });
}

/** `candidate` with each value that does not fit replaced by that of `base`. An empty token is none. */
export function fitHub(candidate: unknown, base: HubAccess = DEFAULT_HUB): HubAccess {
  if (typeof candidate !== 'object' || candidate === null) return base;
  const { endpoint, token } = candidate as Readonly<Record<string, unknown>>; // any object may be read by string keys
  return {
    endpoint: isEndpoint(endpoint) ? endpoint.replace(/\/+$/, '') : base.endpoint,
    // What cannot stand in a header is no token.
    token: token === null || token === '' ? null : isToken(token) ? token : base.token,
  };
}

/** A web address without sign-in, query or fragment; without TLS on this machine alone, as lib/server/content-policy.ts has it. */
export function isEndpoint(value: unknown): value is string {
  const url = typeof value === 'string' ? parseUrl(value) : null;
  if (!url) return false;
  const { protocol, hostname, username, password, search, hash } = url;
  const reachable = protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
  return reachable && username + password + search + hash === '';
}

/** What can stand in a header. */
export const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]{1,500}$/.test(value);

/** What was chosen in this browser, and where nothing was, the usual one. */
export function readHub(storage: SettingsStorage | null, usual: HubAccess): HubAccess {
  try {
    const text = storage?.getItem(HUB_KEY);
    const hub = text ? fitHub(JSON.parse(text), { ...usual, endpoint: '' }) : usual;
    // A token whose hub is not known is nobody's.
    return hub.endpoint === '' ? usual : hub;
  } catch {
    return usual;
  }
}

/** A browser that refuses storage only forgets it. */
export function keepHub(storage: SettingsStorage | null, hub: HubAccess): void {
  try {
    storage?.setItem(HUB_KEY, JSON.stringify(hub));
  } catch {
    // It then lasts as long as the page.
  }
}
