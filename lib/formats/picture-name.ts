/** Names of pictures: which path is one, and what tells two wanted ones apart. */
import type { PictureName } from './contract';

export function isPicturePath(path: string): boolean {
  return /\.(jpe?g|png|webp|gif|bmp|avif|heic|heif|tiff?|jfif)$/i.test(path);
}

/** Exports of ChatGPT name pictures by ids and may end them in `.dat`, MLflow's attachments have no ending: their bytes say what they are. */
export function mayBePicture(path: string): boolean {
  return (
    isPicturePath(path) || /\.dat$/i.test(path) || /(?:^|\/)(?:file[-_]\w[\w-]{8,}|attachments\/[\w-]{20,})$/.test(path)
  );
}

export function wantedKey({ id, names, question }: PictureName): string {
  return id ?? names[0] ?? `?${question ?? ''}`;
}
