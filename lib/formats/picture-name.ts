/** Names of pictures: which path is one, and what tells two wanted ones apart. */
import type { PictureName } from './contract';

export function isPicturePath(path: string): boolean {
  return /\.(jpe?g|png|webp|gif|bmp|avif|heic|heif|tiff?|jfif)$/i.test(path);
}

export function wantedKey({ names, question }: PictureName): string {
  return names[0] ?? `?${question ?? ''}`;
}
