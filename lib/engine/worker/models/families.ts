/** The families this engine can run, by the manifest's `family`. */
import type { VlmFamily } from './model';
import { idefics3 } from './idefics3';

export const FAMILIES: ReadonlyMap<string, VlmFamily> = new Map([
  ['idefics3', idefics3],
  ['smolvlm', idefics3],
]);
