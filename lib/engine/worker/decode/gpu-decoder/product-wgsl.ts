/**
 * Shaders in which a workgroup multiplies rows of matrices with what is given. Every shader works on one buffer of floats, the arena,
 * in which the stream, what the parts hand to one another and the small weights stand; matrices and caches are bound beside
 * it, in the number format that they have. All sums are made in 32 bits.
 */
import type { Linear } from './plan';

export type Float = 'f32' | 'f16';

/** Threads of a workgroup, which share the rows of a matrix among them. */
export const THREADS = 128;

/** Sizes that are the same for the whole decoder. */
export interface DecoderSizes {
  readonly hidden: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  /** Pairs of a head that are turned by the position. */
  readonly turned: number;
  /** Positions that a cache holds. */
  readonly capacity: number;
  readonly scale: number;
  readonly epsilon: number;
}

/** A matrix as a shader knows it. */
export interface MatrixForm {
  readonly inner: number;
  readonly outer: number;
  /** Of a plain matrix's numbers, or of the scales. */
  readonly float: Float;
  /** null: plain. */
  readonly blocks: { readonly bits: 4 | 8; readonly size: number; readonly zeros: boolean } | null;
  /** Whether something is added to what it gives. */
  readonly bias: boolean;
  /** Of its rows, those that are meant. */
  readonly first: number;
  readonly rows: number;
}

export interface Kernel {
  readonly code: string;
  readonly workgroups: number;
}

export function floatOf({ type }: { readonly type: number }): Float {
  return type === 10 ? 'f16' : 'f32';
}

export function formOf({ matrix, bias, first, rows }: Linear): MatrixForm {
  const common = { inner: matrix.inner, outer: matrix.outer, bias: bias !== null, first, rows };
  if (matrix.kind === 'plain') return { ...common, float: floatOf(matrix.data), blocks: null };
  const { bits, block, scales, zeros } = matrix;
  return { ...common, float: floatOf(scales), blocks: { bits, size: block, zeros: zeros !== null } };
}

/** Buffers that a matrix takes in a shader: its numbers, scales. All zero points are in one. */
export function bindingsOf({ blocks }: MatrixForm): number {
  return blocks ? 2 : 1;
}

/** What a shader may use of bindings that all have, in their order; what is its own comes after. */
export const COMMON = ['arena', 'run', 'places', 'zeros'] as const;
export const OWN = COMMON.length;

/**
 * What differs from layer to layer, in the order of the uniform: places in the arena, in floats, and in the zero points, in bytes. A,
 * B and C are the matrices of a shader.
 */
export const PLACES = [
  ...(['given', 'norm', 'result', 'cos', 'sin'] as const),
  ...(['biasA', 'biasB', 'biasC', 'zerosA', 'zerosB', 'zerosC'] as const),
] as const;

/** How the threads of a workgroup stand over a matrix, so that neighbours read neighbours: by columns, or by rows. */
const lanesOf = ({ blocks }: MatrixForm) => (blocks ? 16 : 4);
const rowsOf = (form: MatrixForm) => THREADS / lanesOf(form);

export function header(floats: readonly Float[]): string {
  return /* wgsl */ `
${floats.includes('f16') ? 'enable f16;' : ''}
/** position: of this run in the cache. turn: the row of the tables. */
struct Run { position: u32, turn: u32 }
struct Places { ${PLACES.map((name) => `${name}: u32`).join(', ')} }
@group(0) @binding(0) var<storage, read_write> arena: array<f32>;
@group(0) @binding(1) var<uniform> run: Run;
@group(0) @binding(2) var<uniform> places: Places;
@group(0) @binding(3) var<storage, read> zeros: array<u32>;
const THREADS = ${THREADS}u;
`;
}

/**
 * A matrix, and \`dot_<name>(row, lane)\`: what this lane adds to the product of a row, counted from the first that is meant, with \`given(k)\`.
 * @param first binding of its numbers
 */
