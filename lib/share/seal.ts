/**
 * Encryption. From the link's key two keys are derived by HKDF-SHA-256 with the id as salt: one for AES-256-GCM, one that is
 * only compared (it commits the text to its key, which GCM alone does not). The header is authenticated, the id in it too, so
 * that a share put in another's place does not open.
 */
import { fromHex } from './base64url';
import { ShareError } from './contract';
import { HEADER_BYTES, KEY_CHECK_BYTES, NONCE_BYTES, readHeader, TAG_BYTES, writeHeader } from './wire';

interface Keys {
  readonly content: CryptoKey;
  readonly check: Uint8Array<ArrayBuffer>;
}

const text = new TextEncoder();

/** What of Web Crypto is needed; absent on pages that came over plain http. */
function subtle(): SubtleCrypto {
  const found: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!found) throw new ShareError('no-crypto', 'this page is not a secure context');
  return found;
}

async function deriveKeys(key: Uint8Array<ArrayBuffer>, id: string): Promise<Keys> {
  const salt = fromHex(id);
  if (!salt) throw new RangeError('an id is hex');
  const material = await subtle().importKey('raw', key, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const from = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt, info: text.encode(info) });
  const [content, check] = await Promise.all([
    subtle().deriveKey(from('loupe-share/1 content'), material, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
    subtle().deriveBits(from('loupe-share/1 check'), material, KEY_CHECK_BYTES * 8),
  ]);
  return { content, check: new Uint8Array(check) };
}

/** The bytes to upload. `random` is for golden tests; a nonce is never used twice with a key, because a key is never used twice. */
export async function seal(
  payload: Uint8Array<ArrayBuffer>,
  key: Uint8Array<ArrayBuffer>,
  id: string,
  random: (length: number) => Uint8Array<ArrayBuffer> = (length) => crypto.getRandomValues(new Uint8Array(length)),
): Promise<Uint8Array<ArrayBuffer>> {
  const { content, check } = await deriveKeys(key, id);
  const nonce = random(NONCE_BYTES);
  const header = await writeHeader({ id, nonce, keyCheck: check, cipherBytes: payload.length + TAG_BYTES });
  const cipher = await subtle().encrypt({ name: 'AES-GCM', iv: nonce, additionalData: header }, content, payload);
  const share = new Uint8Array(HEADER_BYTES + cipher.byteLength);
  share.set(header);
  share.set(new Uint8Array(cipher), HEADER_BYTES);
  return share;
}

/** The payload, whole and as it was sealed, or a `ShareError`. */
export async function unseal(
  share: Uint8Array<ArrayBuffer>,
  key: Uint8Array<ArrayBuffer>,
  id: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const crypt = subtle();
  const { nonce, keyCheck } = await readHeader(share, id);
  const { content, check } = await deriveKeys(key, id);
  if (check.some((byte, at) => byte !== keyCheck[at])) throw new ShareError('wrong-key', 'the key is of another share');
  try {
    const additionalData = share.slice(0, HEADER_BYTES);
    const cipher = share.subarray(HEADER_BYTES);
    return new Uint8Array(await crypt.decrypt({ name: 'AES-GCM', iv: nonce, additionalData }, content, cipher));
  } catch (cause) {
    throw new ShareError('tampered', 'the bytes were changed', { cause });
  }
}
