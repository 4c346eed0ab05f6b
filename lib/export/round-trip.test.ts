/** What is written is read again by the app's own readers: Loupe's files are the very run, foreign ones keep boxes, text and order. */
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { area } from '@/lib/geometry';
import { openSet, runOf } from '@/lib/formats/fixtures/opened';
import { rootPlace, writeDeepEyesLine, type Part, type Trajectory } from '@/lib/trajectory';
import { goldenNames, goldenRun } from '@/lib/trajectory/fixtures/golden-run';
import { withFiles, written } from './fixtures/tools';
import type { ExportedFile, RunToExport } from './contract';
import { writeAtif } from './writers/atif';
import { writeDeepEyes } from './writers/deepeyes';
import { writeNative, writeWithoutPictures } from './writers/native';
import { writeOpenAi } from './writers/openai';

async function opened(file: ExportedFile) {
  const set = await openSet({ [file.name]: file.blob });
  expect(set.unread).toEqual([]);
  return Promise.all(set.rows.map(async (_, index) => runOf(set, index)));
}

type Said = readonly [string, string] | readonly [string, ...number[]];

/** What was thought, asked for and answered, in order: boxes in pixels of the picture they lie in. */
function gist(run: Trajectory): readonly Said[] {
  return run.steps.flatMap((step): readonly Said[] => {
    if (step.type === 'think' || step.type === 'answer') return [[step.type, step.text.trim()]];
    if (step.type !== 'call') return [];
    const place = step.place && rootPlace(run.pictures, step.place);
    // Of a box that has no area, and was refused, readers keep what was written.
    if (!place || !(area(place.box) > 0)) return [['call', step.tool]];
    const { x1, y1, x2, y2 } = place.box;
    return [['box', ...[x1, y1, x2, y2].map((edge) => Math.round(edge))]];
  });
}

function told(run: Trajectory): readonly string[] {
  const texts = (parts: readonly Part[]) => parts.flatMap((part) => ('text' in part ? [part.text.trim()] : []));
  return [...texts(run.given), ...run.steps.flatMap((step) => (step.type === 'said' ? texts(step.parts) : []))];
}

const ALL = goldenNames();
const runs = (): Promise<readonly RunToExport[]> => Promise.all(ALL.map((name) => withFiles(goldenRun(name))));

describe('Loupe’s own', () => {
  test.each(ALL)('%s comes back as the very run, with its pictures', async (name) => {
    const one = await withFiles(goldenRun(name));
    const [back] = await opened(await written(writeNative, one));
    expect(back?.run).toEqual(one.run);
    expect([...(back?.files.keys() ?? [])]).toEqual([...one.files.keys()]);
    const [bare] = await opened(await written(writeWithoutPictures, one));
    expect(bare?.run).toEqual(one.run);
    expect(bare?.files.size).toBe(0);
  });

  test('several are one file', async () => {
    const all = await runs();
    const back = await opened(await written(writeNative, ...all));
    expect(back.map(({ run }) => run)).toEqual(all.map(({ run }) => run));
  });

  test('in rows of DeepEyes the very run lies beside what other readers take', async () => {
    const all = await runs();
    const file = await written(writeDeepEyes, ...all);
    const back = await opened(file);
    expect(back.map(({ run }) => run)).toEqual(all.map(({ run }) => run));
    const entries = unzipSync(new Uint8Array(await file.blob.arrayBuffer()));
    expect(Object.keys(entries).filter((name) => name.startsWith('images/')).length).toBe(
      new Set(all.flatMap(({ files }) => [...files.keys()])).size,
    );
  });
});

describe('foreign formats keep boxes, text and order', () => {
  test.each(ALL)('OpenAI messages: %s', async (name) => {
    const one = await withFiles(goldenRun(name));
    const [back] = await opened(await written(writeOpenAi, one));
    expect(gist(back!.run)).toEqual(gist(one.run));
    expect(told(back!.run)).toEqual(expect.arrayContaining([...told(one.run)]));
    expect(back!.run.models[0]?.name).toBe(one.run.models[0]?.name);
  });

  test.each(ALL)('ATIF: %s', async (name) => {
    const one = await withFiles(goldenRun(name));
    const [back] = await opened(await written(writeAtif, one));
    expect(gist(back!.run)).toEqual(gist(one.run));
    expect(told(back!.run)).toEqual(told(one.run));
  });

  test('several runs in an ATIF archive are several runs', async () => {
    const all = await runs();
    const back = await opened(await written(writeAtif, ...all));
    expect(back.map(({ run }) => gist(run))).toEqual(all.map(({ run }) => gist(run)));
  });

  test('a row of DeepEyes without our own part', async () => {
    const one = await withFiles(goldenRun(ALL.find((name) => name.startsWith('2-')) ?? ''));
    const { loupe: _, ...row } = JSON.parse(writeDeepEyesLine(one.run, { answer: 'A', right: null })) as Record<
      string,
      unknown
    >;
    expect(row).not.toHaveProperty('acc');
    const [file] = one.files.values();
    const set = await openSet({ 'results.jsonl': JSON.stringify(row), [String(row['image'])]: file! });
    const back = await runOf(set, 0);
    expect(gist(back.run).filter(([kind]) => kind === 'answer')).toEqual(
      gist(one.run).filter(([kind]) => kind === 'answer'),
    );
  });
});
