/**
 * Repositories worth naming to who does not know one, and the hubs that can be asked. No weights could be fetched where this was
 * made: each family is tested with small random models of its exact signature, and none of these was ever run here. Their
 * formats, sizes and licences are what the hub says when it is asked. Any other repository of a family that runs here can be
 * loaded by its name.
 */
export interface CuratedModel {
  /** `owner/name` */
  readonly id: string;
  /** As in a manifest. */
  readonly family: string;
  /** Parameters in millions, as the name says. */
  readonly parameters: number;
  /** What was tested here: its family with random weights, or these weights. */
  readonly verified: 'family' | 'weights';
  /** What to know before choosing it; '' where there is nothing. */
  readonly note: string;
}

const model = (id: string, family: string, parameters: number, note = ''): CuratedModel => ({
  id,
  family,
  parameters,
  verified: 'family',
  note,
});

const BOXES_UNSURE = 'It was not trained to give boxes reliably: its zooms may be off.';
const FRAME_ASSUMED = 'The scale of its boxes is assumed: its zooms may be off.';

export const CURATED_MODELS: readonly CuratedModel[] = [
  model('HuggingFaceTB/SmolVLM-256M-Instruct', 'idefics3', 256, BOXES_UNSURE),
  model('HuggingFaceTB/SmolVLM-500M-Instruct', 'idefics3', 500, BOXES_UNSURE),
  model('HuggingFaceTB/SmolVLM-Instruct', 'idefics3', 2200, BOXES_UNSURE),
  model('onnx-community/Qwen2-VL-2B-Instruct', 'qwen2_vl', 2000),
  model('onnx-community/Qwen2.5-VL-3B-Instruct-ONNX', 'qwen2_5_vl', 3000),
  model('onnx-community/Qwen3-VL-2B-Instruct-ONNX', 'qwen3_vl', 2000),
  model('onnx-community/Qwen3.5-0.8B-ONNX', 'qwen3_5', 800, FRAME_ASSUMED),
  model('onnx-community/Qwen3.5-2B-ONNX', 'qwen3_5', 2000, FRAME_ASSUMED),
  model('onnx-community/LFM2-VL-450M-ONNX', 'lfm2_vl', 450, FRAME_ASSUMED),
  model('onnx-community/LFM2-VL-3B-ONNX', 'lfm2_vl', 3000, FRAME_ASSUMED),
];

/** Any other address can be typed. */
export const HUB_ENDPOINTS: readonly { readonly name: string; readonly endpoint: string }[] = [
  { name: 'Hugging Face', endpoint: 'https://huggingface.co' },
  { name: 'hf-mirror.com', endpoint: 'https://hf-mirror.com' },
];
