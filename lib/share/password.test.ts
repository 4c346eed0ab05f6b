import { createCipheriv, createHash, hkdfSync } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { describe, expect, it, vi } from 'vitest';
import { fromHex, toHex } from './base64url';
import { ShareError } from './contract';
import { aSource } from './fixtures/shared-run';
import { decodeShare } from './open';
import { packShare } from './pack';
import { derivePasswordKey, refusedCost, USUAL_COST } from './password';
import { makeSecret, seal, unseal } from './seal';
import { headerLength } from './wire';

// Argon2 on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const ID = '000102030405060708090a0b0c0d0e0f';
const KEY = Uint8Array.from({ length: 32 }, (_, at) => at * 7);
const SALT = Uint8Array.from({ length: 16 }, (_, at) => 100 + at);
const NONCE = Uint8Array.from({ length: 12 }, (_, at) => 200 + at);
const TEXT = new TextEncoder().encode('a run, a picture and some zeros');
/** Small, so that a hundred of them take a moment. */
const COST = { memoryKiB: 64, iterations: 1, parallelism: 1 };
const PASSWORD = 'correct horse battery staple';

const sealed = async (cost = COST) =>
  seal(TEXT, await makeSecret(KEY, PASSWORD, { salt: SALT, cost }), ID, () => NONCE.slice());

async function codeOf(opening: Promise<unknown>): Promise<string | null> {
  try {
    await opening;
    return null;
  } catch (error) {
    if (error instanceof ShareError) return error.code;
    throw error;
  }
}

/** Writes the checksum anew, as whoever changes a header would. */
function signed(share: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const end = headerLength(true) - 4;
  share.set(createHash('sha256').update(share.subarray(0, end)).digest().subarray(0, 4), end);
  return share;
}

