/**
 * Makes a run ready to leave: cut, without metadata, canonical, packed. Nothing is encrypted yet, because the id that the
 * encryption binds is the server's to give; the size is exact all the same.
 */
import { MIME_TYPES, readOrientation, sniff } from '@/lib/image';
import { parseTrajectory, type ImageHash, type Trajectory } from '@/lib/trajectory';
import { ShareError, type PackedShare, type PackShare, type ShareSource } from './contract';
import { cutRun } from './cut';
import { sha256, writePayload, type PayloadImage } from './payload';
import { stripMetadata } from '@/lib/image/metadata';
import { HEADER_BYTES, TAG_BYTES } from './wire';

interface CleanPicture {
  readonly image: PayloadImage;
  readonly mimeType: string;
  readonly name: string;
  readonly strippedBytes: number;
}

/** The file without its metadata; turned, coloured and named by its kind only. Throws `ShareError('picture')`. */
async function cleanPicture(file: Blob): Promise<CleanPicture> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new ShareError('picture', 'the picture cannot be read', { cause });
  }
  const sniffed = sniff(bytes);
  if (sniffed.kind !== 'image') throw new ShareError('picture', 'the file is not a picture');
  const { format } = sniffed;
  const clean = stripMetadata(bytes, format, readOrientation(bytes, format));
  // Rather nothing than a picture that may still say where it was taken.
  if (!clean) throw new ShareError('picture', `this ${format.toUpperCase()} file has an unusual structure`);
  return {
    image: { hash: await sha256(clean.bytes), bytes: clean.bytes },
    mimeType: MIME_TYPES[format],
    name: `picture.${format === 'jpeg' ? 'jpg' : format}`,
    strippedBytes: clean.removed,
  };
}

/** The document as its schema writes it: known fields in one order. */
function canonical(run: Trajectory): Trajectory {
  const parsed = parseTrajectory(JSON.parse(JSON.stringify(run)));
  if (!parsed.ok) throw new ShareError('invalid', `the run cannot be shared: ${parsed.problems[0]?.message ?? ''}`);
  return parsed.trajectory;
}

async function pictureOf(source: ShareSource, hash: ImageHash): Promise<CleanPicture | null> {
  const file = await source.picture(hash);
  return file ? cleanPicture(file) : null;
}

export const packShare: PackShare = async (source, options, signal): Promise<PackedShare> => {
  const stop = (): void => {
    if (signal?.aborted) throw new ShareError('aborted', 'stopped');
  };
  stop();
  const run = cutRun(source.trajectory, options.upTo);
  const picture = options.includeImage ? await pictureOf(source, run.image.hash) : null;
  stop();
  const image = picture
    ? { ...run.image, hash: picture.image.hash, mimeType: picture.mimeType, name: picture.name }
    : // The hash stays: whoever has the same file can lay it beside the run.
      { ...run.image, name: '' };
  const trajectory = canonical({ ...run, image });
  const [steps, stepsOf] = [trajectory.steps.length, source.trajectory.steps.length];
  const { payload, textBytes, imageBytes } = await writePayload({
    trajectory,
    images: picture ? [picture.image] : [],
    cut: steps < stepsOf ? { steps, of: stepsOf } : null,
  });
  stop();
  const bytes = HEADER_BYTES + payload.length + TAG_BYTES;
  return {
    title: trajectory.title,
    bytes,
    parts: { text: textBytes, image: imageBytes, overhead: bytes - textBytes - imageBytes },
    includesImage: picture !== null,
    imageMissing: options.includeImage && picture === null,
    steps,
    stepsOf,
    strippedBytes: picture?.strippedBytes ?? 0,
    payload,
  };
};
