/** The families this engine can run, by the manifest's `family`: the hub's model_type. */
import { gemma4 } from './gemma4';
import { idefics3 } from './idefics3';
import { lfm2Vl } from './lfm2_vl';
import type { VlmFamily } from './model';
import { qwen25Vl } from './qwen2_5_vl';
import { qwen2Vl } from './qwen2_vl';
import { qwen35 } from './qwen3_5';
import { qwen3Vl } from './qwen3_vl';

export const FAMILIES: ReadonlyMap<string, VlmFamily> = new Map([
  ['idefics3', idefics3],
  ['smolvlm', idefics3],
  ['qwen2_vl', qwen2Vl],
  ['qwen2_5_vl', qwen25Vl],
  ['qwen3_vl', qwen3Vl],
  ['qwen3_5', qwen35],
  ['lfm2_vl', lfm2Vl],
  ['gemma4', gemma4],
]);
