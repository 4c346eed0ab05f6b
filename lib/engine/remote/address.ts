/**
 * Addresses of models behind a server: `remote:<wire>?url=<base>&model=<id>[&dialect=…][&frame=…][&max=N][&min=N][&picture=jpeg][&tokens=N]`, or
 * `via=<name>` in place of `url` for one that the page's own server passes on to. Never a key: an address is kept, shown and written into runs.
 */
import type { Frame } from '@/lib/geometry';
import { parseUrl } from '@/lib/models';

export const WIRES = ['chat', 'messages', 'gemini', 'responses'] as const;

/** By which protocol: OpenAI's Chat Completions and all who follow it, Anthropic's Messages, Gemini's, OpenAI's Responses. */
export type WireId = (typeof WIRES)[number];

export interface RemoteAddress {
  readonly wire: WireId;
  readonly server: { readonly url: string } | { readonly via: string };
  readonly model: string;
  /** Left out: as the model's name suggests (known-models.ts); so with those below. */
  readonly dialect?: string | undefined;
  readonly frame?: Frame | undefined;
  /** Pixels of a picture as it is sent: it is made smaller, or larger, until it fits. */
  readonly maxPixels?: number | undefined;
  readonly minPixels?: number | undefined;
  readonly picture?: 'png' | 'jpeg' | undefined;
  /** Most that a turn may write. */
  readonly tokens?: number | undefined;
}

const FRAMES: readonly Frame[] = ['thousandths', 'fractions', 'resized-pixels', 'original-pixels'];

/** Of a server that is passed on to, as LOUPE_ENDPOINTS has it. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,39}$/i;

export const isRemote = (modelUrl: string): boolean => modelUrl.startsWith('remote:');

/** Null for what is none. */
export function parseRemote(modelUrl: string): RemoteAddress | null {
  const [, wire = '', query = ''] = /^remote:([a-z]+)\?(.*)$/s.exec(modelUrl) ?? [];
  const asked = new URLSearchParams(query);
  const known = WIRES.find((one) => one === wire);
  const model = asked.get('model') ?? '';
  const via = asked.get('via');
  const url = baseUrl(asked.get('url') ?? '', known ?? 'chat');
  if (known === undefined || model === '') return null;
  if (via === null ? url === null : !NAME.test(via)) return null;
  const picture = asked.get('picture');
  return {
    wire: known,
    server: via === null ? { url: url ?? '' } : { via },
    model,
    dialect: asked.get('dialect') ?? undefined,
    frame: FRAMES.find((one) => one === asked.get('frame')),
    maxPixels: wholeNumber(asked.get('max')),
    minPixels: wholeNumber(asked.get('min')),
    picture: picture === 'png' || picture === 'jpeg' ? picture : undefined,
    tokens: wholeNumber(asked.get('tokens')),
  };
}

export function formatRemote({ wire, server, model, ...rest }: RemoteAddress): string {
  const asked = new URLSearchParams({ ...server, model });
  const { dialect, frame, maxPixels, minPixels, picture, tokens } = rest;
  for (const [key, value] of Object.entries({ dialect, frame, max: maxPixels, min: minPixels, picture, tokens })) {
    if (value !== undefined) asked.set(key, String(value));
  }
  return `remote:${wire}?${asked}`;
}

/** What stands before `/chat/completions` and its like. Typed: with or without that, with or without `/v1`. Null for what is no address. */
export function baseUrl(typed: string, wire: WireId): string | null {
  const text = typed.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${isNear(text) ? 'http' : 'https'}://${text}`;
  const url = text === '' ? null : parseUrl(address);
  if (!url) return null;
  const { protocol, origin, pathname, username, password } = url;
  // A sign-in in an address would stand in every run.
  if ((protocol !== 'http:' && protocol !== 'https:') || username + password !== '') return null;
  const path = pathname
    .replace(/\/+$/, '')
    .replace(/\/(chat\/completions|completions|models|messages|responses)$/, '')
    .replace(/\/+$/, '');
  return `${origin}${path || (wire === 'gemini' ? '/v1beta' : '/v1')}`;
}

/** This machine or one in the same house, where TLS is the exception. */
export function isNear(address: string): boolean {
  const host = address.replace(/^[a-z]+:\/\//i, '').replace(/[:/?#].*$/, '');
  return (
    isLoopback(host) ||
    /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host) ||
    /\.(local|lan|home)$/i.test(host)
  );
}

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(host);

/** Whose address it is, for people: what is sent goes there. */
export const hostOf = ({ server }: Pick<RemoteAddress, 'server'>): string =>
  'via' in server ? server.via : new URL(server.url).host;

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
