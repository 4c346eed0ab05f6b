/**
 * From RGBA bytes to the numbers that vision encoders take: `(v / 255 − mean) / std` per channel, as planes or as patches.
 * A byte has 256 values, so a table is both faster and exactly what a division per pixel gives.
 */
import type { Size } from '@/lib/geometry';
import { planResample } from '@/lib/image/resample';
import { EngineError, type EngineImage, type ManifestImage } from '../../contract';
import { layOutImage, type ImageLayout } from '../../sizing';

export interface Raster extends Size {
  /** RGBA */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * How the model sees this image.
 * @throws EngineError `bad-request` where the image was not resized as `modelSize` says
 */
export function layoutOf(spec: ManifestImage, image: EngineImage): ImageLayout {
  const layout = layOutImage(spec, image.source ?? image);
  const { width, height } = layout.size;
  if (image.width !== width || image.height !== height || image.data.length !== width * height * 4) {
    const given = `${image.width} × ${image.height}`;
    throw new EngineError('bad-request', `The model sees this picture in ${width} × ${height} pixels, not ${given}.`);
  }
  return layout;
}

/** One table a channel, red, green, blue. */
export type ChannelTables = readonly [Float32Array, Float32Array, Float32Array];

export function channelTables({ mean, std }: ManifestImage): ChannelTables {
  const table = (channel: number) =>
    Float32Array.from({ length: 256 }, (_, value) => (value / 255 - (mean[channel] ?? 0)) / (std[channel] ?? 1));
  return [table(0), table(1), table(2)];
}

/** f32 [3, height, width] */
export function toPlanes({ width, height, data }: Raster, tables: ChannelTables): Float32Array {
  const plane = width * height;
  const out = new Float32Array(3 * plane);
  tables.forEach((table, channel) => {
    for (let i = 0; i < plane; i++) out[channel * plane + i] = table[data[i * 4 + channel] ?? 0] ?? 0;
  });
  return out;
}

/** Numbers of a patch lie channel by channel (and, for video encoders, frame by frame), or pixel by pixel. */
export interface PatchOrder {
  readonly patch: number;
  /** Blocks of `merge` × `merge` patches follow one another: 1 is plain row by row. */
  readonly merge: number;
  /** How often each channel's patch is repeated: an image is a film of equal frames. */
  readonly frames: number;
  readonly channelsLast: boolean;
}

/** f32 [patches, 3 × frames × patch × patch]; the sides must be multiples of `patch × merge`. */
export function toPatches(raster: Raster, tables: ChannelTables, order: PatchOrder): Float32Array {
  const { width, height, data } = raster;
  const { patch, merge, frames, channelsLast } = order;
  const out = new Float32Array(width * height * 3 * frames);
  let at = 0;
  forEachPatch(width / patch, height / patch, merge, (column, row) => {
    const corner = (row * patch * width + column * patch) * 4;
    if (channelsLast) {
      for (let y = 0; y < patch; y++) {
        for (let x = 0, from = corner + y * width * 4; x < patch; x++, from += 4) {
          for (let channel = 0; channel < 3; channel++) out[at++] = tables[channel]![data[from + channel]!]!;
        }
      }
      return;
    }
    for (let channel = 0; channel < 3; channel++) {
      const first = at;
      for (let y = 0; y < patch; y++) {
        for (let x = 0, from = corner + y * width * 4 + channel; x < patch; x++, from += 4) {
          out[at++] = tables[channel]![data[from]!]!;
        }
      }
      for (let frame = 1; frame < frames; frame++) {
        out.copyWithin(at, first, first + patch * patch);
        at += patch * patch;
      }
    }
  });
  return out;
}

function forEachPatch(
  columns: number,
  rows: number,
  merge: number,
  visit: (column: number, row: number) => void,
): void {
  for (let top = 0; top < rows; top += merge) {
    for (let left = 0; left < columns; left += merge) {
      for (let row = top; row < top + merge; row++) {
        for (let column = left; column < left + merge; column++) visit(column, row);
      }
    }
  }
}

/** The pieces that the encoder is shown, in order: tiles row by row, then the whole; or the image itself. */
export function piecesOf(image: EngineImage, layout: ImageLayout, resample: ManifestImage['resample']): Raster[] {
  const { rows, columns, whole } = layout;
  if (rows === 0) return [image];
  const size = { width: image.width / columns, height: image.height / rows };
  const tiles = Array.from({ length: rows * columns }, (_, i) =>
    cutOut(image, (i % columns) * size.width, Math.floor(i / columns) * size.height, size),
  );
  return whole ? [...tiles, resize(image, whole, resample)] : tiles;
}

function cutOut({ width, data }: Raster, x: number, y: number, size: Size): Raster {
  const out = new Uint8ClampedArray(size.width * size.height * 4);
  for (let row = 0; row < size.height; row++) {
    const from = ((y + row) * width + x) * 4;
    out.set(data.subarray(from, from + size.width * 4), row * size.width * 4);
  }
  return { ...size, data: out };
}

function resize(image: Raster, size: Size, resample: ManifestImage['resample']): Raster {
  const plan = planResample(image, { x1: 0, y1: 0, x2: image.width, y2: image.height }, size, resample);
  plan.feed(image.data, 0, image.height);
  const { data } = plan.finish();
  return { ...size, data };
}
