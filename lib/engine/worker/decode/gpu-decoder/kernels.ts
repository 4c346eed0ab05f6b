/** The shaders of gpu-decoder.ts: one position through a layer in five. */
import {
  bindingsOf,
  header,
  matrixCode,
  OWN,
  product,
  THREADS,
  type DecoderSizes,
  type Float,
  type Kernel,
  type MatrixForm,
} from './product-wgsl';

export interface AttentionForms {
  readonly query: MatrixForm;
  readonly key: MatrixForm;
  readonly value: MatrixForm;
}

/**
 * Norm, three products, turning by the position: queries into the arena, keys and values into their caches at the position.
 * A unit is two numbers of a head that are turned into one another. Bindings: query, key, value, cache of keys, of values.
 */
export function queryKeyValue(forms: AttentionForms, cache: Float, sizes: DecoderSizes): Kernel {
  const { query, key, value } = forms;
  const { heads, kvHeads, headDim, turned, capacity } = sizes;
  const half = headDim / 2;
  const [queries, keys] = [heads * half, kvHeads * half];
  const keyAt = OWN + bindingsOf(query);
  const valueAt = keyAt + bindingsOf(key);
  const cacheAt = valueAt + bindingsOf(value);
  const biased = ({ bias, first }: MatrixForm, place: string) =>
    bias
      ? `sum += vec2f(arena[places.${place} + ${first}u + rows.x], arena[places.${place} + ${first}u + rows.y]);`
      : '';
  const write = (buffer: string) => /* wgsl */ `
      let at = ((rows.x / ${headDim}u) * ${capacity}u + run.position) * ${headDim}u;
      ${buffer}[at + rows.x % ${headDim}u] = ${cache}(sum.x);
      ${buffer}[at + rows.y % ${headDim}u] = ${cache}(sum.y);`;
  return product({
    floats: [query.float, key.float, value.float, cache],
    sizes,
    form: query,
    isNormed: true,
    units: queries + 2 * keys,
    code: /* wgsl */ `
${matrixCode('query', 'A', query, OWN)}
${matrixCode('key', 'B', key, keyAt)}
${matrixCode('value', 'C', value, valueAt)}
@group(0) @binding(${cacheAt}) var<storage, read_write> keys: array<${cache}>;
@group(0) @binding(${cacheAt + 1}) var<storage, read_write> values: array<${cache}>;
/** The two rows of a unit, counted from the first of its matrix: the turned half with half, the rest as neighbours. */
fn rowsOf(unit: u32) -> vec2u {
  let first = (unit / ${half}u) * ${headDim}u;
  let pair = unit % ${half}u;
  if (pair < ${turned}u) { return vec2u(first + pair, first + pair + ${turned}u); }
  return vec2u(first + 2u * pair, first + 2u * pair + 1u);
}
fn turn(pair: u32, x: vec2f) -> vec2f {
  if (pair >= ${turned}u) { return x; }
  let at = run.turn * ${turned}u + pair;
  let c = arena[places.cos + at];
  let s = arena[places.sin + at];
  return vec2f(x.x * c - x.y * s, x.y * c + x.x * s);
}`,
    products: /* wgsl */ `
    if (unit < ${queries}u) {
      let rows = rowsOf(unit);
      sum = vec2f(dot_query(rows.x, lane), dot_query(rows.y, lane));
    } else if (unit < ${queries + keys}u) {
      let rows = rowsOf(unit - ${queries}u);
      sum = vec2f(dot_key(rows.x, lane), dot_key(rows.y, lane));
    } else {
      let rows = rowsOf(unit - ${queries + keys}u);
      sum = vec2f(dot_value(rows.x, lane), dot_value(rows.y, lane));
    }`,
    finish: /* wgsl */ `
    if (unit < ${queries}u) {
      let rows = rowsOf(unit);
      ${biased(query, 'biasA')}
      sum = turn(unit % ${half}u, sum);
      arena[places.result + rows.x] = sum.x;
      arena[places.result + rows.y] = sum.y;
    } else if (unit < ${queries + keys}u) {
      let rows = rowsOf(unit - ${queries}u);
      ${biased(key, 'biasB')}
      sum = turn((unit - ${queries}u) % ${half}u, sum);
      ${write('keys')}
    } else {
      let rows = rowsOf(unit - ${queries + keys}u);
      ${biased(value, 'biasC')}
      ${write('values')}
    }`,
  });
}

/**
 * One head's query over the positions of the cache, some of them at a time; the largest so far is taken out of the exponentials
 * (Milakov and Gimelshein, arXiv 1805.02867). Bindings: cache of keys, of values.
 */
