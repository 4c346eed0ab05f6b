/**
 * Where a hub's files lie and what its refusals mean. The hub says with a header of its own why it refuses; a mirror may not,
 * and then the status has to do.
 */
import { EngineError, type HubAccess } from '@/lib/engine/contract';
import { parseUrl } from './parse-url';

/** Where files of one model come from. */
export interface FileOrigin {
  urlOf(path: string): URL;
  readonly token: string | null;
  /** Addresses under which another program may have kept the same file in this browser. */
  aliasesOf(path: string): readonly string[];
  refused(response: Response): EngineError | null;
}

export const HUB: HubAccess = { endpoint: 'https://huggingface.co', token: null };

/** @throws EngineError `bad-request` where it is no web address. */
export function endpointUrl(endpoint: string): URL {
  const url = parseUrl(endpoint.replace(/\/?$/, '/'));
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new EngineError('bad-request', { code: 'no-hub-address', params: { endpoint } });
  }
  return url;
}

export function apiUrl(endpoint: string, id: string, revision: string): URL {
  const url = new URL(`api/models/${id}/revision/${encodeURIComponent(revision)}`, endpointUrl(endpoint));
  // With it the answer holds each file's size and hashes.
  url.searchParams.set('blobs', 'true');
  return url;
}

/** @param revision branch or tag that was asked for, beside the commit it stood for. */
export function hubOrigin(access: HubAccess, id: string, commit: string, revision: string): FileOrigin {
  const base = endpointUrl(access.endpoint);
  const at = (root: URL, name: string, path: string) =>
    new URL(`${id}/resolve/${encodeURIComponent(name)}/${path}`, root);
  return {
    urlOf: (path) => at(base, commit, path),
    token: access.token,
    aliasesOf(path) {
      const roots = base.href === endpointUrl(HUB.endpoint).href ? [base] : [base, endpointUrl(HUB.endpoint)];
      const names = [...new Set([revision, 'main', commit])];
      return roots.flatMap((root) => names.map((name) => at(root, name, path).href));
    },
    refused: (response) => hubRefusal(response, access, id),
  };
}

/** null for what is no refusal of this model: a busy server, an address that ran out. */
export function hubRefusal(response: Response, { endpoint, token }: HubAccess, id: string): EngineError | null {
  const { status } = response;
  const why = response.headers.get('X-Error-Code');
  const page = new URL(id, endpointUrl(endpoint));
  const host = page.host;
  if (why === 'GatedRepo' || (status === 403 && !response.redirected)) {
    return new EngineError('gated', {
      code: 'gated',
      params: { id, page: page.href, token: token !== null },
    });
  }
  if (status === 401 && !response.redirected) {
    // For a name that nobody has and for a private repository the hub's answer is the same.
    if (token === null) {
      return new EngineError('model-not-found', { code: 'not-public', params: { host, id } });
    }
    return new EngineError('gated', { code: 'token-refused', params: { host, id } });
  }
  if (status === 404 || status === 410) {
    if (why === 'RevisionNotFound') {
      return new EngineError('model-not-found', { code: 'no-revision', params: { host, id } });
    }
    const code = why === 'EntryNotFound' ? 'no-such-file' : 'no-such-model';
    return new EngineError('model-not-found', { code, params: { host, id } });
  }
  return null;
}
