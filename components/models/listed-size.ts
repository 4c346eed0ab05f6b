/** How large a listed model is before anybody asked for it: as listed, else reckoned from its parameters. Bytes. */
import type { ListedFacts } from './model-desk';

/** Of a million parameters in four bits, as those that are listed have it; the exact size is told before anything is downloaded. */
const BYTES_PER_MILLION = 0.8e6;

export function listedSize({ size, parameters }: Pick<ListedFacts, 'size' | 'parameters'>): {
  readonly bytes: number;
  readonly reckoned: boolean;
} {
  return size ? { bytes: size.bytes, reckoned: false } : { bytes: parameters * BYTES_PER_MILLION, reckoned: true };
}
