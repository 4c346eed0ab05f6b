/**
 * What a decoder keeps between runs, read from its graph. Layers of attention keep keys and values, one row a position
 * (`past_key_values.i.key`, `.value`); layers with a convolution or a recurrence keep a state of fixed size (`past_conv.i`,
 * `past_recurrent.i`), which cannot be shortened. `past…` comes back as `present…`.
 */
import { EngineError, type ModelManifest } from '../../contract';
import type { FloatType } from '../runtime/floats';
import type { Ort, Tensors } from '../runtime/runtime';

export interface CacheTensor {
  readonly past: string;
  readonly present: string;
  readonly type: FloatType;
  /** Of rows: [1, heads, 0, head dimension]. */
  readonly dims: readonly number[];
}

export interface CacheLayout {
  readonly rows: readonly CacheTensor[];
  readonly states: readonly CacheTensor[];
}

const ROWS = /^past_key_values\.\d+\.(?:key|value)$/;
/** What every decoder takes besides its cache. */
const OTHERS = ['inputs_embeds', 'per_layer_inputs', 'attention_mask', 'position_ids', 'num_logits_to_keep'];

/**
 * @param given inputs that are neither, and known
 * @throws EngineError `unsupported-model` where the graph keeps or takes what this engine does not know
 */
export function readCacheLayout(
  session: Ort.InferenceSession,
  decoder: ModelManifest['decoder'],
  given: Readonly<Tensors> = {},
): CacheLayout {
  const rows: CacheTensor[] = [];
  const states: CacheTensor[] = [];
  for (const input of session.inputMetadata) {
    const { name } = input;
    if (OTHERS.includes(name) || name in given) continue;
    if (!name.startsWith('past') || !input.isTensor || !(input.type === 'float32' || input.type === 'float16')) {
      throw new EngineError('unsupported-model', `The decoder takes "${name}", which this engine cannot give.`);
    }
    const isRows = ROWS.test(name);
    const present = isRows ? name.replace('past_key_values', 'present') : name.replace('past', 'present');
    if (!session.outputNames.includes(present)) {
      throw new EngineError('unsupported-model', `The decoder takes ${name} but does not return ${present}.`);
    }
    const dims = isRows ? rowDims(input.shape, decoder) : stateDims(input.shape, name);
    (isRows ? rows : states).push({ past: name, present, type: input.type, dims });
  }
  if (rows.length + states.length === 0) {
    throw new EngineError('unsupported-model', 'The decoder keeps nothing between runs: it is no export with a cache.');
  }
  return { rows, states };
}

type Shape = readonly (number | string)[];

function rowDims(shape: Shape, { kvHeads, headDim }: ModelManifest['decoder']): number[] {
  const [, heads, , dim] = shape;
  return [1, typeof heads === 'number' ? heads : kvHeads, 0, typeof dim === 'number' ? dim : headDim];
}

/** The first is the batch, by name or as a number. */
function stateDims([, ...rest]: Shape, name: string): number[] {
  const known = rest.filter((dim) => typeof dim === 'number' && dim > 0) as number[];
  if (known.length !== rest.length || rest.length === 0) {
    throw new EngineError('unsupported-model', `The size of ${name} is not in the decoder's graph.`);
  }
  return [1, ...known];
}
