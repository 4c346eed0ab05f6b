/**
 * The faults of a simulated environment (REDSearcher trains in one, arXiv 2602.14234): links that are dead and results that do not belong.
 * Drawn from the seed and the address or query alone, so that a run can be made again.
 */
import type { Faults } from './collection-contract';

/** FNV-1a, mixed once more: 0 … 1. */
export function drawn(seed: number, text: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

export const isDead = (address: string, { deadLinks, seed }: Faults): boolean =>
  deadLinks > 0 && drawn(seed, `dead ${address}`) < deadLinks;

/**
 * `found` with distractors among them: the last give way, and each stands at a place of its own.
 * @param others that could stand there, none of which is among the found
 */
export function withDistractors<T>(
  found: readonly T[],
  others: readonly T[],
  query: string,
  { distractors, seed }: Faults,
  most: number,
): readonly T[] {
  const count = Math.min(distractors, others.length, most);
  if (count === 0) return found.slice(0, most);
  const mixed = found.slice(0, most - count);
  for (let index = 0; index < count; index += 1) {
    const place = Math.floor(drawn(seed, `place ${index} ${query}`) * (mixed.length + 1));
    mixed.splice(place, 0, others[index]!);
  }
  return mixed;
}
