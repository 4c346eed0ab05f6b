/** What of the library is taken out: what is selected, or that with all its branches. */
import { runsReadBy, type ExportScope } from '@/lib/export';
import { familyOf, type LoadedRun, type RunSummary } from '@/lib/library';

export function scopesOfSelection(
  runs: readonly RunSummary[],
  chosen: readonly string[],
  readWhole: (id: string) => Promise<LoadedRun | null>,
): readonly ExportScope[] {
  const tags = new Map(runs.map((run) => [run.id, run.tags]));
  const reading = (ids: readonly string[]) =>
    runsReadBy(ids, async (id) => {
      const loaded = await readWhole(id);
      return loaded && { run: loaded.trajectory, files: loaded.files, tags: tags.get(id) ?? [] };
    });
  const families = new Set(chosen.flatMap((id) => familyOf(runs, id).map(({ run }) => run.id)));
  return [
    { id: 'selection', runs: reading(chosen) },
    ...(families.size > chosen.length ? [{ id: 'tree' as const, runs: reading([...families]) }] : []),
  ];
}
