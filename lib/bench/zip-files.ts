/**
 * The files of a zip, each unpacked when it is read: the archive itself stays where it is, and the browser unpacks beside the page. Zips of
 * 4 GB and more (zip64) and locked ones are none of ours.
 */
import { DataError, type DataFile } from './data-set';

/** Bytes. */
const MOST_BYTES = 1024 * 1024 * 1024;
/** Of one file, unpacked. */
const MOST_UNPACKED = 256 * 1024 * 1024;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** Bytes, without what may follow. */
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
/** Most that a comment after the end may take. */
const COMMENT = 65_535;

interface Entry {
  readonly path: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Where its local header begins. */
  readonly at: number;
}

/** Rejects with a DataError where it is no zip or a broken one. */
export async function zipFiles(archive: Blob): Promise<readonly DataFile[]> {
  if (archive.size === 0) throw new DataError({ code: 'zip-without-bytes' });
  if (archive.size > MOST_BYTES) throw new DataError({ code: 'zip-too-large' });
  const entries = await entriesOf(archive);
  if (entries.length === 0) throw new DataError({ code: 'zip-without-files' });
  return entries.map((entry) => ({ path: entry.path, read: () => unpack(archive, entry) }));
}

const viewOf = async (archive: Blob, from: number, to: number): Promise<DataView> =>
  new DataView(await archive.slice(from, to).arrayBuffer());

/** As the directory at the archive's end lists them, folders left out; of two with one name the last. */
async function entriesOf(archive: Blob): Promise<readonly Entry[]> {
  const from = Math.max(0, archive.size - END_SIZE - COMMENT);
  const tail = await viewOf(archive, from, archive.size);
  let end = tail.byteLength - END_SIZE;
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new DataError({ code: 'zip-damaged' });
  const [size, start] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  if (start + size > from + end) throw new DataError({ code: 'zip-damaged' });
  const directory = await viewOf(archive, start, start + size);
  const entries = new Map<string, Entry>();
  const text = new TextDecoder();
  for (let at = 0; at < size;) {
    if (at + ENTRY_SIZE > size || directory.getUint32(at, true) !== ENTRY) throw new DataError({ code: 'zip-damaged' });
    const length = (place: number) => directory.getUint16(at + place, true);
    const [name, extra, comment] = [length(28), length(30), length(32)];
    if (at + ENTRY_SIZE + name > size) throw new DataError({ code: 'zip-damaged' });
    const path = text.decode(new Uint8Array(directory.buffer, at + ENTRY_SIZE, name));
    const entry = {
      path,
      // A locked one is packed in a way that nobody here knows.
      method: length(8) & 1 ? -1 : length(10),
      packed: directory.getUint32(at + 20, true),
      unpacked: directory.getUint32(at + 24, true),
      at: directory.getUint32(at + 42, true),
    };
    if (!path.endsWith('/')) entries.set(path, entry);
    at += ENTRY_SIZE + name + extra + comment;
  }
  return [...entries.values()];
}

async function unpack(archive: Blob, { path, method, packed, unpacked, at }: Entry): Promise<Blob> {
  const damaged = new DataError({ code: 'zip-file-damaged', params: { name: path } });
  const header = await viewOf(archive, at, at + LOCAL_SIZE);
  const isThere = header.byteLength === LOCAL_SIZE && header.getUint32(0, true) === LOCAL;
  if (!isThere || unpacked > MOST_UNPACKED) throw damaged;
  const start = at + LOCAL_SIZE + header.getUint16(26, true) + header.getUint16(28, true);
  const bytes = archive.slice(start, start + packed);
  if (method === 0 && bytes.size === unpacked) return bytes;
  if (method !== 8) throw damaged;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (const reader = bytes.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      // It says how large it is: what goes on beyond that is made to fill the memory.
      if (size > unpacked) {
        await reader.cancel();
        throw damaged;
      }
      pieces.push(value);
    }
  } catch {
    throw damaged;
  }
  if (size !== unpacked) throw damaged;
  return new Blob(pieces);
}