/** The format once more, by another library, from the words of docs/sharing.md. */
async function byNode(): Promise<string> {
  const id = Buffer.from(ID, 'hex');
  const made = await argon2id({
    ...{ password: PASSWORD, salt: SALT, memorySize: 64, iterations: 1, parallelism: 1, hashLength: 32 },
    outputType: 'binary',
  });
  const secret = Buffer.concat([KEY, made]);
  const derive = (from: Uint8Array, info: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', from, id, info, bytes));
  const header = Buffer.alloc(108);
  header.write('LPSH', 0, 'latin1');
  header.writeUInt16BE(2, 4);
  header.writeUInt16BE(108, 6);
  id.copy(header, 8);
  header.set(NONCE, 24);
  derive(KEY, 'loupe-share/2 check', 16).copy(header, 36);
  header.writeUInt32BE(TEXT.length + 16, 52);
  header.writeUInt16BE(1, 56);
  header.writeUInt16BE(44, 58);
  header.set([1, 1, 0, 0], 60);
  header.writeUInt32BE(64, 64);
  header.writeUInt32BE(1, 68);
  header.set(SALT, 72);
  derive(secret, 'loupe-share/2 password', 16).copy(header, 88);
  createHash('sha256').update(header.subarray(0, 104)).digest().copy(header, 104, 0, 4);
  const cipher = createCipheriv('aes-256-gcm', derive(secret, 'loupe-share/2 content', 32), NONCE);
  cipher.setAAD(header);
  return Buffer.concat([header, cipher.update(TEXT), cipher.final(), cipher.getAuthTag()]).toString('hex');
}

describe('a share with a password', () => {
  it('is what another implementation writes, byte for byte', async () => {
    expect(toHex(await sealed())).toBe(await byNode());
  });

  it('Argon2id is that of RFC 9106', async () => {
    // Of the reference implementation (phc-winner-argon2, test.c): version 0x13, t=2, m=64 MiB, p=1.
    const key = await derivePasswordKey('password', new TextEncoder().encode('somesalt'), {
      ...{ memoryKiB: 65_536, iterations: 2, parallelism: 1 },
    });
    expect(toHex(key)).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
  });

  it('opens with it, also where another keyboard wrote the same letters', async () => {
    expect(await unseal(await sealed(), KEY, ID, PASSWORD)).toEqual(TEXT);
    const accented = await seal(TEXT, await makeSecret(KEY, 'caf\u00e9', { cost: COST }), ID);
    expect(await unseal(accented, KEY, ID, 'cafe\u0301')).toEqual(TEXT);
  });

  it('wrong, missing, and a wrong link are told apart', async () => {
    const share = await sealed();
    const other = KEY.slice();
    other[0] = 99;
    expect(await codeOf(unseal(share, KEY, ID, 'Correct horse battery staple'))).toBe('wrong-password');
    expect(await codeOf(unseal(share, KEY, ID))).toBe('password-needed');
    expect(await codeOf(unseal(share, other, ID, PASSWORD))).toBe('wrong-key');
    // Nothing was lost by it.
    expect(await unseal(share, KEY, ID, PASSWORD)).toEqual(TEXT);
  });

  it('neither link nor password alone is enough', async () => {
    const share = await sealed();
    const content = share.slice(headerLength(true));
    const withoutPassword = await seal(TEXT, await makeSecret(KEY, null), ID, () => NONCE.slice());
    expect(content).not.toEqual(withoutPassword.slice(headerLength(false)));
    const [one, two] = [
      await makeSecret(KEY, PASSWORD, { salt: SALT, cost: COST }),
      await makeSecret(SALT, PASSWORD, { salt: SALT, cost: COST }),
    ];
    expect(one.bytes).not.toEqual(two.bytes);
  });

  it('a salt of its own for each', async () => {
    const salts = await Promise.all(
      [0, 1, 2, 3].map(async () => toHex((await makeSecret(KEY, PASSWORD, { cost: COST })).lock!.salt)),
    );
    expect(new Set(salts).size).toBe(4);
  });

  it('any changed byte of its header is found out', async () => {
    const share = await sealed();
    for (let at = 0; at < headerLength(true); at++) {
      const spoilt = share.slice();
      spoilt[at]! ^= 0x01;
      expect(await codeOf(unseal(spoilt, KEY, ID, PASSWORD)), `byte ${at}`).not.toBeNull();
      // Also by somebody who knows the format, and writes the checksum anew.
      if (at >= headerLength(true) - 4) continue;
      expect(await codeOf(unseal(signed(spoilt.slice()), KEY, ID, PASSWORD)), `byte ${at}, signed`).not.toBeNull();
    }
  });

  it('leaves room for more: what must be known and is not is too new, the rest is passed over', async () => {
    const share = await sealed();
    const kind = (value: number) => {
      const changed = share.slice();
      changed.set([value >> 8, value & 255], 56);
      return signed(changed);
    };
    expect(await codeOf(unseal(kind(2), KEY, ID, PASSWORD))).toBe('too-new');
    // Passed over; what is sealed is bound to the header as it was.
    expect(await codeOf(unseal(kind(0x8001), KEY, ID, PASSWORD))).toBe('tampered');
    const algorithm = share.slice();
    algorithm[60] = 2;
    expect(await codeOf(unseal(signed(algorithm), KEY, ID, PASSWORD))).toBe('too-new');
  });
});

describe('a header that asks for too much', () => {
  it.each([
    [{ memoryKiB: 4 * 1024 * 1024, iterations: 1, parallelism: 1 }],
    [{ memoryKiB: 65_536, iterations: 1_000_000, parallelism: 1 }],
    [{ memoryKiB: 0xffffffff, iterations: 0xffffffff, parallelism: 255 }],
    [{ memoryKiB: 262_144, iterations: 16, parallelism: 1 }],
    [{ memoryKiB: 65_536, iterations: 3, parallelism: 5 }],
    [{ memoryKiB: 0, iterations: 0, parallelism: 0 }],
  ])('%j is refused before anything is computed', async (cost) => {
    expect(refusedCost(cost)).not.toBeNull();
    const share = await sealed();
    const view = new DataView(share.buffer);
    view.setUint8(61, cost.parallelism);
    view.setUint32(64, cost.memoryKiB);
    view.setUint32(68, cost.iterations);
    const began = performance.now();
    expect(await codeOf(unseal(signed(share), KEY, ID, PASSWORD))).toBe('too-costly');
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('the usual is not', () => {
    expect(refusedCost(USUAL_COST)).toBeNull();
  });
});

it('a whole run: its size is told exactly, and it opens', async () => {
  const packed = await packShare(aSource(), { includeImage: true, upTo: null, locked: true });
  const share = await seal(packed.payload, await makeSecret(KEY, PASSWORD, { cost: COST }), ID);
  expect(share.length).toBe(packed.bytes);
  const run = await decodeShare(share, ID, KEY, PASSWORD);
  expect(run.images.size).toBe(1);
  expect(fromHex(toHex(SALT))).toEqual(SALT);
});
