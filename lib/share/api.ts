/**
 * What page and server say to each other: paths, JSON schemas, the error words and the headers. Both sides import this file;
 * it holds no secrets and does nothing.
 */
import * as z from 'zod/mini';
import { isShareId } from './address';
import { SHARE_EXPIRIES, type ShareExpiry } from './contract';

export const SHARES_PATH = '/api/shares';

export const EXPIRY_SECONDS: Readonly<Record<ShareExpiry, number>> = {
  '1-hour': 3600,
  '1-day': 86_400,
  '30-days': 30 * 86_400,
  '1-year': 365 * 86_400,
};

/** ISO 8601, when the share ends; on the answer to GET. */
export const EXPIRES_HEADER = 'Loupe-Expires';

/** Length of the body; Content-Length does not survive every server and proxy. */
export const BYTES_HEADER = 'Loupe-Bytes';

/** `Content-Digest` of RFC 9530: the server refuses a body that arrived changed. */
export function contentDigest(sha256: string): string {
  return `sha-256=:${sha256}:`;
}

/** The digest in a `Content-Digest`, as base64 of 32 bytes; null where there is none. */
export function digestOf(header: string | null): string | null {
  return /(?:^|,\s*)sha-256=:([A-Za-z0-9+/]{43}=):/.exec(header ?? '')?.[1] ?? null;
}

/** POST: announces a share of `bytes` bytes. */
export const reserveRequest = z.strictObject({
  bytes: z.number().check(z.int(), z.positive()),
  expiry: z.enum(SHARE_EXPIRIES),
  /** It opens once: hex of the SHA-256 of the proof that `claimRequest` will bring. */
  once: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
});

/** Where a share that opens once is taken (POST), and its arrival said (DELETE, with the claim as the token). */
export function openPath(id: string): string {
  return `${SHARES_PATH}/${id}/open`;
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * POST: takes a share that opens once. `proof` shows that somebody has the link and the password, so that whoever only saw the
 * address cannot use it up; `claim` is random, so that the one who was first may ask again until it has arrived.
 */
export const claimRequest = z.strictObject({
  proof: z.string().check(z.regex(SECRET)),
  claim: z.string().check(z.regex(SECRET)),
});

/** GET of a share that opens once, by whoever claimed it before and did not get it whole. */
export const CLAIM_HEADER = 'Loupe-Claim';

/** The answer to GET of a share that opens once: it is there, and this is its head. */
export const waitingAnswer = z.object({
  error: z.literal('opens-once'),
  bytes: z.number(),
  expiresAt: z.string(),
  /** Hex, the start of the share. */
  head: z.string().check(z.maxLength(4096)),
});

export const reserveAnswer = z.object({
  id: z.string().check(z.refine(isShareId)),
  deleteToken: z.string().check(z.minLength(1), z.maxLength(200)),
});

/** PUT: said only once the bytes are safe on disk or in the object store. */
export const uploadAnswer = z.object({ createdAt: z.string(), expiresAt: z.string(), bytes: z.number() });

export const limitsAnswer = z.object({
  enabled: z.boolean(),
  maxBytes: z.number(),
  expiries: z.array(z.enum(SHARE_EXPIRIES)),
});

export const API_ERRORS = [
  'bad-request',
  'forbidden',
  'not-found',
  'expired',
  'deleted',
  'opened',
  'opens-once',
  'conflict',
  'too-large',
  'rate-limited',
  'storage-full',
  'sharing-off',
  'method-not-allowed',
  'internal',
  'unavailable',
] as const;
export type ApiErrorCode = (typeof API_ERRORS)[number];

export const errorAnswer = z.object({
  error: z.enum(API_ERRORS),
  /** Seconds to wait, or the limit in bytes. */
  detail: z.optional(z.nullable(z.number())),
});
