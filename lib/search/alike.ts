/**
 * How alike two pictures look: colours on a coarse grid, compared by their direction. It knows the same picture again at another size or
 * compression, and pictures of the same layout; what is to be seen in them it does not know.
 */
const SIDE = 16;

/** `SIDE × SIDE × 3` numbers of length 1 together, around their mean. All zero for one that has a single colour. */
export type Features = Float32Array<ArrayBuffer>;

/** @param rgba of a picture of `SIDE × SIDE` pixels, opaque */
export function featuresOfPixels(rgba: ArrayLike<number>): Features {
  const features = new Float32Array(SIDE * SIDE * 3);
  let sum = 0;
  for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const value = rgba[pixel * 4 + channel] ?? 0;
      features[pixel * 3 + channel] = value;
      sum += value;
    }
  }
  const mean = sum / features.length;
  let square = 0;
  for (let at = 0; at < features.length; at += 1) {
    features[at] = features[at]! - mean;
    square += features[at]! ** 2;
  }
  const length = Math.sqrt(square);
  return length < 1 ? features.fill(0) : features.map((value) => value / length);
}

/** −1 … 1; 1 for the same. */
export function alikeness(a: Features, b: Features): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * (b[at] ?? 0);
  return sum;
}

/** In a browser. Null where it is no picture. */
export async function featuresOf(picture: Blob): Promise<Features | null> {
  try {
    const bitmap = await createImageBitmap(picture, {
      resizeWidth: SIDE,
      resizeHeight: SIDE,
      resizeQuality: 'high',
    });
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return null;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, SIDE, SIDE);
    context.drawImage(bitmap, 0, 0, SIDE, SIDE);
    bitmap.close();
    return featuresOfPixels(context.getImageData(0, 0, SIDE, SIDE).data);
  } catch {
    return null;
  }
}
