/** The files of a zip, each unpacked when it is read. The zip is fflate's, loaded at the first use. */
import { DataError } from './data-set';
import type { DataFile } from './read-data-set';

/** In bytes: all of it is held in memory. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** Rejects with a DataError where it is no zip or a broken one. */
export async function zipFiles(archive: Blob): Promise<readonly DataFile[]> {
  if (archive.size === 0) throw new DataError({ code: 'zip-without-bytes' });
  if (archive.size > MOST_BYTES) throw new DataError({ code: 'zip-too-large' });
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
    throw new DataError({ code: 'zip-damaged' });
  }
  if (paths.length === 0) throw new DataError({ code: 'zip-without-files' });
  return paths.map((path) => ({
    path,
    read: async () => {
      const found = unzipSync(bytes, { filter: ({ name }) => name === path })[path];
      if (!found) throw new DataError({ code: 'zip-file-damaged', params: { name: path } });
      return new Blob([found]);
    },
  }));
}