export function matrixCode(name: string, slot: 'A' | 'B' | 'C', form: MatrixForm, first: number): string {
  const { inner, outer, float, blocks } = form;
  const lanes = lanesOf(form);
  const bind = (at: number, what: string, type: string) =>
    `@group(0) @binding(${first + at}) var<storage, read> ${name}${what}: array<${type}>;`;
  if (!blocks) {
    return /* wgsl */ `
${bind(0, '', float)}
fn dot_${name}(meant: u32, lane: u32) -> f32 {
  let row = meant + ${form.first}u;
  var sum = 0.0;
  for (var k = lane; k < ${inner}u; k += ${lanes}u) { sum += f32(${name}[k * ${outer}u + row]) * given(k); }
  return sum;
}`;
  }
  const { bits, size, zeros } = blocks;
  const perWord = 32 / bits;
  const words = inner / perWord;
  const count = inner / size;
  const half = 2 ** (bits - 1);
  const zeroBytes = Math.ceil((count * bits) / 8);
  const zero = zeros
    ? /* wgsl */ `
  let at = places.zeros${slot} + row * ${zeroBytes}u + ${bits === 4 ? 'block / 2u' : 'block'};
  let byte = (zeros[at / 4u] >> (8u * (at % 4u))) & 255u;
  let zero = f32(${bits === 4 ? '(byte >> (4u * (block % 2u))) & 15u' : 'byte'});`
    : `let zero = ${half}.0;`;
  const part = (shift: number) =>
    bits === 4
      ? `dot(vec4f((vec4u(word) >> vec4u(${[0, 4, 8, 12].map((by) => `${by + shift}u`).join(', ')})) & vec4u(15u)) - zero, given4(k + ${shift / 4}u))`
      : `dot(vec4f((vec4u(word) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(255u)) - zero, given4(k))`;
  return /* wgsl */ `
${bind(0, '', 'u32')}
${bind(1, '_scales', float)}
fn dot_${name}(meant: u32, lane: u32) -> f32 {
  let row = meant + ${form.first}u;
  var sum = 0.0;
  for (var w = lane; w < ${words}u; w += ${lanes}u) {
    let word = ${name}[row * ${words}u + w];
    let k = w * ${perWord}u;
    let block = k / ${size}u;
    ${zero}
    sum += f32(${name}_scales[row * ${count}u + block]) * (${bits === 4 ? `${part(0)} + ${part(16)}` : part(0)});
  }
  return sum;
}`;
}

/** What goes into the product: a part of the arena, times a normalisation's weights where there is one. */
function givenCode(isNormed: boolean): string {
  const more = isNormed ? ' * arena[places.norm + k]' : '';
  return /* wgsl */ `
fn given(k: u32) -> f32 { return arena[places.given + k]${more}; }
fn given4(k: u32) -> vec4f { return vec4f(given(k), given(k + 1u), given(k + 2u), given(k + 3u)); }`;
}

/** One over the root mean square of what is given; every thread of the workgroup has to call it. */
function normCode({ hidden, epsilon }: DecoderSizes): string {
  return /* wgsl */ `
var<workgroup> squares: array<f32, THREADS>;
fn inverseOfNorm(thread: u32) -> f32 {
  var sum = 0.0;
  for (var k = thread; k < ${hidden}u; k += THREADS) { let x = arena[places.given + k]; sum += x * x; }
  squares[thread] = sum;
  workgroupBarrier();
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    if (thread < half) { squares[thread] += squares[thread + half]; }
    workgroupBarrier();
  }
  return inverseSqrt(squares[0] / ${hidden}.0 + ${epsilon.toExponential()});
}`;
}

interface ProductParts {
  readonly floats: readonly Float[];
  readonly sizes: DecoderSizes;
  /** How the first of the matrices lies: all of one shader lie alike. */
  readonly form: MatrixForm;
  readonly isNormed: boolean;
  /** Rows, or pairs of them. */
  readonly units: number;
  /** Declarations. */
  readonly code: string;
  /** Sets \`sum: vec2f\` from \`unit\` and \`lane\`. */
  readonly products: string;
  /** Writes what comes out, from \`unit\` and \`sum\`. */
  readonly finish: string;
}

/** A workgroup takes some units, and for each of them some lanes add up their share of a product or of two. */
export function product({ floats, sizes, form, isNormed, units, code, products, finish }: ProductParts): Kernel {
  const [lanes, rows] = [lanesOf(form), rowsOf(form)];
  const [row, lane, apart] = form.blocks
    ? [`thread / ${lanes}u`, `thread % ${lanes}u`, 1]
    : [`thread % ${rows}u`, `thread / ${rows}u`, rows];
  return {
    workgroups: Math.ceil(units / rows),
    code: /* wgsl */ `${header(floats)}
${givenCode(isNormed)}
${isNormed ? normCode(sizes) : ''}
${code}
var<workgroup> sums: array<vec2f, THREADS>;
@compute @workgroup_size(THREADS)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let inverse = ${isNormed ? 'inverseOfNorm(thread)' : '1.0'};
  let unit = group.x * ${rows}u + ${row};
  let lane = ${lane};
  var sum = vec2f(0.0);
  if (unit < ${units}u) { ${products} }
  sums[thread] = sum;
  workgroupBarrier();
  for (var half = ${lanes / 2}u; half > 0u; half /= 2u) {
    if (lane < half) { sums[thread] += sums[thread + half * ${apart}u]; }
    workgroupBarrier();
  }
  if (lane == 0u && unit < ${units}u) {
    sum = sums[thread] * inverse;
    ${finish}
  }
}
`,
  };
}
