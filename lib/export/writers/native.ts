/**
 * Loupe's own: the document with its pictures in it, from which the very run comes back. One run is one JSON file, several are lines of them.
 */
import type { ExportedFile, RunToExport, Writer } from '../contract';
import { runName, setName } from '../file-names';
import { toDataUrl } from '../shown-picture';

async function documentOf({ run, files, tags = [] }: RunToExport, withPictures: boolean): Promise<string> {
  const addresses: Record<string, string> = {};
  if (withPictures) for (const [hash, file] of files) addresses[hash] = await toDataUrl(file);
  return JSON.stringify({ ...run, tags, ...(Object.keys(addresses).length > 0 && { files: addresses }) });
}

const writeDocuments =
  (withPictures: boolean): Writer =>
  async (runs, _, progress) => {
    const lines: string[] = [];
    let name = setName(runs.count);
    for await (const one of runs.each()) {
      progress(lines.length, runs.count);
      if (runs.count === 1) name = runName(one.run);
      lines.push(`${await documentOf(one, withPictures)}\n`);
    }
    const single = runs.count === 1;
    return {
      name: `${name}.${single ? 'json' : 'jsonl'}`,
      blob: new Blob(lines, { type: single ? 'application/json' : 'application/jsonl' }),
    } satisfies ExportedFile;
  };

export const writeNative = writeDocuments(true);
export const writeWithoutPictures = writeDocuments(false);
