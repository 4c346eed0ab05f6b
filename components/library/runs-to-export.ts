/** Kept runs, read one at a time. */
import type { RunsToExport } from '@/lib/export';
import type { LoadedRun } from '@/lib/library';

export function runsOf(ids: readonly string[], read: (id: string) => Promise<LoadedRun | null>): RunsToExport {
  return {
    count: ids.length,
    async *each() {
      for (const id of ids) {
        const loaded = await read(id);
        if (loaded) yield { run: loaded.trajectory, files: loaded.files };
      }
    },
  };
}
