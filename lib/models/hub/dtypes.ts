/**
 * The formats in which a repository keeps its three graphs, told by the names of its files: which exist whole, which files
 * each takes, how many bytes, and what it needs of a GPU.
 */
import type { Device, ModelFile } from '@/lib/engine/contract';
import type { RepoFile } from './repo';

/** Format → what its files' names end with before `.onnx`, as the hub's exports are named; of several names the first is commoner. */
const SUFFIXES = {
  fp32: [''],
  fp16: ['_fp16'],
  q8: ['_quantized', '_q8'],
  int8: ['_int8'],
  uint8: ['_uint8'],
  q4: ['_q4'],
  q4f16: ['_q4f16'],
  bnb4: ['_bnb4'],
} as const satisfies Record<string, readonly string[]>;

export type Dtype = keyof typeof SUFFIXES;

export const DTYPES = Object.keys(SUFFIXES) as readonly Dtype[];

export function isDtype(text: string): text is Dtype {
  return Object.hasOwn(SUFFIXES, text);
}

const GRAPHS = [
  ['decoder', 'decoder_model_merged'],
  ['vision', 'vision_encoder'],
  ['embed', 'embed_tokens'],
] as const;

/** The names of a model's three graphs, without format and ending. */
export const DTYPE_GRAPHS: readonly string[] = GRAPHS.map(([, name]) => name);

type Part = (typeof GRAPHS)[number][0];

/**
 * Many repositories keep the vision encoder in fewer formats than the decoder: what stands in for it, nearest first. Half floats come
 * last where the rest has none: they need a GPU that has them.
 */
const VISION_STAND_INS: Readonly<Record<Dtype, readonly Dtype[]>> = {
  fp32: ['fp16'],
  fp16: ['fp32'],
  q8: ['int8', 'uint8', 'fp32', 'fp16'],
  int8: ['q8', 'uint8', 'fp32', 'fp16'],
  uint8: ['q8', 'int8', 'fp32', 'fp16'],
  q4: ['bnb4', 'q8', 'int8', 'uint8', 'fp32', 'fp16'],
  q4f16: ['fp16', 'q4', 'q8', 'fp32'],
  bnb4: ['q4', 'q8', 'int8', 'uint8', 'fp32', 'fp16'],
};

/**
 * Embeddings are looked up and turned into what the decoder takes, so that any format fits any decoder. Whole and half floats lose
 * nothing worth naming, and the halves are half as large.
 */
const EMBED_STAND_INS: Readonly<Record<Dtype, readonly Dtype[]>> = {
  fp32: ['fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4'],
  fp16: ['fp32', 'q8', 'int8', 'uint8', 'q4f16', 'q4', 'bnb4'],
  q8: ['int8', 'uint8', 'fp16', 'fp32', 'q4', 'q4f16', 'bnb4'],
  int8: ['q8', 'uint8', 'fp16', 'fp32', 'q4', 'q4f16', 'bnb4'],
  uint8: ['q8', 'int8', 'fp16', 'fp32', 'q4', 'q4f16', 'bnb4'],
  q4: ['bnb4', 'q4f16', 'q8', 'int8', 'uint8', 'fp16', 'fp32'],
  q4f16: ['q4', 'fp16', 'bnb4', 'q8', 'int8', 'uint8', 'fp32'],
  bnb4: ['q4', 'q4f16', 'q8', 'int8', 'uint8', 'fp16', 'fp32'],
};

const STAND_INS: Readonly<Record<Part, Readonly<Record<Dtype, readonly Dtype[]>> | null>> = {
  // It names the whole.
  decoder: null,
  vision: VISION_STAND_INS,
  embed: EMBED_STAND_INS,
};

