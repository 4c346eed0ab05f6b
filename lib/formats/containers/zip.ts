/**
 * The files of a zip archive, found by its directory and unpacked one by one when they are read: an archive of a gigabyte costs no more
 * memory than the file that is looked at. Archives that would unpack to far more than they are, are refused.
 */
import { Inflate } from 'fflate';
import { inflate, UNPACK_LIMITS } from './inflate';
import { isLitter, SourceError, tidyPath, type Source } from './source';

export const ZIP_LIMITS = {
  entries: 100_000,
  /** Of all together, as the directory says. */
  total: 8 * 1024 * 1024 * 1024,
} as const;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
  readonly changed: string;
}

/** @throws SourceError where there is no directory that can be read, or more in it than is taken */
export async function zipSources(archive: Blob, path: string): Promise<readonly Source[]> {
  const entries = await directoryOf(archive, path);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > ZIP_LIMITS.total) throw new SourceError('too-large', path);
  return entries.filter((entry) => !isLitter(entry.path)).map((entry) => entrySource(archive, path, entry));
}

async function bytesAt(archive: Blob, from: number, to: number, path: string): Promise<DataView<ArrayBuffer>> {
  try {
    return new DataView(await archive.slice(from, to).arrayBuffer());
  } catch (cause) {
    throw new SourceError('unreadable', path, cause);
  }
}

async function directoryOf(archive: Blob, path: string): Promise<readonly Entry[]> {
  const tailFrom = Math.max(0, archive.size - 65_557 - 20);
  const tail = await bytesAt(archive, tailFrom, archive.size, path);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new SourceError('damaged', path);
  let count = tail.getUint16(end + 10, true);
  let size = tail.getUint32(end + 12, true);
  let from = tail.getUint32(end + 16, true);
  if (end >= 20 && tail.getUint32(end - 20, true) === LOCATOR_64) {
    const at = Number(tail.getBigUint64(end - 12, true));
    const end64 = await bytesAt(archive, at, at + 56, path);
    if (end64.byteLength < 56 || end64.getUint32(0, true) !== END_64) throw new SourceError('damaged', path);
    count = Number(end64.getBigUint64(32, true));
    size = Number(end64.getBigUint64(40, true));
    from = Number(end64.getBigUint64(48, true));
  }
  if (count > ZIP_LIMITS.entries) throw new SourceError('too-large', path);
  if (from + size > archive.size) throw new SourceError('damaged', path);
  return entriesIn(await bytesAt(archive, from, from + size, path), path);
}

function entriesIn(directory: DataView<ArrayBuffer>, archive: string): readonly Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= directory.byteLength;) {
    if (directory.getUint32(at, true) !== ENTRY) throw new SourceError('damaged', archive);
    const flags = directory.getUint16(at + 8, true);
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((offset) =>
      directory.getUint16(at + offset, true),
    ) as [number, number, number];
    const next = at + 46 + nameLength + extraLength + noteLength;
    if (next > directory.byteLength) throw new SourceError('damaged', archive);
    const name = decodeName(new Uint8Array(directory.buffer, at + 46, nameLength));
    const wide = wideSizes(directory, at, at + 46 + nameLength, extraLength);
    const path = `${archive}/${tidyPath(name)}`;
    if (!/[/\\]$/.test(name)) {
      entries.push({
        path,
        method: directory.getUint16(at + 10, true),
        encrypted: (flags & 1) !== 0,
        changed: dateOf(directory.getUint16(at + 14, true), directory.getUint16(at + 12, true)),
        ...wide,
      });
    }
    at = next;
  }
  return entries;
}

/** Sizes and place of an entry; those that do not fit 32 bits stand in an extra field of zip64. */
function wideSizes(
  directory: DataView<ArrayBuffer>,
  at: number,
  extra: number,
  length: number,
): Pick<Entry, 'size' | 'packed' | 'at'> {
  const sizes = [24, 20, 42].map((offset) => directory.getUint32(at + offset, true));
  for (let field = extra; field + 4 <= extra + length;) {
    const fieldLength = directory.getUint16(field + 2, true);
    if (directory.getUint16(field, true) === 1) {
      let value = field + 4;
      for (const [index, size] of sizes.entries()) {
        if (size !== 0xffffffff || value + 8 > field + 4 + fieldLength) continue;
        sizes[index] = Number(directory.getBigUint64(value, true));
        value += 8;
      }
    }
    field += 4 + fieldLength;
  }
  const [size = 0, packed = 0, offset = 0] = sizes;
  return { size, packed, at: offset };
}

/** UTF-8, which writers use whether they say so or not; else the bytes one by one. */
function decodeName(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}

function dateOf(date: number, time: number): string {
  const [year, month, day] = [1980 + (date >> 9), (date >> 5) & 15, date & 31];
  const made = new Date(Date.UTC(year, month - 1, day, time >> 11, (time >> 5) & 63, (time & 31) * 2));
  return date === 0 || Number.isNaN(made.getTime()) ? '' : made.toISOString();
}

function entrySource(archive: Blob, archivePath: string, entry: Entry): Source {
  let whole: Promise<Blob> | null = null;
  const packed = async (): Promise<Blob> => {
    if (entry.encrypted) throw new SourceError('encrypted', entry.path);
    const local = await bytesAt(archive, entry.at, entry.at + 30, archivePath);
    if (local.byteLength < 30 || local.getUint32(0, true) !== LOCAL) throw new SourceError('damaged', entry.path);
    const from = entry.at + 30 + local.getUint16(26, true) + local.getUint16(28, true);
    return archive.slice(from, from + entry.packed);
  };
  const unpacked = async (most: number): Promise<Blob> => {
    const bytes = await packed();
    if (entry.method === 0) return bytes.slice(0, most);
    if (entry.method !== 8) throw new SourceError('damaged', entry.path);
    const made = await inflate(bytes, Math.min(most, UNPACK_LIMITS.file), entry.path, (told) => new Inflate(told));
    if (most >= entry.size && made.size !== entry.size) throw new SourceError('damaged', entry.path);
    return made;
  };
  return {
    path: entry.path,
    size: entry.size,
    changed: entry.changed,
    blob() {
      if (entry.size > UNPACK_LIMITS.file) return Promise.reject(new SourceError('too-large', entry.path));
      whole ??= unpacked(Infinity);
      whole.catch(() => (whole = null));
      return whole;
    },
    async head(length) {
      const part = whole ? (await whole).slice(0, length) : await unpacked(Math.min(length, entry.size));
      return new Uint8Array(await part.arrayBuffer());
    },
  };
}
