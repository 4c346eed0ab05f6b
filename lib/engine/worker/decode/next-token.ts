/** The logits after the last computed position, wherever they are, until the next run. */
import type { Sampling } from '../../contract';
import { fromHalf } from '../runtime/floats';
import { questionFor, sampleSummary } from './row-summary';
import type { Runtime } from '../runtime/runtime';
import { sampleToken, type Sampled, type TokenMask } from './sampler';
import type { TokenChoice } from './token-choice';

export interface NextToken {
  /**
   * @param position index of the token to be drawn in the whole conversation
   * @param mask allowed tokens; null or left out: all
   * @throws EngineError as `sampleToken`, and those of a run
   */
  sample(sampling: Sampling, position: number, mask?: TokenMask): Promise<Sampled>;
  /** All of them, f32 [vocab]. */
  logits(): Promise<Float32Array>;
}

export function nextOfRow(row: Float32Array): NextToken {
  return {
    sample: async (sampling, position, mask = null) => sampleToken(row, sampling, position, mask),
    logits: async () => row,
  };
}

/** @param first index of the row's first number in the choice's buffer */
export function nextOnGpu(runtime: Runtime, choice: TokenChoice, first: number): NextToken {
  const logits = async () => {
    const row = await runtime.onGpu(() => choice.read(first));
    return row instanceof Uint16Array ? fromHalf(row) : row;
  };
  return {
    async sample(sampling, position, mask = null) {
      const summary = await runtime.onGpu(() => choice.summarise(questionFor(sampling, mask), first));
      return sampleSummary(summary, sampling, position) ?? sampleToken(await logits(), sampling, position, mask);
    },
    logits,
  };
}
