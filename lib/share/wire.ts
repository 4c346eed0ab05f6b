/**
 * The head of a share, in clear and authenticated (it is AES-GCM's additional data). Big-endian:
 *
 *   0  4  magic "LPSH"            8  16  id                       52  4  length of what follows the head, tag included
 *   4  2  format version         24  12  nonce                    56  …  version 2: fields
 *   6  2  length of the head     36  16  key check: HKDF of the    …  4  first bytes of SHA-256 of all before
 *                                        link's key
 *
 * Version 1 has no fields, so its head is 60 bytes. A field is its kind (2), the length of its data (2) and the data; kinds from
 * 0x8000 on may be passed over, the others have to be known. So a later version of what is sealed can say so in a field.
 * The checksum finds accidents, the authentication everything else. Magic, version and length stay where they are for ever.
 */
import { fromHex, toHex } from './base64url';
import { ShareError } from './contract';
import { refusedCost, SALT_BYTES, type PasswordCost } from './password';

/** Written with a password, and without one: what older pages can open stays as it was. */
const [PLAIN, WITH_FIELDS] = [1, 2];
const PLAIN_BYTES = 60;
const FIELDS_AT = 56;
const CHECKSUM_BYTES = 4;
/** More fields than this nobody has. */
export const MAX_HEADER_BYTES = 1024;
export const TAG_BYTES = 16;
export const NONCE_BYTES = 12;
export const KEY_CHECK_BYTES = 16;
const MAGIC = 0x4c505348;

const PASSWORD_FIELD = 1;
const OPTIONAL_FIELDS = 0x8000;
const ARGON2ID = 1;
const PASSWORD_BYTES = 12 + SALT_BYTES + KEY_CHECK_BYTES;

/** More than any server should take; a longer body is not read to its end. */
export const MAX_OPEN_BYTES = 128 * 1024 * 1024;

/** How the key of the password is made, and what tells a right one. */
export interface PasswordLock {
  readonly cost: PasswordCost;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly check: Uint8Array<ArrayBuffer>;
}

export interface ShareHeader {
  readonly id: string;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly keyCheck: Uint8Array<ArrayBuffer>;
  /** Bytes after the header. */
  readonly cipherBytes: number;
  readonly password: PasswordLock | null;
}

export interface FoundHeader extends ShareHeader {
  readonly version: 1 | 2;
  readonly headerBytes: number;
}

export function headerLength(withPassword: boolean): number {
  return withPassword ? PLAIN_BYTES + 4 + PASSWORD_BYTES : PLAIN_BYTES;
}

async function checksum(head: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const digest = await crypto.subtle.digest('SHA-256', head.slice(0, head.length - CHECKSUM_BYTES));
  return new Uint8Array(digest, 0, CHECKSUM_BYTES);
}

function writePassword(view: DataView, bytes: Uint8Array, { cost, salt, check }: PasswordLock): void {
  view.setUint16(FIELDS_AT, PASSWORD_FIELD);
  view.setUint16(FIELDS_AT + 2, PASSWORD_BYTES);
  const at = FIELDS_AT + 4;
  view.setUint8(at, ARGON2ID);
  view.setUint8(at + 1, cost.parallelism);
  view.setUint32(at + 4, cost.memoryKiB);
  view.setUint32(at + 8, cost.iterations);
  bytes.set(salt, at + 12);
  bytes.set(check, at + 12 + SALT_BYTES);
}

function readPassword(field: Uint8Array<ArrayBuffer>): PasswordLock {
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  if (field.length < 4 || view.getUint8(0) !== ARGON2ID || view.getUint16(2) !== 0) {
    throw new ShareError('too-new', 'its password is used in a way that this version does not know');
  }
  if (field.length !== PASSWORD_BYTES) throw new ShareError('tampered', 'no such field');
  const cost = { parallelism: view.getUint8(1), memoryKiB: view.getUint32(4), iterations: view.getUint32(8) };
  const refused = refusedCost(cost);
  if (refused !== null) throw new ShareError('too-costly', refused);
  return { cost, salt: field.slice(12, 12 + SALT_BYTES), check: field.slice(12 + SALT_BYTES) };
}

