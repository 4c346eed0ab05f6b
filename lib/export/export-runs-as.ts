/** Writes runs as one file, in the page. */
import { EXPORTS } from './all';
import { ExportError, type ExportedFile, type ExportId, type Progress, type RunsToExport } from './contract';

/** Throws `ExportError`. */
export async function exportRunsAs(id: ExportId, runs: RunsToExport, progress: Progress): Promise<ExportedFile> {
  const load = EXPORTS.find((one) => one.id === id)?.load;
  try {
    const [write, { drawing }] = await Promise.all([load?.(), import('./draw/drawing')]);
    if (!write) throw new ExportError('failed');
    return await write(runs, { drawing, fetchPart }, progress);
  } catch (error) {
    throw error instanceof ExportError ? error : new ExportError('failed', { cause: error });
  }
}

async function fetchPart(path: string): Promise<ArrayBuffer> {
  const answer = await fetch(path);
  if (!answer.ok) throw new ExportError('part-missing');
  return answer.arrayBuffer();
}
