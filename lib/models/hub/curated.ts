/**
 * Repositories worth naming to who does not know one, and the hubs that can be asked. No weights could be fetched where this was
 * made: each family is tested with small random models of its exact signature, and none of these was ever run here. Their
 * formats, sizes and licences are what the hub says when it is asked. Any other repository of a family that runs here can be
 * loaded by its name.
 */
import type { Words } from '@/lib/words';

type Note = keyof Words['models']['list']['notes'];

export interface CuratedModel {
  /** `owner/name` */
  readonly id: string;
  /** As in a manifest. */
  readonly family: string;
  /** Parameters in millions, as the name says. */
  readonly parameters: number;
  /** What was tested here: its family with random weights, or these weights. */
  readonly verified: 'family' | 'weights';
  /** What to know before choosing it. */
  readonly note: Note;
}

const model = (id: string, family: string, parameters: number, note: Note = 'none'): CuratedModel => ({
  id,
  family,
  parameters,
  verified: 'family',
  note,
});

export const CURATED_MODELS: readonly CuratedModel[] = [
  model('HuggingFaceTB/SmolVLM-256M-Instruct', 'idefics3', 256, 'boxes-unsure'),
  model('HuggingFaceTB/SmolVLM-500M-Instruct', 'idefics3', 500, 'boxes-unsure'),
  model('HuggingFaceTB/SmolVLM-Instruct', 'idefics3', 2200, 'boxes-unsure'),
  model('onnx-community/Qwen2-VL-2B-Instruct', 'qwen2_vl', 2000),
  model('onnx-community/Qwen2.5-VL-3B-Instruct-ONNX', 'qwen2_5_vl', 3000),
  model('onnx-community/Qwen3-VL-2B-Instruct-ONNX', 'qwen3_vl', 2000),
  model('onnx-community/Qwen3.5-0.8B-ONNX', 'qwen3_5', 800, 'frame-assumed'),
  model('onnx-community/Qwen3.5-2B-ONNX', 'qwen3_5', 2000, 'frame-assumed'),
  model('onnx-community/LFM2-VL-450M-ONNX', 'lfm2_vl', 450, 'frame-assumed'),
  model('onnx-community/LFM2-VL-3B-ONNX', 'lfm2_vl', 3000, 'frame-assumed'),
];

/** Any other address can be typed. */
export const HUB_ENDPOINTS: readonly (keyof Words['models']['hub']['names'])[] = [
  'https://huggingface.co',
  'https://hf-mirror.com',
];
