/** Spoils bytes: a few bits, a run, a length field, a cut, a splice with another input. The larger part stays as it was. */

const INTERESTING = [0, 1, 0x7f, 0x80, 0xff];

/**
 * @param {ReturnType<import('./random.mjs').createRandom>} random
 * @param {Uint8Array} bytes left as they are
 * @param {readonly Uint8Array[]} others to take pieces from
 */
export function mutate(random, bytes, others) {
  let result = bytes.slice();
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(Math.max(1, result.length));
    switch (random.below(8)) {
      case 0:
        if (result.length > 0) result[at] ^= 1 << random.below(8);
        break;
      case 1:
        if (result.length > 0) result[at] = random.pick(INTERESTING);
        break;
      case 2:
        // Fields lie at the front.
        result.set(
          random.bytes(Math.min(4, result.length)),
          random.below(Math.max(1, Math.min(64, result.length - 4))),
        );
        break;
      case 3:
        result = result.slice(0, at);
        break;
      case 4:
        result = result.slice(random.below(Math.min(80, result.length + 1)));
        break;
      case 5: {
        const other = random.pick(others);
        const from = random.below(Math.max(1, other.length));
        const piece = other.subarray(from, from + random.below(200));
        const joined = new Uint8Array(result.length + piece.length);
        joined.set(result.subarray(0, at));
        joined.set(piece, at);
        joined.set(result.subarray(at), at + piece.length);
        result = joined;
        break;
      }
      case 6:
        result.fill(random.pick(INTERESTING), at, at + random.below(40));
        break;
      default:
        result = Uint8Array.from([...result, ...random.bytes(random.below(30))]);
    }
  }
  return result;
}

/** The same for text: JSON values and header lines. */
export function mutateText(random, text) {
  const bits = [
    '',
    '"',
    '{',
    '[[[[',
    ']',
    '-1',
    '1e999',
    '9007199254740993',
    'null',
    '\u0000',
    '\ud800',
    '../',
    '%00',
    '__proto__',
  ];
  const at = random.below(text.length + 1);
  const cut = random.below(3) === 0 ? random.below(20) : random.below(3);
  return text.slice(0, at) + random.pick(bits) + text.slice(at + cut);
}
