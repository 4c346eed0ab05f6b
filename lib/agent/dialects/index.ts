/**
 * The dialects this app speaks, by the id that a model's manifest names, and those that a person wrote.
 */
import type { Dialect } from '../contract';
import * as all from './all';
import { OWN, readOwnDialect } from './own';

const DIALECTS: ReadonlyMap<string, Dialect> = new Map(Object.values(all).map((dialect) => [dialect.id, dialect]));

/** Files of dialects, by name. */
export type OwnDialects = Readonly<Record<string, string>>;

/** Null when this app does not know the dialect, and for one of a person's that cannot be read. */
export function findDialect(id: string, own: OwnDialects = {}): Dialect | null {
  if (!id.startsWith(OWN)) return DIALECTS.get(id) ?? null;
  const name = id.slice(OWN.length);
  const read = Object.hasOwn(own, name) ? readOwnDialect(own[name]!) : null;
  return read?.ok ? read.dialect : null;
}

/** Whether a dialect's turns are kept in its grammar where nobody says otherwise (G1); false for one that is unknown. */
export function isConstrained(id: string): boolean {
  return findDialect(id)?.constrained ?? false;
}
