/** What can be taken out where a run is on screen: it as it is now, with what is here of its pictures, and its branches as they are kept. */
import { branchScopes, runsReadBy, type ExportScope } from '@/lib/export';
import type { Session } from '@/lib/session';
import { hashesOf, type Trajectory } from '@/lib/trajectory';

export function scopesOfRun(
  run: Trajectory,
  { actions, getState }: Pick<Session, 'actions' | 'getState'>,
): readonly ExportScope[] {
  const shown = async () => {
    const files = new Map<string, Blob>();
    for (const hash of hashesOf(run)) {
      const file = await actions.fileOf(hash);
      if (file) files.set(hash, file);
    }
    return { run, files };
  };
  return [
    { id: 'run', runs: runsReadBy([run], shown) },
    ...branchScopes(getState().runs, run.id, async ({ id, tags }) => {
      const loaded = await actions.readWhole(id);
      return loaded && { run: loaded.trajectory, files: loaded.files, tags };
    }),
  ];
}
