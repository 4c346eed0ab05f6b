/** What is in a picture, counted. */
import type { Bytes } from './resample';

/** 256 counts for each channel; of what the mask lets through, where there is one. */
export function histogram(data: Bytes, channels: number, mask?: Bytes): Uint32Array {
  const out = new Uint32Array(256 * channels);
  for (let at = 0; at < data.length; at += 1) {
    const channel = at % channels;
    if (mask && mask[(at - channel) / channels] === 0) continue;
    out[channel * 256 + data[at]!]! += 1;
  }
  return out;
}

/** x0, y0, x1, y1 around all that is not zero in the channels from `first` on; nothing where all is. */
export function boundingBox(data: Bytes, width: number, height: number, channels: number, first: number): number[] {
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * channels;
      let isEmpty = true;
      for (let c = first; c < channels; c += 1) if (data[at + c] !== 0) isEmpty = false;
      if (isEmpty) continue;
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x + 1);
      y0 = Math.min(y0, y);
      y1 = y + 1;
    }
  }
  return x1 === 0 ? [] : [x0, y0, x1, y1];
}

/** Each color with its count: count, then the channels. Nothing where there are more colors than `most`. */
export function colors(data: Bytes, channels: number, most: number): number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += channels) {
    let key = 0;
    for (let c = 0; c < channels; c += 1) key = key * 256 + data[at + c]!;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (counts.size > most) return [];
  }
  return [...counts].flatMap(([key, count]) => {
    const color = Array.from({ length: channels }, (_, c) => Math.floor(key / 256 ** (channels - 1 - c)) % 256);
    return [count, ...color];
  });
}
