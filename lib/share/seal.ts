/**
 * Encryption. The secret of a share is its link's key, followed by what was made of its password if it has one (password.ts). From
 * it keys are derived by HKDF-SHA-256 with the id as salt: one for AES-256-GCM, and some that are only compared, so that a wrong
 * link, a wrong password and a changed byte are told apart, and the text is committed to its key, which GCM alone does not.
 * The header is authenticated, the id in it too, so that a share put in another's place does not open.
 */
import { fromHex } from './base64url';
import { ShareError } from './contract';
import { derivePasswordKey, SALT_BYTES, USUAL_COST, type PasswordCost } from './password';
import {
  KEY_CHECK_BYTES,
  NONCE_BYTES,
  readHeader,
  TAG_BYTES,
  writeHeader,
  type FoundHeader,
  type PasswordLock,
} from './wire';

type Bytes = Uint8Array<ArrayBuffer>;

const text = new TextEncoder();

/** What of Web Crypto is needed; absent on pages that came over plain http. */
function subtle(): SubtleCrypto {
  const found: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!found) throw new ShareError('no-crypto', 'this page is not a secure context');
  return found;
}

const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

async function derive(secret: Bytes, salt: Bytes, info: string, length: number): Promise<Bytes> {
  const material = await subtle().importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info: text.encode(info) };
  return new Uint8Array(await subtle().deriveBits(parameters, material, length * 8));
}

function saltOf(id: string): Bytes {
  const salt = fromHex(id);
  if (!salt) throw new RangeError('an id is hex');
  return salt;
}

async function contentKey(secret: Bytes, id: string, version: 1 | 2): Promise<CryptoKey> {
  const key = await derive(secret, saltOf(id), `loupe-share/${version} content`, 32);
  return subtle().importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Of the link's key alone. */
const keyCheckOf = (key: Bytes, id: string, version: 1 | 2): Promise<Bytes> =>
  derive(key, saltOf(id), `loupe-share/${version} check`, KEY_CHECK_BYTES);

const passwordCheckOf = (secret: Bytes, id: string): Promise<Bytes> =>
  derive(secret, saltOf(id), 'loupe-share/2 password', KEY_CHECK_BYTES);

const differs = (one: Bytes, other: Bytes): boolean => one.some((byte, at) => byte !== other[at]);

/** All that opens a share. `lock` says how the second half was made of the password; null: there is none. */
export interface ShareSecret {
  readonly bytes: Bytes;
  readonly key: Bytes;
  readonly lock: Pick<PasswordLock, 'cost' | 'salt'> | null;
}

/** A secret for a new share; with a password it takes a moment. */
export async function makeSecret(
  key: Bytes,
  password: string | null,
  { salt = randomBytes(SALT_BYTES), cost = USUAL_COST }: { readonly salt?: Bytes; readonly cost?: PasswordCost } = {},
): Promise<ShareSecret> {
  if (password === null) return { bytes: key, key, lock: null };
  return { bytes: await combined(key, password, { salt, cost }), key, lock: { salt, cost } };
}

async function combined(
  key: Bytes,
  password: string,
  { salt, cost }: Pick<PasswordLock, 'cost' | 'salt'>,
): Promise<Bytes> {
  const made = await derivePasswordKey(password, salt, cost);
  const bytes = new Uint8Array(key.length + made.length);
  bytes.set(key);
  bytes.set(made, key.length);
  return bytes;
}

/**
 * What shows a server that somebody has the link, and the password, of a share that opens once. It is made without the id, which is
 * not known yet when the server is told its hash.
 */
export function openingProof(secret: ShareSecret): Promise<Bytes> {
  return derive(secret.bytes, new Uint8Array(), 'loupe-share/2 open once', 32);
}

/** The bytes to upload. `random` is for golden tests; a nonce is never used twice with a key, because a key is never used twice. */
export async function seal(
  payload: Bytes,
  secret: ShareSecret,
  id: string,
  random: (length: number) => Bytes = randomBytes,
): Promise<Bytes> {
  const version = secret.lock ? 2 : 1;
  const nonce = random(NONCE_BYTES);
  const header = await writeHeader({
    ...{ id, nonce, cipherBytes: payload.length + TAG_BYTES },
    keyCheck: await keyCheckOf(secret.key, id, version),
    password: secret.lock && { ...secret.lock, check: await passwordCheckOf(secret.bytes, id) },
  });
  const content = await contentKey(secret.bytes, id, version);
  const cipher = await subtle().encrypt({ name: 'AES-GCM', iv: nonce, additionalData: header }, content, payload);
  const share = new Uint8Array(header.length + cipher.byteLength);
  share.set(header);
  share.set(new Uint8Array(cipher), header.length);
  return share;
}

/** Throws `wrong-key` where the link is of another share. Needs no password. */
export async function checkKey(header: FoundHeader, key: Bytes): Promise<void> {
  const check = await keyCheckOf(key, header.id, header.version);
  if (differs(check, header.keyCheck)) throw new ShareError('wrong-key', 'the key is of another share');
}

/** The secret that fits this header. Throws `wrong-key`, `password-needed`, `wrong-password`. */
export async function findSecret(header: FoundHeader, key: Bytes, password: string | null): Promise<ShareSecret> {
  await checkKey(header, key);
  const lock = header.password;
  if (!lock) return { bytes: key, key, lock: null };
  if (password === null) throw new ShareError('password-needed', 'it was shared with a password');
  const bytes = await combined(key, password, lock);
  if (differs(await passwordCheckOf(bytes, header.id), lock.check)) {
    throw new ShareError('wrong-password', 'the password is another one');
  }
  return { bytes, key, lock };
}

/** The payload, whole and as it was sealed, or a `ShareError`. */
export async function unseal(share: Bytes, key: Bytes, id: string, password: string | null = null): Promise<Bytes> {
  const crypt = subtle();
  const header = await readHeader(share, id);
  return decrypt(share, header, await findSecret(header, key, password), crypt);
}

/** The same for whoever has the secret already. */
export async function decrypt(
  share: Bytes,
  header: FoundHeader,
  secret: ShareSecret,
  crypt: SubtleCrypto = subtle(),
): Promise<Bytes> {
  const content = await contentKey(secret.bytes, header.id, header.version);
  try {
    const additionalData = share.slice(0, header.headerBytes);
    const cipher = share.subarray(header.headerBytes);
    return new Uint8Array(await crypt.decrypt({ name: 'AES-GCM', iv: header.nonce, additionalData }, content, cipher));
  } catch (cause) {
    throw new ShareError('tampered', 'the bytes were changed', { cause });
  }
}
