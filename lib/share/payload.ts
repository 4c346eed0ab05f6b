/**
 * What is encrypted: the text of the run, packed, and picture files as they are, then zeros up to a size that many shares
 * have in common (Padmé, Nikitin et al. 2019: at most 12 % more, about 3 % at two megabytes), because the exact size of a
 * picture can name it. Big-endian:
 *
 *   0  4  length of the packed text      8  …  gzip of JSON { trajectory, beside?, images: [{ hash, bytes }], cut }
 *   4  4  length of the text itself      …     the files in that order, then zeros
 *
 * A set that is shared as one has its further runs under `more`; pictures are those of all of them.
 *
 * Reading trusts nothing: whoever has a key can seal anything. Throws `ShareError('invalid')`, `too-new` or `too-large`.
 */
import * as z from 'zod/mini';
import { MAX_PIXELS, readHeaderSize, sniff } from '@/lib/image';
import { hashesOf, TRAJECTORY_LIMITS, type FileHash, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { toHex } from './base64url';
import { pack, unpack } from './compress';
import { ShareError, type SharedRun } from './contract';
import { headerLength, TAG_BYTES } from './wire';

const LENGTHS_BYTES = 8;
/** Of the text, unpacked. A run with 10,000 tokens and their alternatives has about 4 MB. */
export const MAX_TEXT_BYTES = 32 * 1024 * 1024;
/** As many as a run may have: whatever can be packed can be opened. */
const MAX_IMAGES = TRAJECTORY_LIMITS.pictures;
/** Of one share. */
export const MAX_RUNS = 500;

/** More than a tree that anybody reads. */
export const MAX_BESIDE = 100;

const whole = z.number().check(z.int(), z.nonnegative());
const contents = z.object({
  trajectory: z.unknown(),
  more: z.optional(z.array(z.unknown()).check(z.maxLength(MAX_RUNS - 1))),
  beside: z.optional(z.array(z.unknown()).check(z.maxLength(MAX_BESIDE))),
  images: z
    .array(z.object({ hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)), bytes: whole }))
    .check(z.maxLength(MAX_IMAGES)),
  cut: z.nullable(z.object({ steps: whole, of: whole })),
});

