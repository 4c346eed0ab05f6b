/**
 * From a picture of the run to what the model sees of it: views are cut out of the picture they come from, turned, and brought to the
 * model's size (N14, S5). Each is made once a run.
 */
import { EngineError, type EngineImage, type ModelCard } from '@/lib/engine';
import { boxOfSize, sizeOf, type ViewOf } from '@/lib/geometry';
import { turnPixels, type ImageService, type Pixels, type SourceImage } from '@/lib/image';
import { rootOf, type Trajectory } from '@/lib/trajectory';
import type { ImageOf } from './contract';
import { seenAs } from './tools/zoom';

/** The file of a picture, by its hash; null where it is not here. */
export type SourceOf = (hash: string) => SourceImage | null;

export interface Look {
  /** Makes what is missing of these pictures. @throws ImageError, EngineError `bad-request`, the abort's reason */
  prepare(run: Trajectory, pictures: readonly string[], signal: AbortSignal): Promise<void>;
  /** One that was prepared. */
  readonly imageOf: ImageOf;
}

type Images = Pick<ImageService, 'cut'>;

/** A view of a picture's file as the model sees it. @throws ImageError, the abort's reason */
export async function imageOfView(
  images: Images,
  card: ModelCard,
  source: SourceImage,
  { region, turn }: ViewOf,
  signal: AbortSignal,
): Promise<EngineImage> {
  const isSideways = turn === 90 || turn === 270;
  const upright = sizeOf(region);
  const size = isSideways ? { width: upright.height, height: upright.width } : upright;
  const { width, height } = seenAs(card, size);
  const lying = isSideways ? { width: height, height: width } : { width, height };
  const cropped = await images.cut(source, region, lying, card.image.resample, signal);
  const { data } = turnPixels(cropped, turn);
  const place = [region.x1, region.y1, region.x2, region.y2].join(',');
  const turned = turn === 0 ? '' : `:${turn}`;
  return { key: `${source.ref.hash}:${place}:${width}x${height}${turned}`, width, height, data, source: size };
}

/** A whole picture as a model sees it before it was asked anything: the same image, by its key, as in a run about it. */
export function wholeImage(
  images: Images,
  card: ModelCard,
  source: SourceImage,
  signal: AbortSignal,
): Promise<EngineImage> {
  return imageOfView(images, card, source, { region: boxOfSize<'image'>(source.ref), turn: 0 }, signal);
}

interface Whole {
  readonly fileOf: SourceOf;
  /** Pixels. */
  readonly most: number;
  readonly signal: AbortSignal;
}

/** A picture of the run, whole, at its own size or as large as `most` allows. @throws as `Look.prepare` */
export async function pixelsOf(
  images: Images,
  { pictures }: Pick<Trajectory, 'pictures'>,
  id: string,
  { fileOf, most, signal }: Whole,
): Promise<Pixels> {
  const root = rootOf(pictures, id);
  const source = root?.picture.file.hash ? fileOf(root.picture.file.hash) : null;
  if (!root || !source) throw new EngineError('bad-request', 'A picture of this run is not here.');
  const { region, turn } = root.view;
  const { width, height } = sizeOf(region);
  const scale = Math.min(1, Math.sqrt(most / (width * height)));
  const size = { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
  return turnPixels(await images.cut(source, region, size, 'lanczos', signal), turn);
}

export function createLook(images: Images, card: ModelCard, sourceOf: SourceOf): Look {
  const made = new Map<string, EngineImage>();

  const make = async (run: Trajectory, id: string, signal: AbortSignal): Promise<EngineImage> => {
    const root = rootOf(run.pictures, id);
    const hash = root?.picture.file.hash ?? null;
    const source = hash === null ? null : sourceOf(hash);
    if (!root || !source) throw new EngineError('bad-request', 'A picture of this run is not here.');
    return imageOfView(images, card, source, root.view, signal);
  };

  return {
    async prepare(run, pictures, signal) {
      for (const id of pictures) if (!made.has(id)) made.set(id, await make(run, id, signal));
    },
    imageOf(id) {
      const image = made.get(id);
      if (!image) throw new RangeError(`picture ${id} was not prepared`);
      return image;
    },
  };
}
