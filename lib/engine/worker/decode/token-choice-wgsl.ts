/**
 * The shaders of token-choice.ts. One workgroup looks through each slice of a row of logits, one more puts together what they
 * found. Numbers are told finite by their bits: a shader's compiler may take it that nothing else exists.
 */

/**
 * Threads of a workgroup, and the most slices. Lists are found by a tree over them; more threads wait longer for one another,
 * a software GPU most of all.
 */
export const THREADS = 64;

/** Words in front of the lists, of a slice and of the result alike. */
export const HEAD_WORDS = 8;

/** In the order of the uniform buffer. */
const PARAMS = /* wgsl */ `
struct Params {
  vocab: u32,
  /** Where the row begins, in numbers. */
  first: u32,
  slice: u32,
  groups: u32,
  /** Entries of the list of all tokens; 0 where no mask makes the other list another one. */
  plain: u32,
  /** Entries of the list of allowed tokens. */
  count: u32,
  masked: u32,
  /** 1 / temperature */
  inverse: f32,
}
`;

/** Value and id of the entry of a list that comes next after another one: larger first, of equals the smaller id. */
const SELECT = /* wgsl */ `
/** The least number there is: exports write it where a token must never come. */
const NEVER = -0x1.fffffep+127f;
const NOBODY = 0xffffffffu;
const THREADS = ${THREADS}u;

var<workgroup> values: array<f32, ${THREADS}>;
var<workgroup> ids: array<u32, ${THREADS}>;

fn before(value: f32, id: u32, otherValue: f32, otherId: u32) -> bool {
  return value > otherValue || (value == otherValue && id < otherId);
}

/** Not below what a number can hold, whatever it is multiplied by. */
fn below(value: f32, most: f32) -> f32 { return max(value / 2.0 - most / 2.0, -1e20) * 2.0; }

struct Entry { value: f32, id: u32 }

/** Writes the best \`count\` of what \`mine\` walks over to \`results\`; all threads of a workgroup together. */
fn pick(thread: u32, begin: u32, end: u32, masked: bool, count: u32, at: u32) {
  var mine = next(thread, begin, end, masked, Entry(3.4e38, 0u), true);
  for (var k = 0u; k < count; k++) {
    values[thread] = mine.value;
    ids[thread] = mine.id;
    workgroupBarrier();
    for (var width = THREADS / 2u; width > 0u; width /= 2u) {
      if (thread < width && before(values[thread + width], ids[thread + width], values[thread], ids[thread])) {
        values[thread] = values[thread + width];
        ids[thread] = ids[thread + width];
      }
      workgroupBarrier();
    }
    let won = Entry(values[0], ids[0]);
    workgroupBarrier();
    if (thread == 0u) {
      results[at + 2u * k] = bitcast<u32>(won.value);
      results[at + 2u * k + 1u] = won.id;
    }
    if (won.id != NOBODY && won.id == mine.id) {
      mine = next(thread, begin, end, masked, won, false);
    }
  }
}

/** The best of a thread's share that comes after \`last\`. */
fn next(thread: u32, begin: u32, end: u32, masked: bool, last: Entry, fresh: bool) -> Entry {
  var best = Entry(NEVER, NOBODY);
  for (var i = begin + thread; i < end; i += THREADS) {
    let entry = entryAt(i, masked);
    if (entry.id == NOBODY) { continue; }
    if (!fresh && !before(last.value, last.id, entry.value, entry.id)) { continue; }
    if (best.id == NOBODY || before(entry.value, entry.id, best.value, best.id)) { best = entry; }
  }
  return best;
}

/** The sum over all threads, told to each. */
fn total(thread: u32, share: f32) -> f32 {
  values[thread] = share;
  workgroupBarrier();
  for (var width = THREADS / 2u; width > 0u; width /= 2u) {
    if (thread < width) { values[thread] += values[thread + width]; }
    workgroupBarrier();
  }
  let sum = values[0];
  workgroupBarrier();
  return sum;
}

fn largest(thread: u32, share: f32) -> f32 {
  values[thread] = share;
  workgroupBarrier();
  for (var width = THREADS / 2u; width > 0u; width /= 2u) {
    if (thread < width) { values[thread] = max(values[thread], values[thread + width]); }
    workgroupBarrier();
  }
  let most = values[0];
  workgroupBarrier();
  return most;
}
`;

const READ = {
  float32: /* wgsl */ `
fn bitsAt(i: u32) -> u32 { return row[i]; }
fn isMinusInfinity(bits: u32) -> bool { return bits == 0xff800000u; }
fn isFinite(bits: u32) -> bool { return (bits & 0x7f800000u) != 0x7f800000u; }
fn valueOf(bits: u32) -> f32 { return bitcast<f32>(bits); }
`,
  // Two to a word. Read as numbers of 32 bits: half precision needs no feature of the device.
  float16: /* wgsl */ `
fn bitsAt(i: u32) -> u32 { return (row[i / 2u] >> ((i % 2u) * 16u)) & 0xffffu; }
fn isMinusInfinity(bits: u32) -> bool { return bits == 0xfc00u; }
fn isFinite(bits: u32) -> bool { return (bits & 0x7c00u) != 0x7c00u; }
fn valueOf(bits: u32) -> f32 { return unpack2x16float(bits).x; }
`,
};

