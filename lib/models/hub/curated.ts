/**
 * Repositories worth naming to who does not know one, and the hubs that can be asked. No weights could be fetched where this was
 * made: each family is tested with small random models of its exact signature, and none of these was ever run here. Formats, sizes and
 * licences are as public listings and cards have them; the hub is asked before anything is downloaded. Any other repository of a
 * family that runs here can be loaded by its name.
 */
import type { ManifestTraining } from '@/lib/engine/contract';
import type { Words } from '@/lib/words';
import type { Dtype } from './dtypes';
import { isDescribed, traitsOf } from './traits';

export interface CuratedModel {
  /** `owner/name` */
  readonly id: string;
  /** As in a manifest. */
  readonly family: string;
  /** Parameters in millions, as the name says. */
  readonly parameters: number;
  /** What somebody who knows none of these names would take it for. */
  readonly use: 'zooming' | 'small' | 'other';
  /** Those that a public listing names. */
  readonly formats: readonly Dtype[];
  /** Of one format, all files together; null where no listing told it. */
  readonly size: { readonly dtype: Dtype; readonly bytes: number } | null;
  /** Its id or name on its card; null where none is stated. */
  readonly license: string | null;
  readonly training: ManifestTraining;
  /** Whether it can be told to think at length. */
  readonly thinking: boolean;
  /** `webgpu`: on WASM it would take minutes to answer. */
  readonly device: 'any' | 'webgpu';
  /** What was tested here: its family with random weights, these weights, or a family that was made from descriptions alone. */
  readonly verified: 'family' | 'weights' | 'described';
}

type Facts = Pick<CuratedModel, 'use' | 'formats' | 'size' | 'license' | 'device'> &
  Partial<Pick<CuratedModel, 'thinking'>>;

function model(id: string, family: string, parameters: number, facts: Facts): CuratedModel {
  const { training } = traitsOf(id, family);
  const verified = isDescribed(family) ? 'described' : 'family';
  return { id, family, parameters, training, thinking: false, verified, ...facts };
}

const ALL = ['fp32', 'fp16', 'q8', 'q4', 'q4f16'] as const;
const size = (dtype: Dtype, megabytes: number) => ({ dtype, bytes: megabytes * 1e6 });
const SMOL = { use: 'small', formats: ALL, license: 'apache-2.0', device: 'any' } as const;

/** Best first among those of one use, by how well a model's training fits what it is asked for here. */
export const CURATED_MODELS: readonly CuratedModel[] = [
  model('onnx-community/Qwen3-VL-2B-Instruct-ONNX', 'qwen3_vl', 2000, {
    use: 'zooming',
    formats: ['q4', 'q4f16'],
    size: size('q4', 1530),
    license: null,
    device: 'webgpu',
  }),
  model('onnx-community/Qwen2.5-VL-3B-Instruct-ONNX', 'qwen2_5_vl', 3000, {
    use: 'zooming',
    formats: ['q4f16'],
    size: size('q4f16', 2550),
    license: 'qwen-research',
    device: 'webgpu',
  }),
  model('onnx-community/Qwen3.5-2B-ONNX-OPT', 'qwen3_5', 2000, {
    use: 'zooming',
    formats: ['fp16', 'q4'],
    size: null,
    license: 'apache-2.0',
    thinking: true,
    device: 'webgpu',
  }),
  model('onnx-community/Qwen3.5-0.8B-ONNX-OPT', 'qwen3_5', 800, {
    use: 'small',
    formats: ['fp16', 'q4'],
    size: size('q4', 716),
    license: 'apache-2.0',
    thinking: true,
    device: 'webgpu',
  }),
  model('LiquidAI/LFM2.5-VL-450M-ONNX', 'lfm2_vl', 450, {
    use: 'small',
    formats: ['fp32', 'fp16', 'q8', 'q4'],
    size: null,
    license: 'lfm1.0',
    device: 'any',
  }),
  model('HuggingFaceTB/SmolVLM2-500M-Video-Instruct', 'smolvlm', 500, { ...SMOL, size: null }),
  model('HuggingFaceTB/SmolVLM2-256M-Video-Instruct', 'smolvlm', 256, { ...SMOL, size: null }),
  model('HuggingFaceTB/SmolVLM-500M-Instruct', 'idefics3', 500, { ...SMOL, size: size('q4f16', 358) }),
  model('HuggingFaceTB/SmolVLM-256M-Instruct', 'idefics3', 256, { ...SMOL, size: size('q4f16', 189) }),
  model('LiquidAI/LFM2.5-VL-3B-ONNX', 'lfm2_vl', 3000, {
    use: 'other',
    formats: ['q4'],
    size: size('q4', 3398),
    license: 'lfm1.0',
    device: 'webgpu',
  }),
  model('onnx-community/gemma-4-E2B-it-ONNX', 'gemma4', 2000, {
    use: 'other',
    formats: ['q4f16'],
    size: size('q4f16', 3380),
    license: null,
    thinking: true,
    device: 'webgpu',
  }),
  model('onnx-community/Qwen2-VL-2B-Instruct', 'qwen2_vl', 2000, {
    use: 'other',
    formats: ['q4f16'],
    size: size('q4f16', 2668),
    license: 'apache-2.0',
    device: 'webgpu',
  }),
];

/** Any other address can be typed. */
export const HUB_ENDPOINTS: readonly (keyof Words['models']['hub']['names'])[] = [
  'https://huggingface.co',
  'https://hf-mirror.com',
];
