/** Foreign JSON as a document may keep it: long strings cut, what is too deep or too much left out. */
import { fitName, TRAJECTORY_LIMITS, type Json } from '@/lib/trajectory';

/** Far less than a document may hold: what is kept beside a run is there to be looked up, not to be the run. */
const STRING = 10_000;

export function fitJson(value: unknown): Json {
  let left: number = TRAJECTORY_LIMITS.jsonValues;
  const fit = (one: unknown, depth: number): Json => {
    left -= 1;
    if (left < 0 || depth > TRAJECTORY_LIMITS.jsonDepth) return null;
    if (one === null || typeof one === 'boolean') return one;
    if (typeof one === 'number') return Number.isFinite(one) ? one : null;
    if (typeof one === 'string') return fitName(one, STRING);
    if (Array.isArray(one)) return one.slice(0, Math.max(0, left)).map((inner) => fit(inner, depth + 1));
    if (typeof one !== 'object') return null;
    const entries = Object.entries(one).slice(0, Math.max(0, left));
    return Object.fromEntries(entries.map(([key, inner]) => [fitName(key), fit(inner, depth + 1)]));
  };
  return fit(value, 0);
}
