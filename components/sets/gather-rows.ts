/** Rows of the set read whole, one after the other, to be shared as one. Rows that cannot be read are left out. */
import type { SetRow } from '@/lib/formats';
import type { ShareSource } from '@/lib/share';
import type { FileHash, Trajectory } from '@/lib/trajectory';
import { mainSet } from './set-store';

/** A link holds no more runs. */
export const MOST_SHARED = 500;

export interface Gathering {
  readonly rows: readonly SetRow[];
  readonly signal: AbortSignal;
  readonly onProgress: (rows: number) => void;
}

async function* readRows({ rows, signal, onProgress }: Gathering) {
  for (const [at, { index }] of rows.entries()) {
    signal.throwIfAborted();
    const row = await mainSet.readSetRow(index);
    onProgress(at + 1);
    if (!('problem' in row)) yield row;
  }
}

/** Null where none of the rows can be read. @throws the signal's reason when stopped */
export async function sourceOfRows(name: string, gathering: Gathering): Promise<ShareSource | null> {
  const runs: Trajectory[] = [];
  const files = new Map<FileHash, Blob>();
  for await (const row of readRows(gathering)) {
    runs.push(row.run);
    for (const [hash, file] of row.files) files.set(hash, file);
  }
  const [trajectory, ...more] = runs;
  if (!trajectory) return null;
  return { trajectory, more, title: name, picture: (hash) => Promise.resolve(files.get(hash) ?? null) };
}
