/** A picture's pixels as a file that servers take: PNG, which loses nothing, or JPEG, which is smaller. Both sizes stay as they are. */
import type { EngineImage } from '../contract';
import type { EncodePicture, SentPicture } from './wire';

const JPEG_QUALITY = 0.92;
/** Each turn sends the pictures of all turns before it. */
const KEPT = 32;

/** Remembers the latest, since each turn sends all of them again. */
export function createEncoder(): EncodePicture {
  const kept = new Map<string, Promise<SentPicture>>();
  return (image, format) => {
    const key = `${format}:${image.key}`;
    const made = kept.get(key) ?? encode(image, format);
    kept.delete(key);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return made;
  };
}

async function encode({ width, height, data }: EngineImage, format: 'png' | 'jpeg'): Promise<SentPicture> {
  const type = format === 'png' ? 'image/png' : 'image/jpeg';
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.putImageData(new ImageData(data, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type, quality: JPEG_QUALITY });
  return { type, base64: base64Of(new Uint8Array(await blob.arrayBuffer())), width, height };
}

/** Arguments that a call takes at once. */
const AT_ONCE = 0x8000;

export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  }
  return btoa(binary);
}