export interface DtypeOption {
  /** The decoder's format, which names the whole. */
  readonly dtype: Dtype;
  /** The formats its parts are really in. */
  readonly parts: Readonly<Record<Part, Dtype>>;
  /** Graphs and their external data. */
  readonly files: readonly ModelFile[];
  readonly bytes: number;
  /** Bytes of each part, external data included. */
  readonly partBytes: Readonly<Record<Part, number>>;
  /** Whether a graph's weights lie beside it (true) or within it. */
  readonly external: boolean;
  /** WebGPU features without which it does not run on a GPU; on WASM it does. */
  readonly features: readonly 'shader-f16'[];
}

/** Every format whose three parts are there, smallest first. */
export function dtypeOptions(files: ReadonlyMap<string, RepoFile>): readonly DtypeOption[] {
  return DTYPES.flatMap((dtype) => optionOf(files, dtype) ?? []).sort((a, b) => a.bytes - b.bytes);
}

/** The one for who did not say: half floats need a GPU that has them, and four bits are slow on WASM, so eight bits first. */
export function defaultDtype(options: readonly DtypeOption[]): DtypeOption | undefined {
  for (const dtype of ['q8', 'int8', 'uint8', 'q4', 'bnb4', 'fp32'] as const) {
    const option = options.find((one) => one.dtype === dtype);
    if (option) return option;
  }
  return options[0];
}

/**
 * By what is known to be right before what is small: half floats have overflowed in several families on GPUs, where four bits over
 * whole floats were right; eight bits are made for processors, where four are a dozen times slower.
 */
export function preferredDtypes(device: Device): readonly Dtype[] {
  return device === 'webgpu'
    ? ['q4', 'bnb4', 'q4f16', 'fp16', 'fp32', 'q8', 'int8', 'uint8']
    : ['q8', 'int8', 'uint8', 'q4', 'bnb4', 'fp32', 'q4f16', 'fp16'];
}

function optionOf(files: ReadonlyMap<string, RepoFile>, dtype: Dtype): DtypeOption | null {
  const chosen: ModelFile[] = [];
  const parts: Partial<Record<Part, Dtype>> = {};
  const partBytes: Record<Part, number> = { decoder: 0, vision: 0, embed: 0 };
  let external = false;
  for (const [part, name] of GRAPHS) {
    const found = graphOf(files, name, [dtype, ...(STAND_INS[part]?.[dtype] ?? [])]);
    if (found === null) return null;
    const { graph } = found;
    parts[part] = found.dtype;
    const data = dataOf(files, graph);
    external ||= data.length > 0;
    for (const path of [graph, ...data]) {
      const file = files.get(path);
      if (!file) continue;
      chosen.push({ ...file, role: path === graph ? part : `${part}-data` });
      partBytes[part] += file.bytes;
    }
  }
  // Each was set or the function has returned.
  const all = parts as Record<Part, Dtype>;
  const half = (one: Dtype) => one === 'fp16' || one === 'q4f16';
  // The embeddings are looked up on the CPU whatever the device is.
  const features = half(all.decoder) || half(all.vision) ? (['shader-f16'] as const) : [];
  const bytes = chosen.reduce((sum, file) => sum + file.bytes, 0);
  return { dtype, parts: all, files: chosen, bytes, partBytes, external, features };
}

/** The first of these formats that is there. */
function graphOf(
  files: ReadonlyMap<string, RepoFile>,
  name: string,
  dtypes: readonly Dtype[],
): { dtype: Dtype; graph: string } | null {
  for (const dtype of dtypes) {
    for (const suffix of SUFFIXES[dtype]) {
      const graph = `onnx/${name}${suffix}.onnx`;
      if (files.has(graph)) return { dtype, graph };
    }
  }
  return null;
}

/** `<graph>_data`, `<graph>_data_1`, … in their order. */
function dataOf(files: ReadonlyMap<string, RepoFile>, graph: string): readonly string[] {
  const first = `${graph}_data`;
  const paths: string[] = [];
  for (let i = 0, path = first; files.has(path); path = `${first}_${++i}`) paths.push(path);
  return paths;
}
