/** Files in RealX-Bench's layout as scenes: the rows of each picture together, under the picture's own name. */
import { readRealX, sceneOfRealX, type RealXRow } from '@/lib/scene';
import type { BenchScene, DataFile, DataProblem } from './data-set';

/** The rows of a file of lines or of a list; null where none of them is of this layout. */
export function realXRows(text: string): readonly RealXRow[] | null {
  const rows = recordsIn(text).flatMap((record) => readRealX(record) ?? []);
  return rows.length > 0 ? rows : null;
}

function recordsIn(text: string): readonly unknown[] {
  const one = parsed(text);
  if (Array.isArray(one)) return one as readonly unknown[];
  return text.split('\n').map(parsed);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

interface Found {
  readonly file: DataFile;
  readonly width: number;
  readonly height: number;
}

/** @param find a picture with its size by the name that a row has for it; null where it is not there, or is no picture */
export async function scenesOfRealX(
  rows: readonly RealXRow[],
  path: string,
  find: (image: string) => Promise<Found | null>,
): Promise<{ readonly scenes: readonly BenchScene[]; readonly problems: readonly DataProblem[] }> {
  const byImage = new Map<string, { readonly row: RealXRow; readonly id: string }[]>();
  for (const [at, row] of rows.entries()) {
    byImage.set(row.image, [...(byImage.get(row.image) ?? []), { row, id: `x${at + 1}` }]);
  }
  const scenes: BenchScene[] = [];
  const problems: DataProblem[] = [];
  for (const [image, asked] of byImage) {
    const found = await find(image);
    if (!found) {
      problems.push({ file: path, reason: { code: 'no-picture', params: { name: image } } });
      continue;
    }
    const { file, width, height } = found;
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const made = sceneOfRealX(
      asked.map(({ row }) => row),
      asked.map(({ id }) => id),
      { image: name, width, height },
    );
    if (made.ok) scenes.push({ name: file.path.replace(/\.[^./]+$/, ''), scene: made.scene, readPicture: file.read });
    else problems.push({ file: path, reason: { code: 'not-the-format', params: { detail: made.problem } } });
  }
  return { scenes, problems };
}
