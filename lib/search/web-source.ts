/**
 * A search engine of the web behind an address that answers in JSON: SearXNG (`/search?q=…&format=json`), or any that names its results'
 * titles, addresses and excerpts. The query is all that is sent.
 */
import { MOST_FOUND, SearchError, type Found, type SearchSource } from './contract';
import { urlOf } from './url';

/** What an address says where the query goes. */
const QUERY = '{query}';

/** @returns the address that is asked; null for one that cannot be */
export function searchUrl(address: string, query: string): string | null {
  const filled = address.includes(QUERY) ? address.replaceAll(QUERY, encodeURIComponent(query)) : address;
  const url = /^https?:\/\//i.test(filled) ? urlOf(filled) : null;
  if (url === null || url.username + url.password !== '') return null;
  if (filled !== address) return url.href;
  if (url.pathname === '/' || url.pathname === '') url.pathname = '/search';
  url.searchParams.set('q', query);
  if (!url.searchParams.has('format')) url.searchParams.set('format', 'json');
  return url.href;
}

export const isSearchAddress = (address: string): boolean => searchUrl(address, 'x') !== null;

type Answered = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Answered =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where APIs keep their list, outermost first. */
const LISTS = ['results', 'data', 'organic', 'organic_results', 'items', 'webPages', 'web', 'value'];

function listIn(value: unknown, depth = 0): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (!isRecord(value) || depth > 2) return null;
  for (const name of LISTS) {
    const list = name in value ? listIn(value[name], depth + 1) : null;
    if (list) return list;
  }
  return null;
}

const LONGEST_EXCERPT = 1_000;

function foundIn(entry: unknown): Found | null {
  if (!isRecord(entry)) return null;
  const of = (...names: string[]): string => {
    const found = names.map((name) => entry[name]).find((value) => typeof value === 'string' && value.trim() !== '');
    return typeof found === 'string' ? found.trim() : '';
  };
  const address = of('url', 'link', 'href');
  if (!/^https?:\/\//i.test(address)) return null;
  const date = of('publishedDate', 'date', 'published', 'published_date', 'page_age');
  return {
    title: of('title', 'name') || address,
    address,
    excerpt: of('content', 'snippet', 'description', 'excerpt', 'body', 'text').slice(0, LONGEST_EXCERPT),
    ...(date !== '' && { date }),
  };
}

/** @throws SearchError `not-results` */
export function readResults(answer: unknown): readonly Found[] {
  const list = listIn(answer);
  if (!list) throw new SearchError('not-results');
  return list.flatMap((entry) => foundIn(entry) ?? []).slice(0, MOST_FOUND);
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

interface Sent {
  readonly method: 'POST';
  readonly body: string;
  readonly type: string;
}

async function ask(url: string, signal: AbortSignal, send: Fetch, sent?: Sent): Promise<readonly Found[]> {
  let answer: Response;
  try {
    answer = await send(url, {
      signal,
      headers: { Accept: 'application/json', ...(sent && { 'Content-Type': sent.type }) },
      ...(sent && { method: sent.method, body: sent.body }),
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new SearchError('unreachable', String(error), { cause: error });
  }
  if (!answer.ok) throw new SearchError('refused', String(answer.status));
  let read: unknown;
  try {
    read = await answer.json();
  } catch (error) {
    signal.throwIfAborted();
    throw new SearchError('not-results', String(error), { cause: error });
  }
  return readResults(read);
}

/** Asked by the page itself: the engine has to allow that (CORS). @throws SearchError `bad-address` when it is asked */
export function createWebSource(address: string, send: Fetch = (url, init) => fetch(url, init)): SearchSource {
  return {
    address,
    search: (query, signal) => {
      const url = searchUrl(address, query);
      if (url === null) throw new SearchError('bad-address', address);
      return ask(url, signal, send);
    },
  };
}

/** Where this site passes searches on. */
const SITE_SEARCH = '/api/search';

/** @param host of the search engine that the site names, as runs keep it */
export function createSiteSource(host: string, send: Fetch = (url, init) => fetch(url, init)): SearchSource {
  return {
    address: `https://${host}/`,
    search: (query, signal) =>
      ask(SITE_SEARCH, signal, send, { method: 'POST', body: JSON.stringify({ query }), type: 'application/json' }),
  };
}

/** The host that this site passes searches on to; null: it passes none on. Never rejects. */
export async function siteSearchHost(send: Fetch = (url, init) => fetch(url, init)): Promise<string | null> {
  try {
    const answer = await send(SITE_SEARCH, { headers: { Accept: 'application/json' } });
    const told: unknown = answer.ok ? await answer.json() : null;
    return isRecord(told) && typeof told.host === 'string' ? told.host : null;
  } catch {
    return null;
  }
}
