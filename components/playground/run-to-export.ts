/** The run on screen, with what is here of its pictures. */
import type { RunsToExport } from '@/lib/export';
import { hashesOf, type Trajectory } from '@/lib/trajectory';

export function runToExport(run: Trajectory, fileOf: (hash: string) => Promise<Blob | null>): RunsToExport {
  return {
    count: 1,
    async *each() {
      const files = new Map<string, Blob>();
      for (const hash of hashesOf(run)) {
        const file = await fileOf(hash);
        if (file) files.set(hash, file);
      }
      yield { run, files };
    },
  };
}
