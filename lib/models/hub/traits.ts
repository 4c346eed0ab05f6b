/**
 * What a model was taught that no file of its repository says: whether it names places and in which numbers, and whether it calls
 * tools. A family's own answer, or of those models that are known to differ from their family, told by the repository's name. Pure.
 */
import type { ManifestTraining, ModelManifest } from '@/lib/engine/contract';

export interface Traits {
  readonly frame: ModelManifest['frame'];
  /** Whether the frame is documented by who made the model, or assumed here. */
  readonly frameKnown: boolean;
  readonly training: ManifestTraining;
}

const NEITHER: ManifestTraining = { boxes: 'untrained', calls: 'untrained' };
const BOTH: ManifestTraining = { boxes: 'trained', calls: 'trained' };
const BOXES: ManifestTraining = { boxes: 'trained', calls: 'untrained' };

const traits = (frame: Traits['frame'], frameKnown: boolean, training: ManifestTraining): Traits => {
  return { frame, frameKnown, training };
};

const SMOL = traits('fractions', false, NEITHER);

const FAMILIES = new Map<string, Traits>([
  ['idefics3', SMOL],
  ['smolvlm', SMOL],
  // Its template knows no tools; the next one's neither, but that model was trained as an agent, with calls in this form.
  ['qwen2_vl', traits('thousandths', true, BOXES)],
  ['qwen2_5_vl', traits('resized-pixels', true, BOTH)],
  ['qwen3_vl', traits('thousandths', true, BOTH)],
  ['qwen3_5', traits('thousandths', false, BOTH)],
  // The scale of its boxes is hearsay.
  ['gemma4', traits('thousandths', false, { boxes: 'unknown', calls: 'trained' })],
  ['lfm2_vl', traits('fractions', false, { boxes: 'unknown', calls: 'untrained' })],
]);

/** By what the repository's name holds; the first that fits counts. */
const MODELS: readonly (readonly [name: RegExp, traits: Traits])[] = [
  [/LFM2\.5-VL-450M/i, traits('fractions', true, BOXES)],
  // Trained to call, in a form of its own (Python), which is not what it is asked for here.
  [/LFM2\.5-VL-(?:1\.6B|3B)/i, traits('thousandths', true, BOXES)],
];

/** Families that were made from descriptions alone: no export of one was seen here. */
const DESCRIBED: ReadonlySet<string> = new Set(['gemma4']);

export function isDescribed(family: string): boolean {
  return DESCRIBED.has(family);
}

/** @param id `owner/name`, or the name of a folder. */
export function traitsOf(id: string, family: string): Traits {
  const known = MODELS.find(([name]) => name.test(id))?.[1];
  return known ?? FAMILIES.get(family) ?? SMOL;
}
