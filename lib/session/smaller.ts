/**
 * The same model asking for less memory: smaller pictures, or, of a hub's, another format. Of the address alone; whether the
 * repository has that format is known by who looked at it.
 */
import { type ManifestImage } from '@/lib/engine';
import { nextSmaller, PICTURE_SIZES } from '@/lib/models';

export interface SmallerPictures {
  readonly modelUrl: string;
  /** Most pixels of a picture. */
  readonly maxPixels: number;
}

/**
 * The next smaller size of pictures; null where there is none, or the model is neither a hub's nor from the person's own disk.
 * @param image how the model of this address sees pictures now, by which no size is named that it would see alike; null where
 * that is not known: then by the address alone
 */
export function smallerPictures(modelUrl: string, image: ManifestImage | null): SmallerPictures | null {
  const asked = optionsOf(modelUrl, /^(hub|local):/);
  if (!asked) return null;
  const now = Number(asked.get('maxPixels') ?? PICTURE_SIZES[0]);
  const maxPixels = image ? nextSmaller(image) : (PICTURE_SIZES.find((size) => size < now) ?? null);
  if (maxPixels === null) return null;
  return { modelUrl: withOption(modelUrl, asked, 'maxPixels', String(maxPixels)), maxPixels };
}

/** The same in another format; null where the model is not a hub's. */
export function inFormat(modelUrl: string, dtype: string): string | null {
  const asked = optionsOf(modelUrl);
  return asked && withOption(modelUrl, asked, 'dtype', dtype);
}

/** null where the address does not say. */
export function formatOf(modelUrl: string): string | null {
  return optionsOf(modelUrl)?.get('dtype') ?? null;
}

function optionsOf(modelUrl: string, whose = /^hub:/): URLSearchParams | null {
  if (!whose.test(modelUrl)) return null;
  return new URLSearchParams(modelUrl.split('?')[1] ?? '');
}

/** As addresses are written (lib/engine/hub/model-url.ts): the same model has one address. */
const ORDER = ['dtype', 'maxPixels', 'thinking'];

function withOption(modelUrl: string, asked: URLSearchParams, name: string, value: string): string {
  const options = new Map([...asked, [name, value]]);
  const written = ORDER.flatMap((key) => {
    const option = options.get(key);
    return option === undefined ? [] : [`${key}=${option}`];
  });
  return `${modelUrl.split('?')[0] ?? ''}?${written.join('&')}`;
}
