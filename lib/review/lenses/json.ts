/** How a lens's results are read out of a run: whoever brings a run may have written anything there. */
import * as z from 'zod/mini';
import type { Json, KeptLens, Trajectory } from '@/lib/trajectory';

export { z };

/** What was measured with a lens; null where nothing was, or nothing that can be read. */
export function readLens<T extends z.ZodMiniType>(
  run: Pick<Trajectory, 'lenses'>,
  kind: string,
  schema: T,
): z.infer<T> | null {
  const kept = run.lenses?.find((lens) => lens.kind === kind);
  const read = kept && schema.safeParse(kept.json);
  return read?.success ? read.data : null;
}

/** To be kept: numbers with as many digits as anybody reads, so that a link stays short. */
export function toKept(kind: string, value: unknown): KeptLens {
  return { kind, json: JSON.parse(JSON.stringify(value, short)) as Json };
}

const short = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(5)) : value;