export interface PayloadImage {
  readonly hash: FileHash;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface PayloadContents {
  readonly trajectory: Trajectory;
  readonly more?: readonly Trajectory[];
  /** Left out: none. */
  readonly beside?: readonly Trajectory[];
  readonly images: readonly PayloadImage[];
  readonly cut: SharedRun['cut'];
}

export interface WrittenPayload {
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly textBytes: number;
  readonly imageBytes: number;
}

/** Padmé: only as many leading bits of a length may differ as its length has. */
export function paddedLength(length: number): number {
  const exponent = Math.floor(Math.log2(Math.max(2, length)));
  const free = exponent - (Math.floor(Math.log2(exponent)) + 1);
  const step = 2 ** Math.max(0, free);
  return Math.ceil(length / step) * step;
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** `locked`: a password will be asked for, which the header then says. */
export async function writePayload(
  { trajectory, more = [], beside = [], images, cut }: PayloadContents,
  locked = false,
): Promise<WrittenPayload> {
  const list = images.map(({ hash, bytes }) => ({ hash, bytes: bytes.length }));
  const raw = new TextEncoder().encode(
    JSON.stringify({
      trajectory,
      ...(more.length > 0 && { more }),
      ...(beside.length > 0 && { beside }),
      images: list,
      cut,
    }),
  );
  if (raw.length > MAX_TEXT_BYTES) {
    throw new ShareError('too-large', 'what is shared is too long', { detail: MAX_TEXT_BYTES });
  }
  const text = await pack(raw);
  const imageBytes = images.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const around = headerLength(locked) + TAG_BYTES;
  const payload = new Uint8Array(paddedLength(around + LENGTHS_BYTES + text.length + imageBytes) - around);
  const view = new DataView(payload.buffer);
  view.setUint32(0, text.length);
  view.setUint32(4, raw.length);
  payload.set(text, LENGTHS_BYTES);
  let at = LENGTHS_BYTES + text.length;
  for (const { bytes } of images) {
    payload.set(bytes, at);
    at += bytes.length;
  }
  return { payload, textBytes: text.length, imageBytes };
}

const invalid = (message: string, cause?: unknown) => new ShareError('invalid', message, { cause });

export async function readPayload(
  payload: Uint8Array<ArrayBuffer>,
): Promise<Pick<SharedRun, 'trajectory' | 'more' | 'beside' | 'images' | 'cut'>> {
  if (payload.length < LENGTHS_BYTES) throw invalid('too short');
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const textBytes = view.getUint32(0);
  const rawBytes = view.getUint32(4);
  if (textBytes > payload.length - LENGTHS_BYTES) throw invalid('the text is longer than the whole');
  if (rawBytes > MAX_TEXT_BYTES) throw new ShareError('too-large', 'the text is too long', { detail: MAX_TEXT_BYTES });
  const raw = await unpack(payload.subarray(LENGTHS_BYTES, LENGTHS_BYTES + textBytes), rawBytes);
  const { trajectory, more, beside, images: list, cut } = readText(raw);

  const images = new Map<FileHash, Blob>();
  const named = new Set([trajectory, ...more, ...beside].flatMap((run) => [...hashesOf(run)]));
  let at = LENGTHS_BYTES + textBytes;
  for (const { hash, bytes: length } of list) {
    if (length > payload.length - at) throw invalid('a picture is longer than the whole');
    if (images.has(hash) || !named.has(hash)) throw invalid('a picture that the run does not name');
    images.set(hash, await readImage(payload.subarray(at, at + length), hash));
    at += length;
  }
  for (let place = at; place < payload.length; place++) if (payload[place] !== 0) throw invalid('something follows');
  return { trajectory, more, beside, images, cut };
}

interface ReadText extends Pick<z.infer<typeof contents>, 'images' | 'cut'> {
  readonly trajectory: Trajectory;
  readonly more: readonly Trajectory[];
  readonly beside: readonly Trajectory[];
}

function readText(raw: Uint8Array): ReadText {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch (cause) {
    throw invalid('the text is not JSON', cause);
  }
  const read = contents.safeParse(value);
  if (!read.success) throw invalid('the text is not a share', read.error);
  const trajectory = readRun(read.data.trajectory);
  const more = (read.data.more ?? []).map(readRun);
  const beside = (read.data.beside ?? []).map(readRun);
  const ids = new Set([trajectory, ...beside].map(({ id }) => id));
  if (ids.size <= beside.length) throw invalid('a run came twice');
  const { images, cut } = read.data;
  if (cut && (cut.steps !== trajectory.steps.length || cut.of < cut.steps)) throw invalid('the cut is wrong');
  return { trajectory, more, beside, images, cut };
}

function readRun(value: unknown): Trajectory {
  const parsed = parseTrajectory(value);
  if (!parsed.ok) {
    const [problem] = parsed.problems;
    const code = problem?.code === 'newer-version' ? 'too-new' : 'invalid';
    throw new ShareError(code, `the run cannot be shown: ${problem?.path ?? ''} ${problem?.message ?? ''}`.trim());
  }
  if (parsed.trajectory.status === 'running') throw invalid('the run was not finished');
  return parsed.trajectory;
}

async function readImage(bytes: Uint8Array<ArrayBuffer>, hash: FileHash): Promise<Blob> {
  if ((await sha256(bytes)) !== hash) throw invalid('a picture is not the one the run names');
  const sniffed = sniff(bytes);
  if (sniffed.kind !== 'image') throw invalid('a picture is none');
  const size = readHeaderSize(bytes, sniffed.format);
  if (size && size.width * size.height > MAX_PIXELS) throw invalid('a picture is too large to open');
  return new Blob([bytes], { type: sniffed.mimeType });
}
