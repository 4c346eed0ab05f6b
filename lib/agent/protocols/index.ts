/**
 * The dialects this app speaks, by the id that a model's manifest names.
 */
import type { Protocol } from '../contract';
import { deepeyes } from './deepeyes';
import { nano1 } from './nano-1';
import { qwenTools } from './qwen-tools';
import { qwenXml } from './qwen-xml';
import { zoomJson } from './zoom-json';

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map(
  [nano1, deepeyes, qwenTools, qwenXml, zoomJson].map((protocol) => [protocol.id, protocol]),
);

/** Null when this app does not know the dialect. */
export function findProtocol(id: string): Protocol | null {
  return PROTOCOLS.get(id) ?? null;
}

/** Whether a dialect's turns are kept in its grammar where nobody says otherwise (G1); false for one that is unknown. */
export function isConstrained(id: string): boolean {
  return findProtocol(id)?.constrained ?? false;
}
