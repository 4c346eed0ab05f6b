/** Files that hold another one: packed by gzip, or text in UTF-16. What is read further on is plain UTF-8. */
import { Gunzip } from 'fflate';
import { inflate, UNPACK_LIMITS } from './inflate';
import { SourceError, type Source } from './source';

export type Wrapping = 'gzip' | 'utf-16le' | 'utf-16be';

/** By its first four bytes; null of what is as it is. Text without a mark of its order begins with a bracket of JSON. */
export function wrappingOf(head: Uint8Array): Wrapping | null {
  const [first = -1, second = -1] = head;
  if (first === 0x1f && second === 0x8b) return 'gzip';
  if ((first === 0xff && second === 0xfe) || (isBracket(first) && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && isBracket(second))) return 'utf-16be';
  return null;
}

const isBracket = (byte: number): boolean => byte === 0x7b || byte === 0x5b;

/** Unwrapped when it is first read whole; of a beginning no more than that is. */
export function unwrapped(source: Source, wrapping: Wrapping): Source {
  let whole: Promise<Blob> | null = null;
  const take = async (most: number): Promise<Blob> => {
    const packed = await source.blob();
    if (wrapping !== 'gzip')
      return transcoded(most < packed.size ? packed.slice(0, most * 2 + 2) : packed, wrapping, source);
    return inflate(packed, Math.min(most, UNPACK_LIMITS.file), source.path, (told) => new Gunzip(told));
  };
  return {
    path: wrapping === 'gzip' ? source.path.replace(/\.tgz$/i, '.tar').replace(/\.gz(?:ip)?$/i, '') : source.path,
    size: source.size,
    changed: source.changed,
    blob() {
      whole ??= take(Infinity);
      whole.catch(() => (whole = null));
      return whole;
    },
    async head(length) {
      const part = whole ? await whole : await take(length);
      return new Uint8Array(await part.slice(0, length).arrayBuffer());
    },
  };
}

const CHUNK = 4 * 1024 * 1024;

async function transcoded(text: Blob, encoding: Exclude<Wrapping, 'gzip'>, { path }: Source): Promise<Blob> {
  if (text.size > UNPACK_LIMITS.file) throw new SourceError('too-large', path);
  const decoder = new TextDecoder(encoding);
  const parts: Blob[] = [];
  for (let at = 0; at < text.size; at += CHUNK) {
    const bytes = await text.slice(at, at + CHUNK).arrayBuffer();
    parts.push(new Blob([decoder.decode(bytes, { stream: at + CHUNK < text.size })]));
  }
  return new Blob(parts);
}
