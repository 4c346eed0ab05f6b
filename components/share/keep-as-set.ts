/** Keeps a set that was shared as one in this browser, as files that the page of sets opens. Its code comes when it is asked for. */
import type { SharedRun } from '@/lib/share';

const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** @returns the id it is kept under. @throws where the browser keeps nothing */
export async function keepAsSet(
  { trajectory, more, images }: Pick<SharedRun, 'trajectory' | 'more' | 'images'>,
  name: string,
): Promise<string> {
  const { createKeptSets } = await import('@/lib/formats');
  const runs = [trajectory, ...more];
  const lines = runs.map((run) => `${JSON.stringify(run)}\n`);
  // The reader of our own runs looks for pictures by their hashes.
  const pictures = [...images].map(([hash, file]) => ({
    path: `pictures/${hash}.${ENDINGS[file.type] ?? 'bmp'}`,
    file,
  }));
  const id = crypto.randomUUID();
  await createKeptSets().keep({ id, name, rows: runs.length }, [
    { path: 'runs.jsonl', file: new Blob(lines) },
    ...pictures,
  ]);
  return id;
}
