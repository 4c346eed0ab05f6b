/** Names of pictures: which path is one, and what tells two wanted ones apart. */
import type { PictureName } from './contract';
import { isList, isObject, textOf, type JsonObject } from './json-shape';

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

/** What rows call their pictures. */
const KEYS = [
  'image',
  'images',
  'image_path',
  'image_paths',
  'img',
  'img_path',
  'image_file',
  'image_name',
  'img_name',
  'file_name',
  'input_image',
  'rebuilt_dataset_image_path',
] as const;

/** Names of a row's own pictures, under whatever key, in their order; bytes are none. */
export function pictureNamesIn(row: JsonObject): readonly string[] {
  for (const key of KEYS) {
    const value = row[key] ?? null;
    const names = (isList(value) ? value.slice(0, 2000) : [value])
      .map((one) => textOf(isObject(one) ? (one['path'] ?? one['image'] ?? one['url'] ?? null) : one))
      .filter((name) => name !== '' && name.length < 2000 && !name.startsWith('data:'));
    if (names.length > 0) return names;
  }
  return [];
}
