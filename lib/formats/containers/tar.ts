/** The files of a tar archive (ustar, with the long names of GNU and pax), each a slice of it: nothing is unpacked. */
import { isLitter, SourceError, tidyPath, type Source } from './source';

const BLOCK = 512;
const MOST_ENTRIES = 100_000;
/** A name that is longer is none. */
const LONGEST_NAME = 64 * 1024;

/** By its first 263 bytes. */
export const isTar = (head: Uint8Array): boolean => textAt(head, 257, 5) === 'ustar';

/** @throws SourceError where it is cut off or damaged */
export async function tarSources(archive: Blob, path: string): Promise<readonly Source[]> {
  const sources: Source[] = [];
  let longName = '';
  for (let at = 0, entries = 0; at + BLOCK <= archive.size; entries += 1) {
    if (entries > MOST_ENTRIES) throw new SourceError('too-large', path);
    const head = await bytesOf(archive.slice(at, at + BLOCK), path);
    if (head[0] === 0) break;
    const size = sizeIn(head);
    const from = at + BLOCK;
    if (!isTar(head) || size === null || from + size > archive.size) throw new SourceError('damaged', path);
    at = from + Math.ceil(size / BLOCK) * BLOCK;
    const kind = textAt(head, 156, 1);
    if (kind === 'L' || kind === 'x') {
      if (size > LONGEST_NAME) throw new SourceError('damaged', path);
      const said = new TextDecoder().decode(await bytesOf(archive.slice(from, from + size), path));
      longName =
        kind === 'L' ? said.replace(/\0[^]*$/, '') : (/(?:^|\n)\d+ path=([^\n]*)\n/.exec(said)?.[1] ?? longName);
      continue;
    }
    const [prefix, name] = [textAt(head, 345, 155), textAt(head, 0, 100)];
    const inside = tidyPath(longName || (prefix === '' ? name : `${prefix}/${name}`));
    longName = '';
    const file = archive.slice(from, from + size);
    if ((kind === '0' || kind === '') && inside !== '' && !isLitter(inside))
      sources.push(sliceSource(`${path}/${inside}`, file));
  }
  return sources;
}

function sliceSource(path: string, file: Blob): Source {
  return {
    path,
    size: file.size,
    changed: '',
    blob: () => Promise.resolve(file),
    head: (length) => bytesOf(file.slice(0, length), path),
  };
}

async function bytesOf(part: Blob, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch (cause) {
    throw new SourceError('unreadable', path, cause);
  }
}

/** Up to the first NUL. */
function textAt(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** Octal digits, or, of what they do not hold, bytes behind a mark. */
function sizeIn(head: Uint8Array): number | null {
  if (((head[124] ?? 0) & 0x80) !== 0) {
    const size = head.subarray(125, 136).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(size) ? size : null;
  }
  const digits = textAt(head, 124, 12).trim();
  return /^[0-7]{1,12}$/.test(digits) ? Number.parseInt(digits, 8) : null;
}
