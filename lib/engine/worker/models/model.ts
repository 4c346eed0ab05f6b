/**
 * What differs between families of vision-language models: how pixels become features, what stands for an image in the
 * prompt. A family is a file beside this one; the decoder, its cache and the sampler are common.
 */
import type { EngineImage, ModelManifest } from '../../contract';
import type { Ort, Runtime } from '../runtime';
import type { TextTokenizer } from '../tokenizer';

export interface VlmModel {
  /** What stands for one image in the prompt. */
  readonly imageBlock: readonly number[];
  /** The id within `imageBlock` whose positions carry the feature rows, in order. */
  readonly imageTokenId: number;
  /**
   * f32 [manifest.image.tokens, hidden].
   * @throws EngineError `bad-request` where the image is not of the manifest's size
   */
  encodeImage(image: EngineImage): Promise<Float32Array>;
  /** f32 [ids, hidden] */
  embed(ids: readonly number[]): Promise<Float32Array>;
}

export interface VlmModelParts {
  readonly manifest: ModelManifest;
  /** config.json */
  readonly config: unknown;
  readonly tokenizer: TextTokenizer;
  readonly runtime: Runtime;
  readonly vision: Ort.InferenceSession;
  readonly embed: Ort.InferenceSession;
}

/** @throws EngineError `unsupported-model` where the folder does not hold what the family needs. */
export type VlmFamily = (parts: VlmModelParts) => VlmModel;
