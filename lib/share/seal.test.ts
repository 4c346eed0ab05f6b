import { createCipheriv, createHash, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './base64url';
import { ShareError } from './contract';
import { seal, unseal, type ShareSecret } from './seal';
import { headerLength } from './wire';

const HEADER_BYTES = headerLength(false);

const ID = '000102030405060708090a0b0c0d0e0f';
const KEY = Uint8Array.from({ length: 32 }, (_, at) => at * 7);
const NONCE = Uint8Array.from({ length: 12 }, (_, at) => 200 + at);
/** What version 1 makes of TEXT: 60 bytes of header, 31 of cipher text, 16 of tag. */
const GOLDEN =
  '4c5053480001003c000102030405060708090a0b0c0d0e0fc8c9cacbcccdcecfd0d1d2d3992710058679a3a69035dba89b889a320000002fe08971d3' +
  'c3ff6b69e6d5978c4532f252ba74345e82946af4b960427781f904' +
  '9c866bc40778e3d0f6fd78625e2a5a1821bae072';
const TEXT = new TextEncoder().encode('a run, a picture and some zeros');

/** The format once more, by another library, from the words of docs/sharing.md. */
function byNode(payload: Uint8Array): Uint8Array {
  const id = Buffer.from(ID, 'hex');
  const derive = (info: string, bytes: number) => Buffer.from(hkdfSync('sha256', KEY, id, info, bytes));
  const header = Buffer.alloc(60);
  header.write('LPSH', 0, 'latin1');
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(60, 6);
  id.copy(header, 8);
  header.set(NONCE, 24);
  derive('loupe-share/1 check', 16).copy(header, 36);
  header.writeUInt32BE(payload.length + 16, 52);
  createHash('sha256').update(header.subarray(0, 56)).digest().copy(header, 56, 0, 4);
  const cipher = createCipheriv('aes-256-gcm', derive('loupe-share/1 content', 32), NONCE);
  cipher.setAAD(header);
  return Buffer.concat([header, cipher.update(payload), cipher.final(), cipher.getAuthTag()]);
}

/** Without a password the link's key is all of it. */
const SECRET: ShareSecret = { bytes: KEY, key: KEY, lock: null };
const sealed = () => seal(TEXT, SECRET, ID, () => NONCE.slice());

/** The code that opening throws; null where it opens. */
async function codeOf(share: Uint8Array<ArrayBuffer>, key = KEY, id = ID): Promise<string | null> {
  try {
    await unseal(share, key, id);
    return null;
  } catch (error) {
    if (error instanceof ShareError) return error.code;
    throw error;
  }
}

describe('the wire format', () => {
  it('is what another implementation writes, byte for byte', async () => {
    expect(toHex(await sealed())).toBe(toHex(byNode(TEXT)));
  });

  it('has not changed since version 1', async () => {
    // Golden: a share of version 1 must open for ever.
    expect(toHex(await sealed())).toBe(GOLDEN);
    expect(new TextDecoder().decode(await unseal(fromHex(GOLDEN)!, KEY, ID))).toBe('a run, a picture and some zeros');
  });

  it('gives back any payload', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const payload = new Uint8Array(bytes);
        expect(toHex(await unseal(await seal(payload, SECRET, ID), KEY, ID))).toBe(toHex(payload));
      }),
      { numRuns: 50 },
    );
  });

  it('never uses the same nonce for two shares', async () => {
    const nonces = await Promise.all(
      Array.from({ length: 20 }, async () => toHex((await seal(TEXT, SECRET, ID)).subarray(24, 36))),
    );
    expect(new Set(nonces).size).toBe(20);
  });
});

describe('a share that does not open says why', () => {
  it('wrong key', async () => {
    const other = KEY.slice();
    other[31] = 1;
    expect(await codeOf(await sealed(), other)).toBe('wrong-key');
  });

  it('swapped: the bytes of another share', async () => {
    expect(await codeOf(await sealed(), KEY, ID.replace(/f$/, 'e'))).toBe('swapped');
  });

  it('swapped by somebody who writes the asked id into it: still closed', async () => {
    const asked = ID.replace(/f$/, 'e');
    const share = await sealed();
    share.set(fromHex(asked)!, 8);
    share.set(createHash('sha256').update(share.subarray(0, 56)).digest().subarray(0, 4), 56);
    expect(await codeOf(share, KEY, asked)).toBe('wrong-key');
  });

  it('truncated, anywhere', async () => {
    const share = await sealed();
    for (let length = 0; length < share.length; length++) {
      expect(await codeOf(share.slice(0, length)), `${length} bytes`).toBe('truncated');
    }
  });

  it('tampered: any byte of the text or the tag', async () => {
    const share = await sealed();
    for (let at = HEADER_BYTES; at < share.length; at++) {
      const spoilt = share.slice();
      spoilt[at]! ^= 0x10;
      expect(await codeOf(spoilt), `byte ${at}`).toBe('tampered');
    }
  });

  it('tampered, or too new, but never open: any byte of the header', async () => {
    const share = await sealed();
    for (let at = 0; at < HEADER_BYTES; at++) {
      const spoilt = share.slice();
      spoilt[at]! ^= 0x01;
      // Version 1 with its lowest bit changed is 0; its higher byte makes it 257.
      expect(await codeOf(spoilt), `byte ${at}`).toBe(at === 4 ? 'too-new' : 'tampered');
    }
  });

  it('tampered with a right checksum: the header is authenticated', async () => {
    for (const at of [24, 35, 52]) {
      const spoilt = await sealed();
      spoilt[at]! ^= 0x01;
      spoilt.set(createHash('sha256').update(spoilt.subarray(0, 56)).digest().subarray(0, 4), 56);
      expect(await codeOf(spoilt)).toMatch(/tampered|truncated/);
    }
  });

  it('too new: a later version, whatever else it holds', async () => {
    const share = await sealed();
    share.set([0, 3], 4);
    expect(await codeOf(share.slice(0, 12))).toBe('too-new');
  });

  it('tampered: something follows', async () => {
    const share = await sealed();
    const longer = new Uint8Array(share.length + 1);
    longer.set(share);
    expect(await codeOf(longer)).toBe('tampered');
  });
});
