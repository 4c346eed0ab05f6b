/** Which of the files that were given together say what others show. */
import type { GivenFile } from '../collection-contract';
import { isPicturePath, type Captions } from './files';
import { linesOf } from './lines';
import { readRecord } from './record';

/** Of a file of records, so much is looked at for names of pictures. Bytes. */
const MOST_RECORDS_BYTES = 64 * 1024 * 1024;

/** Captions: text files beside pictures of their name, and records that name pictures. */
export async function captionsIn(
  files: readonly GivenFile[],
): Promise<Captions & { readonly isCaption: (path: string) => boolean }> {
  const byPath = new Map(files.map((given) => [given.path, given]));
  const base = (path: string): string => path.replace(/\.[^./]+$/, '');
  const pictures = files.filter(({ path }) => isPicturePath(path));
  const bases = new Set(pictures.map(({ path }) => base(path)));
  const isCaption = (path: string): boolean => /\.(?:txt|caption)$/i.test(path) && bases.has(base(path));
  const named = new Set<string>();
  for (const { path, file } of pictures.length > 0 ? files : []) {
    if (!/\.(?:jsonl|ndjson)$/i.test(path) || file.size > MOST_RECORDS_BYTES) continue;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    for await (const line of linesOf(file)) {
      const picture = readRecord(line)?.picture;
      if (picture && byPath.has(folder + picture)) named.add(folder + picture);
    }
  }
  return {
    isCaption,
    isNamed: (path) => named.has(path),
    pictureAt: (path) => byPath.get(path) ?? null,
    async captionOf(path) {
      const beside = byPath.get(`${base(path)}.txt`) ?? byPath.get(`${base(path)}.caption`);
      return (await beside?.file.text())?.trim() || null;
    },
  };
}