/**
 * Of a slice: whether a number is not finite, the largest of all and the sum of their exponentials less it, the same of the
 * allowed ones under the temperature, then both lists.
 */
export function sliceShader(type: 'float32' | 'float16'): string {
  return /* wgsl */ `
${PARAMS}
@group(0) @binding(0) var<storage, read> row: array<u32>;
@group(0) @binding(1) var<storage, read> mask: array<u32>;
@group(0) @binding(2) var<storage, read_write> results: array<u32>;
@group(0) @binding(3) var<uniform> params: Params;

${READ[type]}
${SELECT}

var<workgroup> broken: atomic<u32>;

fn allowed(i: u32) -> bool { return (mask[i / 32u] & (1u << (i % 32u))) != 0u; }

fn entryAt(i: u32, masked: bool) -> Entry {
  let bits = bitsAt(params.first + i);
  if (!isFinite(bits) || (masked && !allowed(i))) { return Entry(NEVER, NOBODY); }
  return Entry(valueOf(bits), i);
}

@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let begin = group.x * params.slice;
  let end = min(begin + params.slice, params.vocab);
  let words = ${HEAD_WORDS}u + 2u * (params.plain + params.count);
  let at = group.x * words;
  let masked = params.masked != 0u;

  var most = NEVER;
  var mostAllowed = NEVER;
  for (var i = begin + thread; i < end; i += THREADS) {
    let bits = bitsAt(params.first + i);
    if (isMinusInfinity(bits)) { continue; }
    if (!isFinite(bits)) { atomicStore(&broken, 1u); continue; }
    most = max(most, valueOf(bits));
    if (!masked || allowed(i)) { mostAllowed = max(mostAllowed, valueOf(bits)); }
  }
  most = largest(thread, most);
  mostAllowed = largest(thread, mostAllowed);
  var sum = 0.0;
  var sumAllowed = 0.0;
  for (var i = begin + thread; i < end; i += THREADS) {
    let bits = bitsAt(params.first + i);
    if (!isFinite(bits)) { continue; }
    let value = valueOf(bits);
    sum += exp(below(value, most));
    if (!masked || allowed(i)) { sumAllowed += exp(below(value, mostAllowed) * params.inverse); }
  }
  sum = total(thread, sum);
  sumAllowed = total(thread, sumAllowed);
  if (thread == 0u) {
    results[at] = atomicLoad(&broken);
    results[at + 1u] = bitcast<u32>(most);
    results[at + 2u] = bitcast<u32>(sum);
    results[at + 3u] = bitcast<u32>(mostAllowed);
    results[at + 4u] = bitcast<u32>(sumAllowed);
  }
  pick(thread, begin, end, false, params.plain, at + ${HEAD_WORDS}u);
  pick(thread, begin, end, masked, params.count, at + ${HEAD_WORDS}u + 2u * params.plain);
}
`;
}

/** What the slices found, as if there were one slice. */
export const MERGE_SHADER = /* wgsl */ `
${PARAMS}
@group(0) @binding(0) var<storage, read> found: array<u32>;
@group(0) @binding(1) var<storage, read_write> results: array<u32>;
@group(0) @binding(2) var<uniform> params: Params;

${SELECT}

fn slice(group: u32) -> u32 { return group * (${HEAD_WORDS}u + 2u * (params.plain + params.count)); }
fn numberAt(i: u32) -> f32 { return bitcast<f32>(found[i]); }

/** \`allowed\` names the second of the lists. */
fn entryAt(i: u32, allowed: bool) -> Entry {
  let length = select(params.plain, params.count, allowed);
  let skipped = select(0u, params.plain, allowed);
  let at = slice(i / length) + ${HEAD_WORDS}u + 2u * (skipped + i % length);
  return Entry(numberAt(at), found[at + 1u]);
}

@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  let has = thread < params.groups;
  let at = slice(select(0u, thread, has));
  let most = largest(thread, numberAt(at + 1u));
  let mostAllowed = largest(thread, numberAt(at + 3u));
  var share = 0.0;
  var shareAllowed = 0.0;
  var broken = 0.0;
  if (has) {
    share = numberAt(at + 2u);
    shareAllowed = numberAt(at + 4u);
    broken = f32(found[at]);
    // Of a slice without any there is nothing to take the exponential of.
    if (share > 0.0) { share *= exp(below(numberAt(at + 1u), most)); }
    if (shareAllowed > 0.0) { shareAllowed *= exp(below(numberAt(at + 3u), mostAllowed) * params.inverse); }
  }
  let sum = total(thread, share);
  let sumAllowed = total(thread, shareAllowed);
  broken = total(thread, broken);
  if (thread == 0u) {
    results[0] = u32(broken);
    results[1] = bitcast<u32>(most);
    results[2] = bitcast<u32>(sum);
    results[3] = bitcast<u32>(mostAllowed);
    results[4] = bitcast<u32>(sumAllowed);
  }
  pick(thread, 0u, params.groups * params.plain, false, params.plain, ${HEAD_WORDS}u);
  pick(thread, 0u, params.groups * params.count, true, params.count, ${HEAD_WORDS}u + 2u * params.plain);
}
`;
