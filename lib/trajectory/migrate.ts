/**
 * Older documents to the newest version. Each older version has its own schema and one function to the next; a document newer than this
 * app is refused, never guessed at.
 */
import { fromVersion1 } from './from-version-1';
import { trajectorySchema1 } from './schema-1';

export const NEWEST_VERSION = 2;

export type Migrated =
  | { readonly ok: true; readonly document: unknown }
  | { readonly ok: false; readonly code: 'not-a-trajectory' | 'newer-version' }
  /** What its own version's schema says of an older document. */
  | { readonly ok: false; readonly code: 'schema'; readonly issues: readonly Issue[] };

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: unknown;
}

export function migrate(value: unknown): Migrated {
  if (typeof value !== 'object' || value === null || !('format' in value) || typeof value.format !== 'string') {
    return { ok: false, code: 'not-a-trajectory' };
  }
  const version = Number(/^loupe-trajectory\/([1-9][0-9]{0,5})$/.exec(value.format)?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) return { ok: false, code: 'not-a-trajectory' };
  if (version > NEWEST_VERSION) return { ok: false, code: 'newer-version' };
  if (version === NEWEST_VERSION) return { ok: true, document: value };
  const parsed = trajectorySchema1.safeParse(value);
  return parsed.success
    ? { ok: true, document: fromVersion1(parsed.data) }
    : { ok: false, code: 'schema', issues: parsed.error.issues };
}
