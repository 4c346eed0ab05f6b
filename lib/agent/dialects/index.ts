/**
 * The dialects this app speaks, by the id that a model's manifest names.
 */
import type { Dialect } from '../contract';
import * as all from './all';

const DIALECTS: ReadonlyMap<string, Dialect> = new Map(Object.values(all).map((dialect) => [dialect.id, dialect]));

/** Null when this app does not know the dialect. */
export function findDialect(id: string): Dialect | null {
  return DIALECTS.get(id) ?? null;
}

/** Whether a dialect's turns are kept in its grammar where nobody says otherwise (G1); false for one that is unknown. */
export function isConstrained(id: string): boolean {
  return findDialect(id)?.constrained ?? false;
}
