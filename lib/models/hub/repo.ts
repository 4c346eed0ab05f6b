/**
 * A repository as the loader sees it, wherever it lies: its files with sizes and hashes, and the texts of small ones. The hub's
 * answer passes its schema here once.
 */
import * as z from 'zod/mini';
import { EngineError, type HubAccess, type ModelFile } from '@/lib/engine/contract';
import { ask, brokeOff, withRetries, type Patience } from './ask';
import { apiUrl, hubOrigin, hubRefusal } from './hub-origin';

/** A file of a repository; what it is for is decided later. */
export type RepoFile = Omit<ModelFile, 'role'>;

export interface Repo {
  /** `owner/name`, or the name of a local folder. */
  readonly id: string;
  /** Of a hub's repository, 40 hex digits; of a local one a digest of its files. */
  readonly commit: string;
  /** SPDX-like, as the card says it; '' where it says nothing. */
  readonly license: string;
  readonly gated: boolean;
  readonly files: ReadonlyMap<string, RepoFile>;
  /** null where there is no such file. @throws EngineError of the network; `bad-manifest` where it is too long. */
  text(path: string): Promise<string | null>;
}

export interface RepoRequest extends HubAccess {
  readonly id: string;
  readonly revision: string;
  readonly patience?: Patience | undefined;
}

const sibling = z.object({
  rfilename: z.string(),
  size: z.optional(z.nullable(z.number().check(z.int(), z.nonnegative()))),
  blobId: z.optional(z.nullable(z.string().check(z.regex(/^[0-9a-f]{40}$/)))),
  lfs: z.optional(
    z.nullable(
      z.object({
        sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
        size: z.number().check(z.int(), z.nonnegative()),
      }),
    ),
  ),
});

const answer = z.object({
  sha: z.string().check(z.regex(/^[0-9a-f]{40}$/)),
  gated: z.optional(z.union([z.boolean(), z.string()])),
  cardData: z.optional(
    z.nullable(
      z.object({
        license: z.optional(z.nullable(z.union([z.string(), z.array(z.string())]))),
        license_name: z.optional(z.nullable(z.string())),
      }),
    ),
  ),
  tags: z.optional(z.array(z.string())),
  siblings: z.array(sibling),
});

/** Relative, forward slashes, no way out of the repository; as manifest.ts has it. */
const PATH = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;

/** tokenizer.json of the largest vocabularies has some 20 MB. */
const LONGEST_TEXT = 64 * 1024 * 1024;

/**
 * Asks the hub for a repository's files.
 * @throws EngineError `model-not-found`, `gated`, `offline`, `network`, `bad-manifest`; the abort's reason when aborted.
 */
export async function fetchRepo(request: RepoRequest, signal: AbortSignal): Promise<Repo> {
  const { endpoint, id, revision, token, patience } = request;
  const refused = (response: Response) => hubRefusal(response, request, id);
  const url = apiUrl(endpoint, id, revision);
  const silenceMs = patience?.silenceMs;
  const parsed = answer.safeParse(
    await withRetries(
      async () => {
        const response = await ask(url, { signal, token, missing: 'model-not-found', silenceMs, refused });
        return readJson(response, signal);
      },
      signal,
      patience,
    ),
  );
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const detail = `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'wrong'}`;
    throw new EngineError('bad-manifest', { code: 'not-the-hub', params: { host: url.host, id, detail } });
  }
  const { sha, gated, siblings, cardData, tags } = parsed.data;
  const files = new Map<string, RepoFile>();
  for (const one of siblings) {
    const file = repoFile(one);
    if (file) files.set(file.path, file);
  }
  if (files.size === 0 && siblings.length > 0) {
    throw new EngineError('bad-manifest', { code: 'no-hashes', params: { host: url.host, id } });
  }
  const origin = hubOrigin(request, id, sha, revision);
  return {
    id,
    commit: sha,
    license: licenseOf(cardData ?? null, tags ?? []),
    gated: gated !== undefined && gated !== false,
    files,
    async text(path) {
      const file = files.get(path);
      if (!file) return null;
      if (file.bytes > LONGEST_TEXT) {
        throw new EngineError('bad-manifest', { code: 'text-too-long', params: { path, id } });
      }
      return withRetries(
        async () => {
          const url = origin.urlOf(path);
          const response = await ask(url, { signal, token, missing: 'model-not-found', silenceMs, refused });
          return readText(response, path, signal);
        },
        signal,
        patience,
      );
    },
  };
}

function repoFile({ rfilename, size, blobId, lfs }: z.infer<typeof sibling>): RepoFile | null {
  if (!PATH.test(rfilename)) return null;
  if (lfs) return { path: rfilename, bytes: lfs.size, sha256: lfs.sha256 };
  if (typeof size === 'number' && blobId) return { path: rfilename, bytes: size, gitSha1: blobId };
  return null;
}

interface Card {
  readonly license?: string | readonly string[] | null | undefined;
  readonly license_name?: string | null | undefined;
}

function licenseOf(card: Card | null, tags: readonly string[]): string {
  const said = card?.license ?? tags.find((tag) => tag.startsWith('license:'))?.slice('license:'.length) ?? '';
  const license = typeof said === 'string' ? said : said.join(', ');
  return license === 'other' && card?.license_name ? card.license_name : license;
}

async function readJson(response: Response, signal: AbortSignal): Promise<unknown> {
  const text = await readText(response, null, signal);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON is no hub: the schema says so.
    return null;
  }
}

async function readText(response: Response, path: string | null, signal: AbortSignal): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    signal.throwIfAborted();
    throw brokeOff(path, error);
  }
}
