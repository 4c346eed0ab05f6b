/**
 * From a decoder's graph to its plan. Nodes are followed backwards, from the logits to the embeddings; a graph that has anything
 * in it that plan.ts does not know is not taken, and runs as it is.
 */
import type { GraphFile, Weight } from '../../runtime/onnx/graph-file';
import type { GraphNode } from '../../runtime/onnx/graph-node';
import type { DecoderPlan, LayerPlan, Linear, Matrix } from './plan';

/** What in a graph is none of what is known here, as a sentence. */
class Unknown extends Error {}

const FLOATS: readonly number[] = [1, 10]; // TensorProto.DataType FLOAT, FLOAT16
const BYTES = 2; // UINT8
const EMBEDS = 'inputs_embeds';

/** @returns a sentence where the graph is something else */
export async function readPlan(graph: GraphFile): Promise<DecoderPlan | string> {
  const nodes = await graph.nodes();
  try {
    return planOf(nodes, graph.weights);
  } catch (error) {
    if (error instanceof Unknown) return error.message;
    throw error;
  }
}

function planOf(nodes: readonly GraphNode[], allWeights: readonly Weight[]): DecoderPlan {
  const weights = new Map(allWeights.map((weight) => [weight.name, weight]));
  const producers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));

  function made(value: string, ...types: readonly string[]): GraphNode {
    const node = producers.get(value);
    if (!node || !types.includes(node.type)) {
      throw new Unknown(`${value} comes from ${node?.type ?? 'nowhere'}, not from ${types.join(' or ')}`);
    }
    return node;
  }

  function weight(name: string | undefined, types: readonly number[], size?: number): Weight {
    const found = weights.get(name ?? '');
    if (!found || !types.includes(found.type)) throw new Unknown(`${name ?? 'a value'} is no weight of a known kind`);
    if (size !== undefined && found.dims.reduce((product, dim) => product * dim, 1) !== size) {
      throw new Unknown(`${found.name} has ${found.dims.join(' × ')} numbers, not ${size}`);
    }
    return found;
  }

  /** Two that one shader multiplies have the same input and lie in the same way. */
  function besides(a: Linear & { readonly from: string }, b: Linear & { readonly from: string }): void {
    same(a.from, b.from);
    same(a.matrix.kind, b.matrix.kind);
  }

  /** A matrix and what is added to what it returns; `from` is what goes in. */
  function linear(value: string): Linear & { readonly from: string } {
    const node = made(value, 'MatMul', 'MatMulNBits', 'Add');
    if (node.type !== 'Add') {
      const { matrix, from } = matrixOf(node);
      return { matrix, from, bias: null, first: 0, rows: matrix.outer };
    }
    const [a = '', b = ''] = node.inputs;
    const [product, bias] = weights.has(a) ? [b, a] : [a, b];
    const { matrix, from } = matrixOf(made(product, 'MatMul', 'MatMulNBits'));
    return { matrix, from, bias: weight(bias, FLOATS, matrix.outer), first: 0, rows: matrix.outer };
  }

  function matrixOf(node: GraphNode): { readonly matrix: Matrix; readonly from: string } {
    const [from = '', name, scales, zeros = ''] = node.inputs;
    if (node.type === 'MatMul') {
      const data = weight(name, FLOATS);
      const [inner = 0, outer = 0] = data.dims;
      if (data.dims.length !== 2) throw new Unknown(`${data.name} is no matrix`);
      return { from, matrix: { kind: 'plain', inner, outer, data } };
    }
    const attribute = (key: string) => node.numbers.get(key) ?? 0;
    const [inner, outer, bits, block] = [
      attribute('K'),
      attribute('N'),
      node.numbers.get('bits') ?? 4,
      attribute('block_size'),
    ];
    const more = node.inputs.slice(4).filter((input) => input !== '');
    if ((bits !== 4 && bits !== 8) || !(block >= 16) || inner % block !== 0 || more.length > 0) {
      throw new Unknown(`a matrix of ${bits} bits in blocks of ${block} with ${more.length} further inputs`);
    }
    const blocks = inner / block;
    const data = weight(name, [BYTES], (outer * inner * bits) / 8);
    const zeroBytes = outer * Math.ceil((blocks * bits) / 8);
    return {
      from,
      matrix: {
        kind: 'blocks',
        inner,
        outer,
        bits,
        block,
        data,
        scales: weight(scales, FLOATS, outer * blocks),
        zeros: zeros === '' ? null : weight(zeros, [BYTES], zeroBytes),
      },
    };
  }

  /** What a normalised value was, by its name as a sum. */
  function normed(value: string): { readonly sum: string; readonly gamma: Weight; readonly epsilon: number } {
    const node = made(value, 'SimplifiedLayerNormalization', 'RMSNormalization', 'SkipSimplifiedLayerNormalization');
    const isSkip = node.type === 'SkipSimplifiedLayerNormalization';
    if (isSkip && (node.inputs[3] ?? '') !== '') throw new Unknown('a sum of three');
    const gamma = weight(node.inputs[isSkip ? 2 : 1], FLOATS);
    const epsilon = node.numbers.get('epsilon') ?? 1e-5;
    // The last sum of all is nobody else's and may have no name.
    const sum = isSkip ? node.outputs[3] || `${node.outputs[0]}, before` : (node.inputs[0] ?? '');
    if (isSkip) producers.set(sum, node);
    return { sum, gamma, epsilon };
  }

  /** The two parts of a sum: the stream and what was added to it. */
  function parts(sum: string): { readonly before: string; readonly added: string } {
    const node = made(sum, 'Add', 'SkipSimplifiedLayerNormalization');
    const [a = '', b = ''] = node.inputs;
    const isLinear = (name: string) => /^(?:MatMul|MatMulNBits)$/.test(producers.get(name)?.type ?? '');
    return isLinear(b) ? { before: a, added: b } : { before: b, added: a };
  }

  const same = (a: string, b: string) => {
    if (a !== b) throw new Unknown(`${a} where ${b} was expected`);
  };

  let rope: DecoderPlan['rope'] | null = null;
  function turned(value: string): string {
    if (producers.get(value)?.type !== 'RotaryEmbedding') return value;
    const node = made(value, 'RotaryEmbedding');
    const [from = '', positions = '', cos, sin] = node.inputs;
    same(positions, 'position_ids');
    if ((node.numbers.get('interleaved') ?? 0) !== 0) throw new Unknown('neighbours are turned');
    foundRope('positions', cos, sin);
    return from;
  }
  function foundRope(from: 'cache' | 'positions', cos: string | undefined, sin: string | undefined): void {
    const found = { from, cos: weight(cos, FLOATS), sin: weight(sin, FLOATS) };
    if (rope)
      same(`${found.from} ${found.cos.name} ${found.sin.name}`, `${rope.from} ${rope.cos.name} ${rope.sin.name}`);
    rope = found;
  }

  function attention(value: string): AttentionPlan {
    const node = made(value, 'GroupQueryAttention');
    const [q = '', k = '', v = '', key = '', past = '', , , cos, sin] = node.inputs;
    const number = (name: string) => node.numbers.get(name) ?? 0;
    const [heads, kvHeads] = [number('num_heads'), number('kv_num_heads')];
    const odd = ['softcap', 'rotary_interleaved', 'smooth_softmax'].filter((name) => number(name) !== 0);
    const windowed = number('local_window_size') > 0;
    if (odd.length > 0 || windowed || node.inputs.slice(9).some((name) => name !== '') || (k === '') !== (v === '')) {
      throw new Unknown(`attention of another kind${odd.length > 0 ? ` (${odd.join(', ')})` : ''}`);
    }
    if (!(kvHeads >= 1) || !Number.isInteger(heads / kvHeads)) throw new Unknown(`${heads} heads for ${kvHeads}`);
    if (number('do_rotary') !== 0) {
      if (producers.get(q)?.type === 'RotaryEmbedding') throw new Unknown('queries that are turned twice');
      foundRope('cache', cos, sin);
    }
    const query = linear(turned(q));
    const isPacked = k === '';
    const [keys, values] = isPacked ? [query, query] : [linear(turned(k)), linear(v)];
    for (const other of [keys, values]) besides(query, other);
    const headDim = query.rows / (isPacked ? heads + 2 * kvHeads : heads);
    const [queryRows, rows] = [heads * headDim, kvHeads * headDim];
    if (!Number.isInteger(headDim / 2)) throw new Unknown(`heads of ${headDim} numbers`);
    if (!isPacked && (keys.rows !== rows || values.rows !== rows))
      throw new Unknown('keys of another size than queries');
    return {
      query: { ...query, rows: queryRows },
      key: isPacked ? { ...query, first: queryRows, rows } : keys,
      value: isPacked ? { ...query, first: queryRows + rows, rows } : values,
      past: { key, value: past },
      from: query.from,
      heads,
      kvHeads,
      headDim,
      scale: number('scale') || 1 / Math.sqrt(headDim),
    };
  }

  /** The gated part: (x · sigmoid(x)) of one product times another. */
  function gated(value: string): { readonly gate: Linear; readonly up: Linear; readonly from: string } {
    const [a = '', b = ''] = made(value, 'Mul').inputs;
    const isActivated = (name: string) => ['Mul', 'Swish', 'QuickGelu'].includes(producers.get(name)?.type ?? '');
    const [activated, plain] = isActivated(a) ? [a, b] : [b, a];
    const [gate, up] = [linear(silu(activated)), linear(plain)];
    besides(gate, up);
    if (gate.rows !== up.rows) throw new Unknown('a gate of another size');
    return { gate, up, from: up.from };
  }
  /** What x · sigmoid(x) was made of. */
  function silu(value: string): string {
    const node = made(value, 'Mul', 'Swish', 'QuickGelu');
    const [a = '', b = ''] = node.inputs;
    if (node.type !== 'Mul') {
      const alpha = node.numbers.get('alpha') ?? (node.type === 'Swish' ? 1 : 1.702);
      if (alpha !== 1) throw new Unknown(`an activation with alpha ${alpha}`);
      return a;
    }
    const [x, sigmoid] = producers.get(a)?.type === 'Sigmoid' ? [b, a] : [a, b];
    same(made(sigmoid, 'Sigmoid').inputs[0] ?? '', x);
    return x;
  }

  // From the end to the beginning.
  const head = linear(passed(passed('logits', 'Cast'), 'Slice'));
  const final = normed(passed(head.from, 'Slice'));
  const layers: (LayerPlan & AttentionPlan)[] = [];
  let { sum } = final;
  while (sum !== EMBEDS && producers.get(sum)?.type !== 'Cast') {
    const fed = parts(sum);
    const down = linear(fed.added);
    const { gate, up, from } = gated(down.from);
    const mlp = normed(from);
    same(mlp.sum, fed.before);
    const attended = parts(mlp.sum);
    const out = linear(attended.added);
    const attending = attention(out.from);
    const before = normed(attending.from);
    same(before.sum, attended.before);
    for (const { epsilon } of [mlp, before]) same(String(epsilon), String(final.epsilon));
    layers.unshift({ ...attending, norm: before.gamma, out, mlpNorm: mlp.gamma, gate, up, down });
    sum = attended.before;
  }
  same(passed(sum, 'Cast'), EMBEDS);

  /** What a node of that type was given; the value itself where it comes from another. */
  function passed(value: string, type: string): string {
    const node = producers.get(value);
    return node?.type === type ? (node.inputs[0] ?? '') : value;
  }

  const [first] = layers;
  if (!first || !rope) throw new Unknown('no layers, or none that knows of positions');
  const { heads, kvHeads, headDim, scale } = first;
  for (const layer of layers)
    same(String([layer.heads, layer.kvHeads, layer.headDim, layer.scale]), String([heads, kvHeads, headDim, scale]));
  return {
    hidden: head.matrix.inner,
    heads,
    kvHeads,
    headDim,
    scale,
    epsilon: final.epsilon,
    rope,
    layers,
    norm: final.gamma,
    head,
  };
}

interface AttentionPlan extends Pick<LayerPlan, 'query' | 'key' | 'value' | 'past'> {
  /** The normalised stream. */
  readonly from: string;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly scale: number;
}
