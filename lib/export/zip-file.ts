/** A zip that is written entry by entry: pictures as they are, text deflated. */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { ExportError } from './contract';

/** fflate writes no zip64. */
const MOST_BYTES = 3_500_000_000;
const MOST_ENTRIES = 60_000;

export interface ZipFile {
  readonly add: (path: string, content: Blob | string) => Promise<void>;
  readonly end: () => Promise<Blob>;
}

export function createZip(): ZipFile {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const taken = new Set<string>();
  let bytes = 0;
  let failed: Error | null = null;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const zip = new Zip((error, chunk, final) => {
    if (error) failed = error;
    parts.push(chunk); // fflate makes them itself
    if (final || error) finish();
  });
  return {
    async add(path, content) {
      const data =
        typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(await content.arrayBuffer());
      bytes += data.length;
      if (bytes > MOST_BYTES || taken.size >= MOST_ENTRIES) throw new ExportError('too-large');
      const name = unused(taken, path);
      const entry = typeof content === 'string' ? new ZipDeflate(name, { level: 6 }) : new ZipPassThrough(name);
      entry.mtime = EPOCH;
      zip.add(entry);
      entry.push(data, true);
    },
    async end() {
      zip.end();
      await finished;
      if (failed) throw failed;
      return new Blob(parts, { type: 'application/zip' });
    },
  };
}

/** The same runs give the same bytes. */
const EPOCH = new Date(1980, 0, 2);

/** A path nobody has; a number goes before its ending. Remembered. */
export function unused(taken: Set<string>, path: string): string {
  const [, stem = path, ending = ''] = /^(.*?)(\.[^./]*)?$/.exec(path) ?? [];
  let free = path;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${stem}-${number}${ending}`;
  taken.add(free.toLowerCase());
  return free;
}
