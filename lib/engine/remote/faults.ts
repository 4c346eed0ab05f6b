/**
 * Why a server did not answer, as one of a closed set (lib/words, `servers.problems`): from its status and its words, or, where the browser
 * tells nothing but that it failed, from what can be found out around it. No address, no key and nothing that could hold one is in a fault:
 * it is written into the run.
 */
import { whyNoAnswer, type WhyNoAnswer } from '@/lib/image/why-no-answer';
import { parseUrl } from '@/lib/models';
import { serverFault } from '@/lib/wire';
import { EngineError, type ServerProblem } from '../contract';
import { isLoopback, isNear } from './address';

export const fail = (problem: ServerProblem, options?: ErrorOptions): EngineError =>
  new EngineError('server', problem, options);

export interface Refusal {
  readonly status: number;
  readonly body: string;
  readonly model: string;
  /** Is never repeated. */
  readonly key: string | null;
  /** Seconds that the server asks to wait. */
  readonly retryAfter?: number | null;
}

interface Said {
  readonly words: string;
  /** Tokens of its context, where it says so by number. */
  readonly context: number | null;
  readonly code: string;
}

/** What a refused request's body says; null where it is none of an API. */
export function readFault(body: string): Said | null {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  // Gemini's comes in a list where a stream was asked for.
  const read = serverFault.safeParse(Array.isArray(json) ? json[0] : json);
  if (!read.success) return null;
  const { data } = read;
  if ('detail' in data) return { words: data.detail, context: null, code: '' };
  if (!('error' in data)) return { words: data.message, context: null, code: String(data.code ?? '') };
  const { error } = data;
  if (typeof error === 'string') return { words: error, context: null, code: '' };
  const code = [error.type, error.code, error.status].filter((one) => one !== null && one !== undefined).join(' ');
  return { words: error.message ?? '', context: error.n_ctx ?? null, code };
}

const OVERFLOW =
  /exceed_context|context (size|length|window)|maximum (context|input|prompt)|prompt is too long|too many (input )?tokens|input token count/i;
const PICTURES =
  /too many images|at most \d+ image|image.{0,40}(may be provided|limit)|more than \d+ images|maximum number of images/i;
const FORMAT =
  /(failed|unable|could not|cannot) to (load|decode|process|identify|read).{0,20}image|image (format|type|file) (is )?(not|un)|unsupported image|cannot identify image|invalid image|media_type|could not process image|mime type/i;
const NO_MODEL =
  /model.{0,80}(not (found|exist|available|supported)|does not exist|unknown)|no such model|model_not_found|try pulling it/i;
const KEY = /api[ _-]?key|authentication|unauthori[sz]ed|permission_error|credentials/i;

export function faultOf({ status, body, model, key, retryAfter = null }: Refusal): ServerProblem {
  const said = readFault(body);
  if (status === 401 || status === 403) return { code: 'key-refused' };
  if (status === 429) return { code: 'too-many-requests', params: { seconds: retryAfter } };
  if (said === null) {
    if (status === 404 || status === 405) return { code: 'wrong-address' };
    return status >= 500 ? { code: 'failed', params: { status } } : { code: 'not-an-api' };
  }
  const { words, code } = said;
  if (code.includes('loupe_unreachable')) return { code: 'unreachable' };
  const all = `${code} ${words}`;
  if (OVERFLOW.test(all)) return { code: 'context-overflow', params: { most: said.context ?? contextIn(words) } };
  if (PICTURES.test(words)) return { code: 'too-many-pictures', params: { most: numberIn(/at most (\d+)/i, words) } };
  if (FORMAT.test(words)) return { code: 'picture-format' };
  if (NO_MODEL.test(all)) return { code: 'unknown-model', params: { model } };
  if (status === 400 && KEY.test(all)) return { code: 'key-refused' };
  if (status === 404 || status === 405) return { code: 'wrong-address' };
  if (status >= 500) return { code: 'failed', params: { status } };
  return { code: 'refused', params: { status, words: withoutSecrets(words, key).slice(0, 300) } };
}

/** The server's own limit, of the numbers that it names. */
function contextIn(words: string): number | null {
  return (
    numberIn(/(?:maximum context length is|context (?:size|length|window) (?:of|is)?)\D{0,3}(\d+)/i, words) ??
    numberIn(/>\s*(\d+)\s*maximum/i, words) ??
    numberIn(/available context size \((\d+)/i, words) ??
    numberIn(/maximum number of tokens allowed \((\d+)/i, words)
  );
}

function numberIn(pattern: RegExp, words: string): number | null {
  const found = pattern.exec(words)?.[1];
  return found === undefined ? null : Number(found);
}

/** Some servers repeat the key, or an address, in what they say. */
export function withoutSecrets(words: string, key: string | null): string {
  const hidden = key === null || key === '' ? words : words.replaceAll(key, '…');
  return hidden
    .replace(/\b(sk|key|AIza)[-_]?[\w*-]{8,}/g, '…')
    .replace(/https?:\/\/\S+/g, '…')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What the page around an engine can tell of a request that failed without an answer. */
export interface Surroundings {
  /** `https:` where the page came so; empty outside of a page. */
  readonly protocol: string;
  readonly host: string;
  /** Whether something answers there at all, which a page is then kept from reading. */
  whyNoAnswer(url: string): Promise<WhyNoAnswer>;
  /** Whether the page's policy has refused it just now. */
  refusedByPolicy(url: string): Promise<boolean>;
  /** Whether the person or the browser keeps the page from the local network. */
  localNetworkDenied(): Promise<boolean>;
}

export async function faultAround(url: string, around: Surroundings): Promise<ServerProblem> {
  const { protocol, hostname } = new URL(url);
  if (await around.refusedByPolicy(url)) return { code: 'policy' };
  if (around.protocol === 'https:' && protocol === 'http:' && !isLoopback(hostname)) return { code: 'mixed-content' };
  if (isNear(hostname) && !isLoopback(around.host) && (await around.localNetworkDenied()))
    return { code: 'local-network' };
  return { code: SILENCE[await around.whyNoAnswer(url)] };
}

const SILENCE = {
  blocked: 'cors',
  unreachable: 'unreachable',
  'blocked-or-unreachable': 'cors-or-unreachable',
} as const satisfies Record<WhyNoAnswer, ServerProblem['code']>;

/** Milliseconds within which a browser reports what its policy refused. */
const REPORT_MS = 100;

/** The page's own. In Node there is none of it: what fails is not reachable. */
export function pageSurroundings(): Surroundings {
  const page = typeof document === 'undefined' ? null : document;
  const refused = new Set<string>();
  page?.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    const blocked = parseUrl(blockedURI);
    if (effectiveDirective === 'connect-src' && blocked) refused.add(blocked.origin);
  });
  return {
    protocol: page?.location.protocol ?? '',
    host: page?.location.hostname ?? '',
    whyNoAnswer: (url) => (page ? whyNoAnswer(new URL(url)) : Promise.resolve('unreachable')),
    async refusedByPolicy(url) {
      if (!page) return false;
      await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
      return refused.has(new URL(url).origin);
    },
    async localNetworkDenied() {
      try {
        // Not in TypeScript's list yet; a browser that does not know it throws.
        const name = 'local-network-access' as PermissionName;
        return (await navigator.permissions.query({ name })).state === 'denied';
      } catch {
        return false;
      }
    },
  };
}
