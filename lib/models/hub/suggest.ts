/** Which of the curated models somebody who knows none of them would do well to begin with, on the machine at hand. Pure. */
import { CURATED_MODELS, type CuratedModel } from './curated';
import type { Machine } from './fit';

/** GiB, as browsers tell it: with less than this, two billion parameters and the pictures of a run are most of what there is. */
const ROOMY = 8;

/** @param machine `deviceMemory` null counts as enough: the browsers that do not tell it are seldom on the smallest machines */
export function suggestModel({ device, deviceMemory }: Pick<Machine, 'device' | 'deviceMemory'>): string | null {
  const first = (fits: (model: CuratedModel) => boolean) => CURATED_MODELS.find(fits)?.id ?? null;
  if (device === 'wasm') return first((model) => model.use === 'small' && model.device === 'any');
  const isRoomy = deviceMemory === null || deviceMemory >= ROOMY;
  return first(({ use }) => use === (isRoomy ? 'zooming' : 'small'));
}
