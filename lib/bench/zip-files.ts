/** The files of a zip, each unpacked when it is read. The zip is fflate's, loaded at the first use. */
import type { DataFile } from './read-data-set';

/** In bytes: all of it is held in memory. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** Rejects with an Error, in words for people, where it is no zip or a broken one. */
export async function zipFiles(archive: Blob): Promise<readonly DataFile[]> {
  if (archive.size === 0) throw new Error('The archive is empty: there is not a single byte in it.');
  if (archive.size > MOST_BYTES)
    throw new Error('It is over 1 GB; use it in parts, or unpack it and choose the folder.');
  const { unzipSync } = await import('fflate');
  const bytes = new Uint8Array(await archive.arrayBuffer());
  const paths: string[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        if (!name.endsWith('/')) paths.push(name);
        return false;
      },
    });
  } catch {
    throw new Error('The archive is damaged, cut off, or not a zip.');
  }
  if (paths.length === 0) throw new Error('The archive is empty: there are no files in it.');
  return paths.map((path) => ({
    path,
    read: async () => {
      const found = unzipSync(bytes, { filter: ({ name }) => name === path })[path];
      if (!found) throw new Error(`${path} is damaged in the archive.`);
      return new Blob([found]);
    },
  }));
}
