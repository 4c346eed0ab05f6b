/** Runs the two small graphs of a model: features of an image, embeddings of tokens. */
import { EngineError } from '../../contract';
import { floatsOf } from '../floats';
import type { Ort, Runtime, Tensors } from '../runtime';
import type { VlmModel } from './model';

/**
 * @returns f32 [tokens, hidden]
 * @throws EngineError `unsupported-model` where it returns another number
 */
export async function runVision(
  runtime: Runtime,
  vision: Ort.InferenceSession,
  feeds: Tensors,
  tokens: number,
  hidden: number,
): Promise<Float32Array> {
  const features = (await runtime.run(vision, feeds))['image_features'];
  const data = features && floatsOf(features);
  if (data?.length !== tokens * hidden) {
    throw new EngineError('unsupported-model', `The vision encoder did not return ${tokens} × ${hidden} features.`);
  }
  const kept = data.slice();
  features?.dispose();
  return kept;
}

/** A graph of another family is told apart before anything runs. @throws EngineError `unsupported-model` */
export function checkInputs(session: Ort.InferenceSession, what: string, names: readonly string[]): void {
  for (const name of names) {
    if (session.inputNames.includes(name)) continue;
    throw new EngineError('unsupported-model', `The ${what} does not take "${name}" as this family's does.`);
  }
  for (const name of session.inputNames) {
    if (names.includes(name)) continue;
    throw new EngineError('unsupported-model', `The ${what} takes "${name}", which this engine cannot give.`);
  }
}

export function createEmbed(runtime: Runtime, session: Ort.InferenceSession, hidden: number): VlmModel['embed'] {
  const { ort } = runtime;
  return async (ids) => {
    const input = new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
    const embeds = (await runtime.run(session, { input_ids: input }))['inputs_embeds'];
    const data = embeds && floatsOf(embeds);
    if (data?.length !== ids.length * hidden) {
      throw new EngineError('unsupported-model', `The embedding did not return ${ids.length} × ${hidden} numbers.`);
    }
    return data;
  };
}
