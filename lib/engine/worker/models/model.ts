/**
 * What differs between families of vision-language models: how pixels become features, what stands for an image in the
 * prompt. A family is a file beside this one; the decoder, its cache and the sampler are common.
 */
import type { EngineImage, ModelManifest } from '../../contract';
import type { FeatureRows } from './feature-rows';
import type { Grid } from '../prompt/positions';
import type { Ort, Runtime } from '../runtime/runtime';
import type { TextTokenizer } from '../prompt/tokenizer';
import type { EncodeRuns } from './encoder';

/** What stands for one image in the prompt. */
export interface ImageBlock {
  readonly ids: readonly number[];
  /** Rows and columns of features, where the decoder places them in two dimensions; null: one after another like text. */
  readonly grid: Grid | null;
}

export interface VisionModel {
  /** What the chat template writes for an image: the block takes its place. */
  readonly placeholder: string;
  /** The id within a block whose positions carry the feature rows, in order. */
  readonly imageTokenId: number;
  /** Texts of the block's tokens, which nobody's words may become even where the tokenizer does not call them special. */
  readonly reserved: readonly string[];
  /** Control tokens of the vocabulary that a dialect writes: calls, thoughts. A person's words become none of them. */
  readonly tags?: readonly string[] | undefined;
  /** @throws EngineError `bad-request` where the image is not as `modelSize` says */
  imageBlock(image: EngineImage): ImageBlock;
  /**
   * Features, one row for each position with the image token in the block. Who asked disposes them.
   * @throws EngineError `bad-request` as `imageBlock`, `unsupported-model` where the encoder returns something else
   */
  encodeImage(image: EngineImage): Promise<FeatureRows>;
}

export interface VlmModelParts {
  readonly manifest: ModelManifest;
  /** config.json */
  readonly config: unknown;
  readonly tokenizer: TextTokenizer;
  readonly runtime: Runtime;
  /** To look at what it takes. */
  readonly vision: Ort.InferenceSession;
  readonly encode: EncodeRuns;
}

/** @throws EngineError `unsupported-model` where the folder does not hold what the family needs. */
export type VlmFamily = (parts: VlmModelParts) => VisionModel;

/** Tiles in a row or a column: more than any family's processor makes. */
const MOST_TILES = 10;

/** Those of a family's tile tokens that the vocabulary has. */
export function gridTokens(tokenizer: TextTokenizer, nameOf: (row: number, column: number) => string): string[] {
  const names = Array.from({ length: MOST_TILES ** 2 }, (_, i) =>
    nameOf(1 + Math.floor(i / MOST_TILES), 1 + (i % MOST_TILES)),
  );
  return names.filter((name) => tokenizer.idOf(name) !== undefined);
}
