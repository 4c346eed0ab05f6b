/** Rows of the open set as runs, read whole one at a time. Rows that could not be read are left out. */
import type { RunsToExport } from '@/lib/export';
import type { SetRow } from '@/lib/formats';
import { mainSet } from './set-store';

export function rowsToExport(rows: readonly SetRow[]): RunsToExport {
  const read = rows.filter(({ problem }) => problem === undefined);
  return {
    count: read.length,
    async *each() {
      for (const { index } of read) {
        const row = await mainSet.readSetRow(index);
        if ('run' in row) yield { run: row.run, files: row.files };
      }
    },
  };
}
