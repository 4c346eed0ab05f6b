/** Foreign JSON as a document may keep it: long strings cut, what is too deep or too much left out. */
import { fitName, TRAJECTORY_LIMITS, type Json } from '@/lib/trajectory';

/** Far less than a document may hold: what is kept beside a run is there to be looked up, not to be the run. */
const STRING = 10_000;

/** @param tidy what is done to each text before it is kept */
export function fitJson(value: unknown, tidy: (text: string) => string = (text) => text): Json {
  let left: number = TRAJECTORY_LIMITS.jsonValues - 1;
  /** As many of a list's or an object's values as there is room for: they are counted before any of them is looked into. */
  const taken = <T>(values: readonly T[], depth: number): readonly T[] => {
    const count = depth < TRAJECTORY_LIMITS.jsonDepth ? Math.min(values.length, left) : 0;
    left -= count;
    return values.slice(0, count);
  };
  const fit = (one: unknown, depth: number): Json => {
    if (one === null || typeof one === 'boolean') return one;
    if (typeof one === 'number') return Number.isFinite(one) ? one : null;
    if (typeof one === 'string') return tidy(fitName(one, STRING));
    if (Array.isArray(one)) return taken<unknown>(one, depth).map((inner) => fit(inner, depth + 1));
    if (typeof one !== 'object') return null;
    const entries = taken(Object.entries(one), depth);
    return Object.fromEntries(entries.map(([key, inner]) => [fitName(key), fit(inner, depth + 1)]));
  };
  return fit(value, 0);
}
