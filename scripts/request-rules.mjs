/**
 * What a request must be before Next sees it: a method and a path that the app has, an address that can be decoded, a body only
 * where one is taken, and headers that Next's own parsers survive. What is not so is the client's fault and answered with a 4xx;
 * Next would answer some of it with 500.
 */
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';

const READ = ['GET', 'HEAD', 'OPTIONS'];
/** Longer than any link of ours by far. */
const MAX_URL = 4096;

function methodsOf(path) {
  if (path === '/api/search') return [...READ, 'POST'];
  if (path === '/api/shares') return [...READ, 'POST'];
  if (/^\/api\/shares\/[^/]+$/.test(path)) return [...READ, 'PUT', 'DELETE'];
  if (/^\/api\/shares\/[^/]+\/open$/.test(path)) return [...READ, 'POST', 'DELETE'];
  if (/^\/api\/servers\/[^/]+\/.+$/.test(path)) return [...READ, 'POST'];
  return READ;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function takesBody(method) {
  return method === 'POST' || method === 'PUT';
}

function hasBody({ headers }) {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}

/** Which parts of a page the client has, in Next's own words and by its own check; Next answers 500 to what fails it. */
function routerStateHolds(header) {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}

/**
 * The address of a shared run without what came with it where something on the way wrote the `#` out: what follows is the key. The
 * page reads it from its own address (lib/share/address.ts); Next, its traces and its logs never see it.
 * @param {string} url
 */
export function withoutKey(url) {
  return url.replace(/^(\/+[te]\/[^#]*?)(?:%(?:25)*23|#).*$/is, '$1');
}

/**
 * @param {Pick<import('node:http').IncomingMessage, 'method' | 'url' | 'headers'>} request
 * @returns {{ status: number, reason: string, allow?: string, location?: string } | null} why it is refused; null: it is not
 */
export function refusalOf(request) {
  const { method = '', url = '', headers } = request;
  if (url.length > MAX_URL) return { status: 414, reason: 'The address is too long.' };
  // A proxy's whole address, `*`, and what a browser would read as another host.
  if (!url.startsWith('/') || url.startsWith('//')) return { status: 400, reason: 'The path has to begin with one /.' };
  const [raw = '', query = ''] = url.split(/\?(.*)/s);
  const path = decoded(raw);
  if (path === null || /[\u0000-\u001f\u007f\\]/.test(path)) {
    return { status: 400, reason: 'The path cannot be decoded.' };
  }
  if (decoded(query.replaceAll(/%(?![0-9a-f]{2})/gi, '%25')) === null) {
    return { status: 400, reason: 'The query cannot be decoded.' };
  }
  // Pictures shared from other apps are for the service worker. Where there is none they are not read: the page opens without them.
  if (raw === '/receive' && method === 'POST')
    return { status: 303, reason: 'Pictures stay on your device.', location: '/' };
  const allowed = methodsOf(raw);
  if (!allowed.includes(method)) {
    return { status: 405, reason: `This address takes ${allowed.join(', ')}.`, allow: allowed.join(', ') };
  }
  if (!takesBody(method) && hasBody(request)) return { status: 400, reason: `A ${method} has no body here.` };
  const { host = '' } = headers;
  if (/[\s/\\?#@]/.test(host) || !URL.canParse(`http://${host}`)) {
    return { status: 400, reason: 'The Host header is none.' };
  }
  if (!routerStateHolds(headers['next-router-state-tree'])) {
    return { status: 400, reason: 'The Next-Router-State-Tree header is none.' };
  }
  return null;
}
