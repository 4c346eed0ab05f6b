/**
 * The dialects this app speaks, by the id that a model's manifest names.
 */
import type { Dialect } from '../contract';
import { deepeyes } from './deepeyes';
import { gemmaTools } from './gemma-tools';
import { nano1 } from './nano-1';
import { qwenTools } from './qwen-tools';
import { qwenXml } from './qwen-xml';
import { zoomJson } from './zoom-json';

const DIALECTS: ReadonlyMap<string, Dialect> = new Map(
  [nano1, deepeyes, qwenTools, qwenXml, gemmaTools, zoomJson].map((dialect) => [dialect.id, dialect]),
);

/** Null when this app does not know the dialect. */
export function findDialect(id: string): Dialect | null {
  return DIALECTS.get(id) ?? null;
}

/** Whether a dialect's turns are kept in its grammar where nobody says otherwise (G1); false for one that is unknown. */
export function isConstrained(id: string): boolean {
  return findDialect(id)?.constrained ?? false;
}
