/** Values whose shape nobody defined: what a tool gave back, as words and pictures. */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, textOf } from '../json-shape';
import type { MessagePart } from '../message';
import { isPictureToken, pictureAt, pictureOfBase64 } from '../picture-address';
import { parseRecord } from '../containers/records';
import { contentOf } from './body';
import { textPart } from './item';

const DEEPEST = 6;

/** Words and pictures of a value that a tool gave back, in their order. */
export function partsOfValue(value: Json | undefined, depth = 0): readonly MessagePart[] {
  if (value === undefined || value === null || depth > DEEPEST) return [];
  if (typeof value === 'string') {
    const text = value.trim();
    if (isPictureToken(text) || /^data:image\//i.test(text)) return [pictureAt(text)];
    const read = unpacked(value);
    return typeof read === 'string' || !(isList(read) || isObject(read))
      ? textPart(value)
      : partsOfValue(read, depth + 1);
  }
  if (isList(value)) return value.slice(0, 200).flatMap((one) => partsOfValue(one, depth + 1));
  if (!isObject(value)) return textPart(JSON.stringify(value));
  const type = textOf(value['media_type']) || textOf(value['mime_type']) || textOf(value['mimeType']);
  if (typeof value['data'] === 'string' && (type.startsWith('image/') || value['kind'] === 'binary'))
    return [pictureOfBase64(value['data'])];
  if ('type' in value) {
    const { parts } = contentOf([value]);
    if (parts.length > 0) return parts;
  }
  for (const key of ['content', 'output', 'result', 'parts']) {
    if (
      Object.keys(value).length <= 8 &&
      (isList(value[key]) || isObject(value[key] ?? null) || (key !== 'content' && typeof value[key] === 'string'))
    )
      return partsOfValue(value[key], depth + 1);
  }
  return textPart(JSON.stringify(value));
}

/** Words that a tool gave back as one text: JSON that holds pictures is what it says, anything else is words. */
export function partsOfText(text: string): readonly MessagePart[] {
  if (
    !/^\s*[{["]/.test(text.slice(0, 100)) ||
    !/"(?:image|inline_?data|media_type|mime_?type)|data:image\//i.test(text.slice(0, 100_000))
  )
    return textPart(text);
  const parts = partsOfValue(text);
  return parts.some(({ kind }) => kind === 'picture') ? parts : textPart(text);
}

/** A value that may be JSON in a text, and that once more: what it says in the end. */
export function unpacked(value: Json | undefined): Json {
  let read: Json = value ?? null;
  for (let times = 0; times < 3 && typeof read === 'string' && /^\s*["{[]/.test(read); times += 1) {
    const parsed = parseRecord(read);
    if (!('json' in parsed)) return read;
    read = parsed.json;
  }
  return read;
}
