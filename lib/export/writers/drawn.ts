/** Pictures of runs: a sheet, a moving picture. One run is the file itself, several are a zip of them. */
import type { Drawing, RunToExport, Writer } from '../contract';
import { endingOf, runName, setName } from '../file-names';
import { createZip, type ZipFile } from '../zip-file';

const drawn =
  (draw: (drawing: Drawing, run: RunToExport) => Promise<Blob>): Writer =>
  async (runs, { drawing }, progress) => {
    let zip: ZipFile | null = null;
    let done = 0;
    for await (const one of runs.each()) {
      progress(done, runs.count);
      done += 1;
      const blob = await draw(drawing, one);
      const name = `${runName(one.run)}.${endingOf(blob.type)}`;
      if (runs.count === 1) return { name, blob };
      zip ??= createZip();
      await zip.add(name, blob);
    }
    return { name: `${setName(runs.count)}.zip`, blob: await (zip ?? createZip()).end() };
  };

export const writeSheet = drawn((drawing, run) => drawing.sheet(run));
export const writeAnimation = drawn((drawing, run) => drawing.animation(run));
