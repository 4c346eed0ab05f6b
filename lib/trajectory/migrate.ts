/**
 * Older documents to the newest version, one version at a time. Version 1 is the first, so the table is empty; a document
 * newer than this app is refused, never guessed at.
 */

export const NEWEST_VERSION = 1;

type Document = Readonly<Record<string, unknown>>;

/** Entry `n` (from 1) turns version n into n + 1, without its `format`, which `migrate` writes. */
export type Migrations = ReadonlyMap<number, (document: Document) => Document>;

const MIGRATIONS: Migrations = new Map();

export type Migrated =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly code: 'not-a-trajectory' | 'newer-version' };

export function migrate(value: unknown, migrations: Migrations = MIGRATIONS, newest = NEWEST_VERSION): Migrated {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, code: 'not-a-trajectory' };
  let document: Document = { ...value };
  const match =
    typeof document.format === 'string' ? /^loupe-trajectory\/([1-9][0-9]{0,5})$/.exec(document.format) : null;
  if (match === null) return { ok: false, code: 'not-a-trajectory' };
  const version = Number(match[1]);
  if (version > newest) return { ok: false, code: 'newer-version' };
  for (let from = version; from < newest; from += 1) {
    const step = migrations.get(from);
    if (step === undefined) return { ok: false, code: 'not-a-trajectory' };
    document = { ...step(document), format: `loupe-trajectory/${from + 1}` };
  }
  return { ok: true, document };
}
