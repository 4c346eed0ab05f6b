/**
 * An ONNX file taken apart without reading its weights: the same graph can then be written with its weights left where they
 * are, as external data (ONNX Runtime copies a graph with weights inside into WebAssembly's memory, which never shrinks), or
 * with fewer rows of them.
 */
import { bytesField, intField, join, stringField, type Pieces } from './protobuf-write';
import { readNode, type GraphNode } from './graph-node';
import { fields, LENGTH, packed, sourceOf, type ByteSource } from './protobuf-read';

/** A tensor of weights in a file: its bytes are `length` from `offset` on in this file, or in the one that `location` names. */
export interface Weight {
  readonly name: string;
  /** TensorProto.DataType */
  readonly type: number;
  readonly dims: readonly number[];
  /** null: its numbers are in this file. */
  readonly location: string | null;
  readonly offset: number;
  readonly length: number;
}

/** What to write for a weight: where its numbers are, other numbers, or an input of the graph in its place; null leaves it as it is. */
export type WeightChange =
  | { readonly location: string; readonly offset: number; readonly length: number }
  | { readonly dims: readonly number[]; readonly bytes: Uint8Array }
  | 'input';

export interface GraphFile {
  /** Those whose numbers are raw bytes, here or outside. */
  readonly weights: readonly Weight[];
  /** In the file's order, which is one in which they can be computed. */
  nodes(): Promise<GraphNode[]>;
  /** The whole file again, with some of its weights changed. */
  write(change: (weight: Weight) => WeightChange | null): Promise<Uint8Array<ArrayBuffer>>;
}

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_INITIALIZER = 5;
const GRAPH_INPUT = 11;
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9, external: 13, location: 14 } as const;
const ENTRY = { key: 1, value: 2 } as const;

/** A stretch of the file as it is, or a weight. */
type Part = { readonly at: number; readonly end: number; readonly weight: Weight | null };

/** @throws RangeError where the file is no ONNX model */
export async function openGraphFile(file: Blob): Promise<GraphFile> {
  const source = sourceOf(file);
  const before: Part[] = [];
  const inside: Part[] = [];
  const nodes: { readonly begin: number; readonly end: number }[] = [];
  const after: Part[] = [];
  let graphs = 0;
  for await (const field of fields(source, 0, source.size)) {
    if (field.number !== MODEL_GRAPH || field.wire !== LENGTH) {
      (graphs > 0 ? after : before).push({ at: field.at, end: field.end, weight: null });
      continue;
    }
    graphs++;
    for await (const part of fields(source, field.content, field.end)) {
      if (part.number === GRAPH_NODE && part.wire === LENGTH) nodes.push({ begin: part.content, end: part.end });
      const isWeight = part.number === GRAPH_INITIALIZER && part.wire === LENGTH;
      const weight = isWeight ? await readWeight(source, part.content, part.end) : null;
      inside.push({ at: part.at, end: part.end, weight });
    }
  }
  if (graphs !== 1) throw new RangeError('no graph');

  const copy = async ({ at, end }: Part): Promise<Pieces> => [(await source.read(at, end - at)).slice()];
  return {
    weights: inside.flatMap(({ weight }) => weight ?? []),
    async nodes() {
      const read: GraphNode[] = [];
      for (const { begin, end } of nodes) read.push(await readNode(source, begin, end));
      return read;
    },
    async write(change) {
      const graph: Uint8Array[] = [];
      for (const part of inside) {
        const changed = part.weight && change(part.weight);
        graph.push(...(part.weight && changed ? encodeWeight(part.weight, changed) : await copy(part)));
      }
      const pieces: Uint8Array[] = [];
      for (const part of before) pieces.push(...(await copy(part)));
      pieces.push(...bytesField(MODEL_GRAPH, [join(graph)]));
      for (const part of after) pieces.push(...(await copy(part)));
      return join(pieces);
    },
  };
}

