/**
 * What a decoder's graph computes, where that is a Llama: layers of attention with one cache, each followed by a gated
 * feed-forward part, everything added to one stream and normalised by its root mean square.
 */
import type { Weight } from '../../runtime/onnx/graph-file';

/** A matrix that turns [inner] numbers into [outer]. */
export type Matrix = PlainMatrix | BlockMatrix;

interface MatrixSize {
  readonly inner: number;
  readonly outer: number;
}

export interface PlainMatrix extends MatrixSize {
  readonly kind: 'plain';
  /** [inner, outer] floats */
  readonly data: Weight;
}

/** As MatMulNBits has it (onnxruntime's ContribOperators.md): rows of blocks of small integers, a scale for each block. */
export interface BlockMatrix extends MatrixSize {
  readonly kind: 'blocks';
  readonly bits: 4 | 8;
  readonly block: number;
  /** u8 [outer, inner / block, block · bits / 8], the first of two numbers in the low half of a byte */
  readonly data: Weight;
  /** floats [outer · inner / block] */
  readonly scales: Weight;
  /** u8 [outer · ⌈inner / block · bits / 8⌉]; null: half of what the bits can count, everywhere */
  readonly zeros: Weight | null;
}

/** Some rows of a matrix, which may hold those of queries, keys and values one after the other. */
export interface Linear {
  readonly matrix: Matrix;
  /** floats [matrix.outer] */
  readonly bias: Weight | null;
  /** Of the matrix's rows (of what it gives), and how many. */
  readonly first: number;
  readonly rows: number;
}

export interface LayerPlan {
  /** floats [hidden] */
  readonly norm: Weight;
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  /** Names of its cache's inputs. */
  readonly past: { readonly key: string; readonly value: string };
  readonly out: Linear;
  /** floats [hidden] */
  readonly mlpNorm: Weight;
  readonly gate: Linear;
  readonly up: Linear;
  readonly down: Linear;
}

export interface DecoderPlan {
  readonly hidden: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  /** Of a query times a key. */
  readonly scale: number;
  /** Added to a mean square. */
  readonly epsilon: number;
  /** Tables floats [positions, turned numbers / 2]; `cache`: a position is its place in the cache, else it is an input. */
  readonly rope: { readonly cos: Weight; readonly sin: Weight; readonly from: 'cache' | 'positions' };
  readonly layers: readonly LayerPlan[];
  /** floats [hidden] */
  readonly norm: Weight;
  readonly head: Linear;
}

/** All that multiply. */
export function linearsOf({ layers, head }: DecoderPlan): Linear[] {
  const all = layers.flatMap(({ query, key, value, out, gate, up, down }) => [query, key, value, out, gate, up, down]);
  return [...all, head];
}

/** The large weights of a plan; zero points are none. */
export function matrixWeights(plan: DecoderPlan): Weight[] {
  return linearsOf(plan).flatMap(({ matrix }) =>
    matrix.kind === 'plain' ? [matrix.data] : [matrix.data, matrix.scales],
  );
}
