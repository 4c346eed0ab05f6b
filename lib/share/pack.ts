/**
 * Makes a run ready to leave: cut, without metadata, canonical, packed. Nothing is encrypted yet, because the id that the
 * encryption binds is the server's to give; the size is exact all the same.
 */
import type { Size } from '@/lib/geometry';
import { MIME_TYPES, readHeaderSize } from '@/lib/image';
import type { CleanPicture } from '@/lib/image/metadata';
import { parseTrajectory, type Trajectory } from '@/lib/trajectory';
import { ShareError, type PackedShare, type PackShare, type ShareSource } from './contract';
import { cutRun } from './cut';
import { sha256, writePayload, type PayloadImage } from './payload';
import { headerLength, TAG_BYTES } from './wire';

interface ReadyPicture {
  readonly image: PayloadImage;
  readonly mimeType: string;
  readonly name: string;
  readonly strippedBytes: number;
  readonly redrawn: boolean;
}

/** The file without what is not picture, named by its kind only. Throws `ShareError('picture')`. */
async function readyPicture(file: Blob, shown: Size, signal: AbortSignal | undefined): Promise<ReadyPicture> {
  // Loaded with the first picture that leaves, not with the first page.
  const { cleanPicture } = await import('@/lib/image/metadata');
  let clean: CleanPicture;
  try {
    clean = await cleanPicture(file, signal);
  } catch (cause) {
    if (signal?.aborted) throw new ShareError('aborted', 'stopped', { cause });
    // Rather nothing than a picture that may still say where it was taken.
    throw new ShareError('picture', cause instanceof Error ? cause.message : 'the picture cannot be read', { cause });
  }
  const { bytes, format, removed, redrawn } = clean;
  const size = readHeaderSize(bytes, format);
  // The boxes of the run are in the pixels of the picture as it was shown.
  if (redrawn && (size?.width !== shown.width || size.height !== shown.height)) {
    throw new ShareError('picture', 'what was drawn has another size than the picture had');
  }
  return {
    image: { hash: await sha256(bytes), bytes },
    mimeType: MIME_TYPES[format],
    name: `picture.${format === 'jpeg' ? 'jpg' : format}`,
    strippedBytes: removed,
    redrawn,
  };
}

/** The document as its schema writes it: known fields in one order. */
function canonical(run: Trajectory): Trajectory {
  const parsed = parseTrajectory(JSON.parse(JSON.stringify(run)));
  if (!parsed.ok) throw new ShareError('invalid', `the run cannot be shared: ${parsed.problems[0]?.message ?? ''}`);
  return parsed.trajectory;
}

async function pictureOf(
  source: ShareSource,
  image: Trajectory['image'],
  signal: AbortSignal | undefined,
): Promise<ReadyPicture | null> {
  const file = await source.picture(image.hash);
  return file ? readyPicture(file, image, signal) : null;
}

export const packShare: PackShare = async (source, options, signal): Promise<PackedShare> => {
  const stop = (): void => {
    if (signal?.aborted) throw new ShareError('aborted', 'stopped');
  };
  stop();
  const run = cutRun(source.trajectory, options.upTo);
  const picture = options.includeImage ? await pictureOf(source, run.image, signal) : null;
  stop();
  const image = picture
    ? { ...run.image, hash: picture.image.hash, mimeType: picture.mimeType, name: picture.name }
    : // The hash stays: whoever has the same file can lay it beside the run.
      { ...run.image, name: '' };
  const trajectory = canonical({ ...run, image });
  const [steps, stepsOf] = [trajectory.steps.length, source.trajectory.steps.length];
  const locked = options.locked ?? false;
  const { payload, textBytes, imageBytes } = await writePayload(
    {
      trajectory,
      images: picture ? [picture.image] : [],
      cut: steps < stepsOf ? { steps, of: stepsOf } : null,
    },
    locked,
  );
  stop();
  const bytes = headerLength(locked) + payload.length + TAG_BYTES;
  return {
    title: trajectory.title,
    bytes,
    locked,
    parts: { text: textBytes, image: imageBytes, overhead: bytes - textBytes - imageBytes },
    includesImage: picture !== null,
    imageMissing: options.includeImage && picture === null,
    steps,
    stepsOf,
    strippedBytes: picture?.strippedBytes ?? 0,
    redrawn: picture?.redrawn ?? false,
    payload,
  };
};
