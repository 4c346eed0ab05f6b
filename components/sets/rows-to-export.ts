/** Rows of the open set as runs, read whole one at a time. Rows that could not be read are left out. */
import { branchScopes, runsReadBy, type ExportScope, type RunToExport } from '@/lib/export';
import type { ReadRow, SetRow } from '@/lib/formats';
import { mainSet } from './set-store';

async function readRow({ index }: Pick<ReadRow, 'index'>): Promise<RunToExport | null> {
  const row = await mainSet.readSetRow(index);
  return 'run' in row ? { run: row.run, files: row.files } : null;
}

const wasRead = (row: SetRow): row is ReadRow => row.problem === undefined;

/** @param shown those that the filters let through */
export function scopesOfSet(rows: readonly SetRow[], shown: readonly SetRow[]): readonly ExportScope[] {
  const set = { id: 'set', runs: runsReadBy(rows.filter(wasRead), readRow) } as const;
  return shown.length < rows.length ? [{ id: 'shown', runs: runsReadBy(shown.filter(wasRead), readRow) }, set] : [set];
}

export function scopesOfRow(rows: readonly SetRow[], row: ReadRow): readonly ExportScope[] {
  const kin = rows.filter(wasRead).map(({ index, facts }) => ({ index, id: facts.id, parentId: facts.parent }));
  return [
    { id: 'run', runs: runsReadBy([row], readRow) },
    ...branchScopes(kin, row.facts.id, readRow),
    { id: 'set', runs: runsReadBy(rows.filter(wasRead), readRow) },
  ];
}