/** null where its numbers are not raw bytes. */
async function readWeight(source: ByteSource, begin: number, end: number): Promise<Weight | null> {
  let [name, type, raw] = ['', 0, null as { offset: number; length: number } | null];
  const dims: number[] = [];
  const external = new Map<string, string>();
  for await (const field of fields(source, begin, end)) {
    const bytes = () => source.read(field.content, field.end - field.content);
    if (field.number === TENSOR.dims) dims.push(...(field.wire === LENGTH ? packed(await bytes()) : [field.value]));
    else if (field.number === TENSOR.type) type = field.value;
    else if (field.number === TENSOR.name) name = new TextDecoder().decode(await bytes());
    else if (field.number === TENSOR.raw) raw = { offset: field.content, length: field.end - field.content };
    else if (field.number === TENSOR.external) {
      const entry = new Map<number, string>();
      for await (const part of fields(source, field.content, field.end)) {
        const text = await source.read(part.content, part.end - part.content);
        entry.set(part.number, new TextDecoder().decode(text));
      }
      external.set(entry.get(ENTRY.key) ?? '', entry.get(ENTRY.value) ?? '');
    }
  }
  const location = external.get('location');
  if (location !== undefined) {
    const [offset, length] = [Number(external.get('offset') ?? 0), Number(external.get('length') ?? NaN)];
    return Number.isSafeInteger(length) ? { name, type, dims, location, offset, length } : null;
  }
  return raw && { name, type, dims, location: null, ...raw };
}

function encodeWeight({ name, type, dims }: Weight, change: WeightChange): Pieces {
  if (change === 'input') return encodeInput(name, type, dims);
  const shape = 'dims' in change ? change.dims : dims;
  const head = [...shape.flatMap((dim) => intField(TENSOR.dims, dim)), ...intField(TENSOR.type, type)];
  const named = [...head, ...stringField(TENSOR.name, name)];
  if ('bytes' in change) {
    return bytesField(GRAPH_INITIALIZER, [...named, ...bytesField(TENSOR.raw, change.bytes)]);
  }
  const entries = Object.entries({ location: change.location, offset: change.offset, length: change.length });
  const external = entries.flatMap(([key, value]) =>
    bytesField(TENSOR.external, [...stringField(ENTRY.key, key), ...stringField(ENTRY.value, String(value))]),
  );
  return bytesField(GRAPH_INITIALIZER, [...named, ...external, ...intField(TENSOR.location, 1)]);
}

/** ValueInfoProto: a name, and of its type the kind of number and the size in each dimension. */
function encodeInput(name: string, type: number, dims: readonly number[]): Pieces {
  const shape = dims.flatMap((dim) => bytesField(1, intField(1, dim)));
  const tensor = [...intField(1, type), ...bytesField(2, shape)];
  return bytesField(GRAPH_INPUT, [...stringField(1, name), ...bytesField(2, bytesField(1, tensor))]);
}

/** Bytes from which a weight is left outside: below it ONNX Runtime wants to see shapes and constants at once. */
const LARGE = 1024;

/** The file in which a weight's numbers are; undefined where it is not among `outside`, files by the names that graphs use. */
export function holderOf({ location }: Weight, file: Blob, outside: ReadonlyMap<string, Blob>): Blob | undefined {
  return location === null ? file : outside.get(location.replace(/^\.\//, ''));
}

/**
 * The same graph with its large weights as external data under the name `location`: the file itself, as it is.
 * @returns null where it has no large weights inside
 */
export async function withoutWeights(file: Blob, location: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const graph = await openGraphFile(file);
  const outside = (weight: Weight) => leftOutside(weight, location);
  return graph.weights.some(outside) ? graph.write(outside) : null;
}

/** What to write for a weight whose numbers, if they are many, stay in the file, which then is external data named `location`. */
export function leftOutside({ location: already, offset, length }: Weight, location: string): WeightChange | null {
  return already === null && length >= LARGE ? { location, offset, length } : null;
}

/**
 * The same graph with the first `rows` of the weights that have the most, for a lookup: what it gives for a small id is what the
 * whole graph gives.
 * @param outside files of external data by the name the graph uses
 * @returns null where there is no such weight, or its numbers cannot be found
 */
export async function withFewRows(
  file: Blob,
  outside: ReadonlyMap<string, Blob>,
  rows: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const graph = await openGraphFile(file);
  const most = Math.max(0, ...graph.weights.map(({ dims }) => dims[0] ?? 0));
  if (most <= rows) return null;
  const changes = new Map<Weight, WeightChange>();
  for (const weight of graph.weights) {
    const { dims, location, offset, length } = weight;
    const isTable = dims[0] === most;
    if (!isTable && location === null) continue;
    const blob = holderOf(weight, file, outside);
    const bytes = isTable ? (length / most) * rows : length;
    if (!blob || !Number.isInteger(bytes)) return null;
    const content = new Uint8Array(await blob.slice(offset, offset + bytes).arrayBuffer());
    if (content.length !== bytes) return null;
    changes.set(weight, { dims: isTable ? [rows, ...dims.slice(1)] : dims, bytes: content });
  }
  return graph.write((weight) => changes.get(weight) ?? null);
}
