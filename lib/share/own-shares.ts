/**
 * The shares made in this browser, with the keys and delete tokens that exist nowhere else. localStorage, because it is
 * written before the call returns. Where it refuses, a share stays on the list of this page, and `isKept` says so. Rows that
 * this version cannot read are another version's: they are not shown, and written back as they were.
 */
import * as z from 'zod/mini';
import { isShareId, isShareKey } from './address';
import type { OwnShare, OwnShares } from './contract';

const STORAGE_KEY = 'loupe-own-shares';

const ownShare = z.object({
  id: z.string().check(z.refine(isShareId)),
  key: z.string().check(z.refine(isShareKey)),
  deleteToken: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  bytes: z.number(),
  title: z.string(),
  locked: z.optional(z.boolean()),
  once: z.optional(z.boolean()),
});

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

interface Row {
  /** As it stands in the storage. */
  readonly raw: unknown;
  /** Null where this version cannot read it. */
  readonly own: OwnShare | null;
}

/** Null: something is there that is not a list of ours, and not ours to overwrite. */
function parse(text: string | null): readonly Row[] | null {
  if (text === null) return [];
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(rows)) return null;
  return rows.map((raw: unknown) => {
    const parsed = ownShare.safeParse(raw);
    return { raw, own: parsed.success ? parsed.data : null };
  });
}

/** `storage` null: nothing is kept beyond this page. `list()` returns the same array until something changes. */
export function openOwnShares(storage: Kept | null = pageStorage()): OwnShares {
  const listeners = new Set<() => void>();
  let text: string | null = null;
  let rows: readonly Row[] | null = [];
  /** What storage refused (full, forbidden): shares that only this page knows, and ids that only it knows to be gone. */
  let pageOnly: readonly OwnShare[] = [];
  const goneHere = new Set<string>();
  let shown: readonly OwnShare[] | null = null;

  function load(): void {
    let now: string | null;
    try {
      now = storage?.getItem(STORAGE_KEY) ?? null;
    } catch {
      return;
    }
    if (now === text) return;
    text = now;
    rows = parse(now);
    shown = null;
  }

  function list(): readonly OwnShare[] {
    load();
    shown ??= [...pageOnly, ...(rows ?? []).flatMap(({ own }) => (own && !goneHere.has(own.id) ? [own] : []))];
    return shown;
  }

  /** Tries to keep all of it, also what was refused before; `id` is what this change is about. */
  function write(id: string, added: readonly OwnShare[]): void {
    load();
    const before = pageOnly.filter((own) => own.id !== id);
    const stays = (rows ?? []).filter(({ own }) => !own || (own.id !== id && !goneHere.has(own.id)));
    try {
      if (!storage || !rows) throw new Error('nowhere to keep it');
      const next = JSON.stringify([...added, ...before, ...stays.map(({ raw }) => raw)]);
      storage.setItem(STORAGE_KEY, next);
      load();
      if (text !== next) throw new Error('not kept');
      pageOnly = [];
      goneHere.clear();
    } catch {
      pageOnly = [...added, ...before];
      goneHere.add(id);
    }
    shown = null;
    for (const listener of listeners) listener();
  }

  const fromOtherTab = (event: StorageEvent): void => {
    if (event.key === STORAGE_KEY || event.key === null) for (const listener of listeners) listener();
  };

  return {
    list,
    isKept: (id) => !pageOnly.some((own) => own.id === id),
    add: (own) => write(own.id, [own]),
    remove: (gone) => write(gone, []),
    subscribe(listener) {
      if (listeners.size === 0) globalThis.addEventListener?.('storage', fromOtherTab);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) globalThis.removeEventListener?.('storage', fromOtherTab);
      };
    },
  };
}

function pageStorage(): Kept | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
