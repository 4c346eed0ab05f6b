/**
 * SHA-256 as lower-case hex: of bytes at hand, by the browser's own where there is one, and of bytes that come piece by piece,
 * which no browser offers and this file computes (FIPS 180-4). Pages served over plain http from another machine have no
 * `crypto.subtle`; there all of it is computed here.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Typed as always present, but undefined outside secure contexts.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  return hex(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : digest(bytes));
}

/** A hash that grows: for files too large to be in memory at once. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** Of everything so far; the hasher is spent. */
  hex(): string;
}

const PRIMES = firstPrimes(64);
const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)) | 0);
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)) | 0);

/** The slow twin of `crypto.subtle.digest`; exported for its test. */
export function digest(bytes: Uint8Array): Uint8Array {
  const stream = open();
  stream.update(bytes);
  return stream.end();
}

export function createSha256(): Hasher {
  const stream = open();
  return { update: (bytes) => stream.update(bytes), hex: () => hex(stream.end()) };
}

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function open(): { update(bytes: Uint8Array): void; end(): Uint8Array } {
  const state = Int32Array.from(START);
  const words = new Int32Array(64);
  /** What does not fill a block yet. */
  const rest = new Uint8Array(128);
  let kept = 0;
  let length = 0;
  return {
    update(bytes) {
      length += bytes.length;
      let at = 0;
      if (kept > 0) {
        at = Math.min(64 - kept, bytes.length);
        rest.set(bytes.subarray(0, at), kept);
        kept += at;
        if (kept < 64) return;
        compress(rest, 0, 64, state, words);
        kept = 0;
      }
      const whole = at + Math.floor((bytes.length - at) / 64) * 64;
      compress(bytes, at, whole, state, words);
      rest.set(bytes.subarray(whole));
      kept = bytes.length - whole;
    },
    end() {
      const padded = kept < 56 ? 64 : 128;
      rest.fill(0, kept);
      rest[kept] = 0x80;
      new DataView(rest.buffer).setBigUint64(padded - 8, BigInt(length) * 8n);
      compress(rest, 0, padded, state, words);
      const out = new DataView(new ArrayBuffer(32));
      state.forEach((word, i) => out.setInt32(i * 4, word));
      return new Uint8Array(out.buffer);
    },
  };
}

/** Blocks of 64 bytes, from … to. Every index is inside the fixed lengths: the assertions only satisfy the checker. */
function compress(bytes: Uint8Array, from: number, to: number, state: Int32Array, words: Int32Array): void {
  for (let block = from; block < to; block += 64) {
    for (let i = 0, at = block; i < 16; i++, at += 4) {
      words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    }
    for (let i = 16; i < 64; i++) {
      const x = words[i - 15]!;
      const y = words[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
    }
    // One by one: taken out of an array they take longer than all the rounds.
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    let f = state[5]!;
    let g = state[6]!;
    let h = state[7]!;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + (g ^ (e & (f ^ g))) + ROUND[i]! + words[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (c & (a ^ b)))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0]! += a;
    state[1]! += b;
    state[2]! += c;
    state[3]! += d;
    state[4]! += e;
    state[5]! += f;
    state[6]! += g;
    state[7]! += h;
  }
}

function fraction(value: number): number {
  return Math.floor((value % 1) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}
