/**
 * The first 60 bytes of a share, in clear and authenticated (they are AES-GCM's additional data). Big-endian:
 *
 *   0  4  magic "LPSH"            8  16  id                       52  4  length of what follows, tag included
 *   4  2  format version, 1      24  12  nonce                    56  4  first bytes of SHA-256 of bytes 0 … 55
 *   6  2  header length, 60      36  16  key check: HKDF of the key, so that a wrong key is told from a changed byte
 *
 * The checksum finds accidents, the authentication everything else. Magic and version stay where they are in every version.
 */
import { fromHex, toHex } from './base64url';
import { ShareError } from './contract';

export const SHARE_VERSION = 1;
export const HEADER_BYTES = 60;
export const TAG_BYTES = 16;
export const NONCE_BYTES = 12;
export const KEY_CHECK_BYTES = 16;
const MAGIC = 0x4c505348;
const CHECKSUM_AT = 56;

/** More than any server should take; a longer body is not read to its end. */
export const MAX_OPEN_BYTES = 128 * 1024 * 1024;

export interface ShareHeader {
  readonly id: string;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly keyCheck: Uint8Array<ArrayBuffer>;
  /** Bytes after the header. */
  readonly cipherBytes: number;
}

async function checksum(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const digest = await crypto.subtle.digest('SHA-256', bytes.slice(0, CHECKSUM_AT));
  return new Uint8Array(digest, 0, HEADER_BYTES - CHECKSUM_AT);
}

export async function writeHeader(header: ShareHeader): Promise<Uint8Array<ArrayBuffer>> {
  const id = fromHex(header.id);
  if (id?.length !== 16) throw new RangeError('an id is 16 bytes');
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint16(4, SHARE_VERSION);
  view.setUint16(6, HEADER_BYTES);
  bytes.set(id, 8);
  bytes.set(header.nonce, 24);
  bytes.set(header.keyCheck, 36);
  view.setUint32(52, header.cipherBytes);
  bytes.set(await checksum(bytes), CHECKSUM_AT);
  return bytes;
}

/**
 * Reads the header of `share`, which was asked for as `id`. Throws `ShareError`: `too-new`, `truncated`, `tampered`, `swapped`.
 */
export async function readHeader(share: Uint8Array<ArrayBuffer>, id: string): Promise<ShareHeader> {
  const view = new DataView(share.buffer, share.byteOffset, share.byteLength);
  if (share.length < 8) throw new ShareError('truncated', `${share.length} bytes are not a share`);
  if (view.getUint32(0) !== MAGIC) throw new ShareError('tampered', 'not a share');
  const version = view.getUint16(4);
  if (version > SHARE_VERSION) throw new ShareError('too-new', `format ${version} is newer than ${SHARE_VERSION}`);
  if (version !== SHARE_VERSION || view.getUint16(6) !== HEADER_BYTES) {
    throw new ShareError('tampered', 'no such format');
  }
  if (share.length < HEADER_BYTES) throw new ShareError('truncated', 'the header is cut off');
  const sum = await checksum(share.slice(0, HEADER_BYTES));
  if (sum.some((byte, at) => byte !== share[CHECKSUM_AT + at])) throw new ShareError('tampered', 'the header changed');
  const found = toHex(share.subarray(8, 24));
  if (found !== id) throw new ShareError('swapped', 'this is another share');
  const cipherBytes = view.getUint32(52);
  if (share.length < HEADER_BYTES + cipherBytes) {
    throw new ShareError('truncated', `${share.length} of ${HEADER_BYTES + cipherBytes} bytes`);
  }
  if (share.length > HEADER_BYTES + cipherBytes || cipherBytes < TAG_BYTES) {
    throw new ShareError('tampered', 'the length is wrong');
  }
  return { id: found, nonce: share.slice(24, 36), keyCheck: share.slice(36, 52), cipherBytes };
}
