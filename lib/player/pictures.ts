/** The files of a run's pictures, opened for the screen; and the end of what was opened. */
import type { ImageService, SourceImage } from '@/lib/image';
import { boxOfSize } from '@/lib/geometry';
import type { RegionOf, SeenOf } from './contract';
import { filesOf, fitName, givenPictures, mainPicture, rootOf, type FileHash, type Trajectory } from '@/lib/trajectory';

/**
 * For the screen only; the model's crops are cut from the original. Bounded by area, so that a long page or a panorama keeps its
 * pixels; the side is what graphics processors take.
 */
const BITMAP_MAX_SIDE = 16_384;
const BOUNDS = { maxPixels: 4096 * 4096 };
/** Of all bitmaps of a run: of many pictures each is held smaller, and what is looked at closely comes from its file (`regionsOf`). */
const ALL_PIXELS = 4 * BOUNDS.maxPixels;

/** Views let go of a replaced bitmap with their next commit; so long it is kept for a frame in flight. */
const CLOSE_AFTER_MS = 1000;

interface PictureFile {
  readonly bytes: Blob;
  readonly name: string;
  /** The question was about it, too. */
  readonly given?: boolean;
}

/** What is to be shown: a picture's file, or none where there is none any more. */
export interface PictureFiles {
  readonly bytes: Blob | null;
  readonly name: string;
  /** Further pictures of the same run; one that cannot be read is left out. */
  readonly others?: readonly PictureFile[];
  /** Of how many pictures these are: they share what bitmaps may take. Left out: these are all. */
  readonly among?: number;
}

export interface OpenedPictures {
  readonly source: SourceImage | null;
  readonly beside: readonly SourceImage[];
  readonly pictures: ReadonlyMap<FileHash, ImageBitmap>;
}

/** Those of a run's files that are here, its main picture's first. */
export function pictureFilesOf(run: Trajectory, files: ReadonlyMap<FileHash, Blob>): PictureFiles {
  const main = mainPicture(run)?.file;
  const given = givenPictures(run).map(({ id }) => rootOf(run.pictures, id)?.picture.file.hash);
  const others = filesOf(run).flatMap(({ hash, name }) => {
    const bytes = hash === null || hash === main?.hash ? undefined : files.get(hash);
    return bytes ? [{ bytes, name, given: given.includes(hash) }] : [];
  });
  return { bytes: (main?.hash && files.get(main.hash)) || null, name: main?.name ?? '', others };
}

/** Throws `ImageError` where the first cannot be opened, and the signal's reason. The caller owns what it gets. */
export async function openPictures(
  images: ImageService,
  { bytes, name, others = [], among = others.length + 1 }: PictureFiles,
  signal?: AbortSignal,
): Promise<OpenedPictures> {
  const pictures = new Map<FileHash, ImageBitmap>();
  const beside: SourceImage[] = [];
  const bounds = { maxPixels: Math.min(BOUNDS.maxPixels, Math.floor(ALL_PIXELS / among)) };
  try {
    const source = bytes && (await images.open(bytes, fitName(name), signal));
    if (source) pictures.set(source.ref.hash, await images.bitmap(source, BITMAP_MAX_SIDE, bounds));
    for (const other of others) {
      const opened = await images.open(other.bytes, other.name, signal).catch(() => null);
      signal?.throwIfAborted();
      if (opened) pictures.set(opened.ref.hash, await images.bitmap(opened, BITMAP_MAX_SIDE, bounds));
      if (opened && other.given) beside.push(opened);
    }
    return { source, beside, pictures };
  } catch (error) {
    for (const bitmap of pictures.values()) bitmap.close();
    throw error;
  }
}

/** Ends bitmaps that were on screen, once no view can be drawing them any more. */
export function closePictures(pictures: OpenedPictures['pictures']): void {
  if (pictures.size > 0) setTimeout(() => pictures.forEach((bitmap) => bitmap.close()), CLOSE_AFTER_MS);
}

/** Regions of pictures from their files. What is there already will do where one cannot be had. */
export function regionsOf(images: ImageService, fileOf: (hash: FileHash) => Promise<Blob | null>): RegionOf {
  return async (hash, region, signal) => {
    const bytes = await fileOf(hash);
    return (
      bytes && images.bitmap({ ref: { hash }, bytes }, BITMAP_MAX_SIDE, { ...BOUNDS, region, signal }).catch(() => null)
    );
  };
}

/** As the shipped model's are made; a run does not say how another's were. */
const RESAMPLE = 'bilinear';

/** Whole pictures as small as a model had them, from their files. */
export function seenFrom(images: ImageService, fileOf: (hash: FileHash) => Promise<Blob | null>): SeenOf {
  return async (hash, size, signal) => {
    try {
      const bytes = await fileOf(hash);
      const source = bytes && (await images.open(bytes, '', signal));
      if (!source) return null;
      const { data, width, height } = await images.cut(source, boxOfSize<'image'>(source.ref), size, RESAMPLE, signal);
      return await createImageBitmap(new ImageData(data, width, height));
    } catch {
      return null; // the picture shows as it is
    }
  };
}