export async function writeHeader(header: ShareHeader): Promise<Uint8Array<ArrayBuffer>> {
  const id = fromHex(header.id);
  if (id?.length !== 16) throw new RangeError('an id is 16 bytes');
  const bytes = new Uint8Array(headerLength(header.password !== null));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint16(4, header.password ? WITH_FIELDS : PLAIN);
  view.setUint16(6, bytes.length);
  bytes.set(id, 8);
  bytes.set(header.nonce, 24);
  bytes.set(header.keyCheck, 36);
  view.setUint32(52, header.cipherBytes);
  if (header.password) writePassword(view, bytes, header.password);
  bytes.set(await checksum(bytes), bytes.length - CHECKSUM_BYTES);
  return bytes;
}

function readFields(head: Uint8Array<ArrayBuffer>): PasswordLock | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const end = head.length - CHECKSUM_BYTES;
  let password: PasswordLock | null = null;
  for (let at = FIELDS_AT; at < end;) {
    if (at + 4 > end) throw new ShareError('tampered', 'a field is cut off');
    const [kind, length] = [view.getUint16(at), view.getUint16(at + 2)];
    const field = head.slice(at + 4, at + 4 + length);
    at += 4 + length;
    if (at > end) throw new ShareError('tampered', 'a field is cut off');
    if (kind === PASSWORD_FIELD) {
      if (password) throw new ShareError('tampered', 'two passwords');
      password = readPassword(field);
    } else if (kind < OPTIONAL_FIELDS) throw new ShareError('too-new', `field ${kind} is not known`);
  }
  return password;
}

/**
 * Reads the head at the start of `share`, which was asked for as `id`; what follows it may be missing. Throws `ShareError`:
 * `too-new`, `truncated`, `tampered`, `swapped`, `too-costly`.
 */
export async function readHead(share: Uint8Array<ArrayBuffer>, id: string): Promise<FoundHeader> {
  const view = new DataView(share.buffer, share.byteOffset, share.byteLength);
  if (share.length < 8) throw new ShareError('truncated', `${share.length} bytes are not a share`);
  if (view.getUint32(0) !== MAGIC) throw new ShareError('tampered', 'not a share');
  const [version, headerBytes] = [view.getUint16(4), view.getUint16(6)];
  if (version > WITH_FIELDS) throw new ShareError('too-new', `format ${version} is newer than ${WITH_FIELDS}`);
  const fits =
    version === PLAIN ? headerBytes === PLAIN_BYTES : headerBytes >= PLAIN_BYTES && headerBytes <= MAX_HEADER_BYTES;
  if (version < PLAIN || !fits) throw new ShareError('tampered', 'no such format');
  if (share.length < headerBytes) throw new ShareError('truncated', 'the header is cut off');
  const head = share.slice(0, headerBytes);
  const sum = await checksum(head);
  if (sum.some((byte, at) => byte !== head[headerBytes - CHECKSUM_BYTES + at])) {
    throw new ShareError('tampered', 'the header changed');
  }
  const found = toHex(head.subarray(8, 24));
  if (found !== id) throw new ShareError('swapped', 'this is another share');
  const password = version === PLAIN ? null : readFields(head);
  const cipherBytes = view.getUint32(52);
  if (cipherBytes < TAG_BYTES) throw new ShareError('tampered', 'the length is wrong');
  return {
    ...{ version: version === PLAIN ? 1 : 2, headerBytes, id: found, cipherBytes, password },
    ...{ nonce: head.slice(24, 36), keyCheck: head.slice(36, 52) },
  };
}

/** The same of a share that has to be whole. */
export async function readHeader(share: Uint8Array<ArrayBuffer>, id: string): Promise<FoundHeader> {
  const header = await readHead(share, id);
  const length = header.headerBytes + header.cipherBytes;
  if (share.length < length) throw new ShareError('truncated', `${share.length} of ${length} bytes`);
  if (share.length > length) throw new ShareError('tampered', 'the length is wrong');
  return header;
}
