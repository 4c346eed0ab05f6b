/**
 * Makes a run ready to leave: cut, without metadata, canonical, packed. Nothing is encrypted yet, because the id that the
 * encryption binds is the server's to give; the size is exact all the same.
 */
import { MIME_TYPES, readOrientation, sniff } from '@/lib/image';
import { hashesOf, parseTrajectory, type FileHash, type Picture, type Trajectory } from '@/lib/trajectory';
import { ShareError, type PackedShare, type PackShare, type ShareSource } from './contract';
import { cutRun } from './cut';
import { sha256, writePayload, type PayloadImage } from './payload';
import { stripMetadata } from './strip-metadata';
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

/** The files of a run's pictures, cleaned, by the hashes they had; and whether any was not here. */
async function cleanPictures(
  source: ShareSource,
  run: Trajectory,
): Promise<{ readonly clean: ReadonlyMap<FileHash, CleanPicture>; readonly isMissing: boolean }> {
  const clean = new Map<FileHash, CleanPicture>();
  let isMissing = false;
  for (const hash of hashesOf(run)) {
    const file = await source.picture(hash);
    if (file) clean.set(hash, await cleanPicture(file));
    else isMissing = true;
  }
  return { clean, isMissing };
}

/** Names and addresses of files are nobody else's business; the hash stays: whoever has the same file can lay it beside the run. */
function handedOn(picture: Picture, clean: ReadonlyMap<FileHash, CleanPicture>): Picture {
  if (picture.from === 'view') return picture;
  const { hash, mimeType } = picture.file;
  const cleaned = hash === null ? undefined : clean.get(hash);
  const file = cleaned
    ? { hash: cleaned.image.hash, mimeType: cleaned.mimeType, name: cleaned.name }
    : { hash, mimeType, name: '' };
  return { ...picture, file };
}

export const packShare: PackShare = async (source, options, signal): Promise<PackedShare> => {
  const stop = (): void => {
    if (signal?.aborted) throw new ShareError('aborted', 'stopped');
  };
  stop();
  const run = cutRun(source.trajectory, options.upTo);
  const { clean, isMissing } = options.includeImage
    ? await cleanPictures(source, run)
    : { clean: new Map<FileHash, CleanPicture>(), isMissing: false };
  stop();
  const trajectory = canonical({ ...run, pictures: run.pictures.map((picture) => handedOn(picture, clean)) });
  const [steps, stepsOf] = [trajectory.steps.length, source.trajectory.steps.length];
  // Two files may be the same once their metadata is gone.
  const images = [...new Map([...clean.values()].map(({ image }) => [image.hash, image])).values()];
  const { payload, textBytes, imageBytes } = await writePayload({
    trajectory,
    images,
    cut: steps < stepsOf ? { steps, of: stepsOf } : null,
  });
  stop();
  const bytes = HEADER_BYTES + payload.length + TAG_BYTES;
  return {
    title: trajectory.title,
    bytes,
    parts: { text: textBytes, image: imageBytes, overhead: bytes - textBytes - imageBytes },
    includesImage: clean.size > 0,
    imageMissing: isMissing,
    steps,
    stepsOf,
    strippedBytes: [...clean.values()].reduce((sum, { strippedBytes }) => sum + strippedBytes, 0),
    payload,
  };
};
