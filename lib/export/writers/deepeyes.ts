/**
 * Rows of DeepEyes' evaluation with the pictures they name, as a zip: `results.jsonl` beside `images`. Readers of that format take boxes as
 * pixels of the picture; the run itself lies in each row, so that Loupe opens the very run.
 */
import { mainPicture, writeDeepEyesLine } from '@/lib/trajectory';
import type { Writer } from '../contract';
import { endingOf, runName, setName } from '../file-names';
import { createZip, unused } from '../zip-file';

export const writeDeepEyes: Writer = async (runs, _, progress) => {
  const zip = createZip();
  const lines: string[] = [];
  const names = new Map<string, string>();
  const taken = new Set<string>();
  let name = setName(runs.count);
  for await (const { run, files } of runs.each()) {
    progress(lines.length, runs.count);
    if (runs.count === 1) name = runName(run);
    for (const [hash, file] of files) {
      if (names.has(hash)) continue;
      const own = run.pictures.flatMap((one) =>
        one.from !== 'view' && one.file.hash === hash ? [one.file.name] : [],
      )[0];
      const path = unused(taken, plainName(own ?? '') || `${hash.slice(0, 12)}.${endingOf(file.type)}`);
      names.set(hash, path);
      await zip.add(`images/${path}`, file);
    }
    const line = writeDeepEyesLine(run, { answer: run.truth?.answers[0] ?? '', right: null });
    const { hash = null } = mainPicture(run)?.file ?? {};
    const image = hash === null ? undefined : names.get(hash);
    // The name under which the picture lies beside it, where two went by the same.
    lines.push(`${image === undefined ? line : JSON.stringify({ ...(JSON.parse(line) as object), image })}\n`);
  }
  await zip.add('results.jsonl', lines.join(''));
  return { name: `${name}-deepeyes.zip`, blob: await zip.end() };
};

function plainName(name: string): string {
  return name
    .replace(/^.*[\\/]/, '')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '_')
    .slice(-80);
}
