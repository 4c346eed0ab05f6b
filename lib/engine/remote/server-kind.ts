/** Which program answers, as far as it can be told: what it takes beyond the protocol depends on it. */
import { parseUrl } from '@/lib/models';
import type { ListedModel } from '@/lib/wire';
import type { Means, Server } from './ask-server';
import { SERVER_NAMES } from './names';

export type ServerKind = 'llama.cpp' | 'vllm' | 'sglang' | 'ollama' | 'lm-studio' | 'other';

const OWNERS: Readonly<Record<string, ServerKind>> = {
  llamacpp: 'llama.cpp',
  vllm: 'vllm',
  sglang: 'sglang',
  library: 'ollama',
  organization_owner: 'lm-studio',
};

export const kindOf = (model: Pick<ListedModel, 'owned_by'> | undefined): ServerKind =>
  OWNERS[model?.owned_by ?? ''] ?? 'other';

/** Where a program of one's own says its version, beside `/v1`, and under which name. */
const VERSIONS: Partial<Readonly<Record<ServerKind, { readonly path: string; readonly field: string }>>> = {
  'llama.cpp': { path: '/props', field: 'build_info' },
  vllm: { path: '/version', field: 'version' },
  ollama: { path: '/api/version', field: 'version' },
};

/** Its name and, where it says so, its version; empty for one that is not known. Never fails: it is an aside. */
export async function engineNameOf(
  kind: ServerKind,
  { base, key }: Server,
  { fetch }: Means,
  signal: AbortSignal,
): Promise<string> {
  const version = VERSIONS[kind];
  const name = SERVER_NAMES[kind];
  const place = parseUrl(base);
  if (!version || !place) return name;
  try {
    const response = await fetch(`${place.origin}${version.path}`, {
      signal,
      credentials: 'omit',
      redirect: 'error',
      headers: key === null ? {} : { authorization: `Bearer ${key}` },
    });
    const said: unknown = response.ok ? await response.json() : null;
    const told: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, version.field) : null;
    // Builds that do not know their number call themselves b0.
    const isVersion = typeof told === 'string' && /^(?!b0-)[\w.+-]{1,40}$/.test(told);
    return isVersion ? `${name} ${told}` : name;
  } catch {
    return name;
  }
}

/** Tokens; null where it does not tell. */
export const contextOf = (model: ListedModel | undefined): number | null =>
  model?.max_model_len ?? model?.meta?.n_ctx ?? null;
