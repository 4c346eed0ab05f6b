/**
 * What a lens works with: a loaded model, the pictures of the run, and somebody who is told how far it is. Types and codes only.
 */
import type { Dialect, SourceOf } from '@/lib/agent';
import type { ModelCard, VlmEngine } from '@/lib/engine';
import type { ImageBox } from '@/lib/geometry';
import type { ImageService, SourceImage } from '@/lib/image';

export interface LensMeans {
  /** The run's own model, loaded. */
  readonly engine: Pick<VlmEngine, 'generate' | 'score' | 'pixels'>;
  readonly card: ModelCard;
  readonly dialect: Dialect;
  readonly images: Pick<ImageService, 'cut'>;
  /** The files of the run's pictures. */
  readonly sourceOf: SourceOf;
  readonly signal: AbortSignal;
  /** Passes over the model that are done, and how many there will be. */
  readonly told: (done: number, of: number) => void;
}

/** What takes the place of a run's own overview, last crop and question: another question of its kind, about another picture. */
export interface Draw {
  readonly source: SourceImage;
  readonly question: string;
  /** Where its answer is to be seen, in pixels of its picture; as large in it as the run's last crop is in its own. */
  readonly crop: ImageBox;
  /** What is accepted as its answer. */
  readonly says: readonly string[];
}

export const LENS_PROBLEMS = [
  /** The engine cannot score. */
  'no-score',
  /** The model has no graph that tells what a token rests on. */
  'no-pixels',
  /** Who wrote the run is not the model that is loaded. */
  'other-model',
  /** Its tokens were not kept, or somebody else's words stand between them. */
  'no-tokens',
  /** A question came after the first: what it is about is not one thing. */
  'follow-up',
  /** The run came to no answer. */
  'no-answer',
  /** There is nothing of the kind to put in the place of what is there. */
  'no-others',
  /** Nobody knows where in the picture the answer is. */
  'no-place',
] as const;
export type LensProblem = (typeof LENS_PROBLEMS)[number];

/** A lens cannot be laid on this run; lib/words has the words. */
export class LensError extends Error {
  override readonly name = 'LensError';
  readonly problem: LensProblem;

  constructor(problem: LensProblem) {
    super(problem);
    this.problem = problem;
  }
}
