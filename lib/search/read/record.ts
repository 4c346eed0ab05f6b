/** A record of a JSONL file, under the names that corpora give their fields. */
import type { ReadDocument } from '../collection-contract';

const FIELDS = {
  address: ['url', 'link', 'address', 'href', 'source'],
  title: ['title', 'name', 'heading'],
  text: ['text', 'content', 'contents', 'body', 'snippet', 'excerpt', 'passage', 'abstract', 'caption', 'description'],
  date: ['date', 'published', 'published_at', 'timestamp'],
} as const;

export interface ReadRecord extends Omit<ReadDocument, 'address' | 'title'> {
  readonly address: string | null;
  readonly title: string | null;
  /** The file of a picture that the record is about, as it names it; its text is then the caption. */
  readonly picture: string | null;
}

/** Null where it holds no text. */
export function readRecord(line: string): ReadRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const record = value as Readonly<Record<string, unknown>>; // any object may be read by string keys
  const of = (names: readonly string[]): string | null => {
    for (const name of names) {
      const found = record[name];
      if (typeof found === 'string' && found.trim() !== '') return found.trim();
    }
    return null;
  };
  const title = of(FIELDS.title);
  const text = of(FIELDS.text) ?? title;
  if (text === null) return null;
  const date = of(FIELDS.date);
  return {
    address: of(FIELDS.address),
    title,
    text,
    picture: of(['image', 'picture', 'file_name', 'image_path']),
    ...(date !== null && { date }),
  };
}