export function attention(cache: Float, { heads, kvHeads, headDim, capacity, scale }: DecoderSizes): Kernel {
  // Threads share a head's numbers; where it has fewer, several share a number's positions.
  const shares = Math.max(1, Math.floor(THREADS / headDim));
  const perThread = Math.ceil(headDim / THREADS);
  const own = (body: string) => /* wgsl */ `
    for (var i = 0u; i < ${perThread}u; i++) {
      let d = thread % ${Math.min(headDim, THREADS)}u + i * THREADS;
      ${body}
    }`;
  return {
    workgroups: heads,
    code: /* wgsl */ `${header([cache])}
@group(0) @binding(${OWN}) var<storage, read> keys: array<${cache}>;
@group(0) @binding(${OWN + 1}) var<storage, read> values: array<${cache}>;
var<workgroup> query: array<f32, ${headDim}>;
var<workgroup> scratch: array<f32, THREADS>;
var<workgroup> weights: array<f32, THREADS>;
var<workgroup> mixed: array<f32, ${shares * headDim}>;
const LEAST = -3.0e38;

@compute @workgroup_size(THREADS)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let head = group.x;
  let first = (head / ${heads / kvHeads}u) * ${capacity}u * ${headDim}u;
  let count = run.position + 1u;
  for (var d = thread; d < ${headDim}u; d += THREADS) {
    query[d] = arena[places.given + head * ${headDim}u + d] * ${scale.toExponential()};
  }
  workgroupBarrier();
  let share = thread / ${Math.min(headDim, THREADS)}u;
  var most = LEAST;
  var total = 0.0;
  var sums: array<f32, ${perThread}>;
  for (var begin = 0u; begin < count; begin += THREADS) {
    let here = min(THREADS, count - begin);
    var score = LEAST;
    if (thread < here) {
      let at = first + (begin + thread) * ${headDim}u;
      score = 0.0;
      for (var d = 0u; d < ${headDim}u; d++) { score += query[d] * f32(keys[at + d]); }
    }
    scratch[thread] = score;
    workgroupBarrier();
    for (var half = THREADS / 2u; half > 0u; half /= 2u) {
      if (thread < half) { scratch[thread] = max(scratch[thread], scratch[thread + half]); }
      workgroupBarrier();
    }
    let now = max(most, scratch[0]);
    let weight = select(0.0, exp(score - now), thread < here);
    weights[thread] = weight;
    workgroupBarrier();
    scratch[thread] = weight;
    workgroupBarrier();
    for (var half = THREADS / 2u; half > 0u; half /= 2u) {
      if (thread < half) { scratch[thread] += scratch[thread + half]; }
      workgroupBarrier();
    }
    let fade = exp(most - now);
    total = total * fade + scratch[0];
    most = now;
    if (share < ${shares}u) {${own(/* wgsl */ `
      if (d < ${headDim}u) {
        var sum = 0.0;
        for (var j = share; j < here; j += ${shares}u) {
          sum += weights[j] * f32(values[first + (begin + j) * ${headDim}u + d]);
        }
        sums[i] = sums[i] * fade + sum;
      }`)}
    }
    workgroupBarrier();
  }
  if (share < ${shares}u) {${own(`if (d < ${headDim}u) { mixed[share * ${headDim}u + d] = sums[i]; }`)} }
  workgroupBarrier();
  for (var d = thread; d < ${headDim}u; d += THREADS) {
    var sum = 0.0;
    for (var j = 0u; j < ${shares}u; j++) { sum += mixed[j * ${headDim}u + d]; }
    arena[places.result + head * ${headDim}u + d] = sum / total;
  }
}
`,
  };
}

/** A product that is added to the stream. Bindings: the matrix. */
export function addProduct(form: MatrixForm, sizes: DecoderSizes): Kernel {
  return product({
    floats: [form.float],
    sizes,
    form,
    isNormed: false,
    units: form.rows,
    code: matrixCode('matrix', 'A', form, OWN),
    products: 'sum.x = dot_matrix(unit, lane);',
    finish: `arena[places.result + unit] += sum.x${form.bias ? ' + arena[places.biasA + unit]' : ''};`,
  });
}

/** Norm, two products, and one of them times x · sigmoid(x) of the other. Bindings: gate, up. */
export function gatedProducts(gate: MatrixForm, up: MatrixForm, sizes: DecoderSizes): Kernel {
  return product({
    floats: [gate.float, up.float],
    sizes,
    form: gate,
    isNormed: true,
    units: gate.rows,
    code: matrixCode('gate', 'A', gate, OWN) + matrixCode('up', 'B', up, OWN + bindingsOf(gate)),
    products: 'sum = vec2f(dot_gate(unit, lane), dot_up(unit, lane));',
    finish: /* wgsl */ `
    ${gate.bias ? 'sum.x += arena[places.biasA + unit];' : ''}
    ${up.bias ? 'sum.y += arena[places.biasB + unit];' : ''}
    arena[places.result + unit] = sum.x / (1.0 + exp(-sum.x)) * sum.y;`,
  });
}

/** Norm and the last product. Bindings: the matrix, the logits. */
export function logits(form: MatrixForm, type: Float, sizes: DecoderSizes): Kernel {
  return product({
    floats: [form.float, type],
    sizes,
    form,
    isNormed: true,
    units: form.rows,
    code: /* wgsl */ `${matrixCode('matrix', 'A', form, OWN)}
@group(0) @binding(${OWN + bindingsOf(form)}) var<storage, read_write> row: array<${type}>;`,
    products: 'sum.x = dot_matrix(unit, lane);',
    finish: `row[unit] = ${type}(sum.x${form.bias ? ' + arena[places.biasA + unit]' : ''});`,
  });
}
