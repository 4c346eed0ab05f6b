/** Agents' logs: ATIF, alone, in an archive, in a chain, and what only calls itself so; Inspect, as JSON and as an archive. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor, type Trajectory } from '@/lib/trajectory';
import { atifChain, atifOdd, atifRun, inspectHeader, inspectJson, inspectSample } from '../fixtures/logs';
import { openSet, readRow, runOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';

const kinds = (run: Trajectory) => run.steps.map(({ type }) => type).join(' ');
const codes = ({ notes }: { readonly notes: readonly { readonly code: string }[] }) => notes.map(({ code }) => code);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const urlOf = async (blob: Blob) => `data:image/png;base64,${Buffer.from(await bytesOf(blob)).toString('base64')}`;
const zipOf = (files: Readonly<Record<string, string | Uint8Array>>) =>
  new Blob([
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [
          name,
          typeof content === 'string' ? strToU8(content) : content,
        ]),
      ),
    ) as Uint8Array<ArrayBuffer>,
  ]);

describe('ATIF', () => {
  it.each(['ATIF-v1.0', 'ATIF-v1.4', 'ATIF-v1.7', 'ATIF-v1.8'])(
    '%s in an archive, pictures by relative paths',
    async (version) => {
      const set = await openSet({
        'run.zip': zipOf({
          'run/trajectory.json': JSON.stringify(atifRun('images/./sign.png', { schema_version: version })),
          'run/images/sign.png': await bytesOf(pictureOf(1000, 800)),
        }),
      });
      expect(set.files).toMatchObject([{ format: 'atif', records: 1 }]);
      const opened = await runOf(set, 0);
      const { run } = opened;
      expect(codes(opened)).not.toContain('not-quite-atif');
      expect(kinds(run)).toBe('think think call result answer');
      expect(run.pictures[0]).toMatchObject({ from: 'file', width: 1000, height: 800 });
      expect(boxesAt(run, lastCursor(run)).map(({ cut }) => cut)).toEqual([{ x1: 100, y1: 200, x2: 300, y2: 400 }]);
      expect(run.models).toMatchObject([{ name: 'Qwen/Qwen3-VL-8B-Instruct' }]);
      expect(run.usage.map(({ outputTokens }) => outputTokens)).toEqual([50, 3]);
      expect(readRow(set.rows[0]).facts.tokens).toBe(53);
    },
  );

  it('holds a data URL where a path should be', async () => {
    const set = await openSet({ 'trajectory.json': JSON.stringify(atifRun(await urlOf(pictureOf(640, 480)))) });
    const { run, files } = await runOf(set, 0);
    expect(run.pictures[0]).toMatchObject({ width: 640, height: 480 });
    expect(files.size).toBe(1);
  });

  it('goes on in other files, whose copied context is told once', async () => {
    const set = await openSet(
      Object.fromEntries(Object.entries(atifChain).map(([name, run]) => [`log/${name}`, JSON.stringify(run)])),
    );
    const row = set.rows.findIndex((one) => set.files[one.file]?.path === 'log/trajectory.json');
    const opened = await runOf(set, row);
    expect(codes(opened)).toEqual(expect.arrayContaining(['continued-in', 'copied-steps']));
    expect(opened.run.given).toEqual([{ text: 'Hello?' }]);
    expect(
      opened.run.steps.map((step) => (step.type === 'said' ? step.parts : step.type === 'answer' ? step.text : '')),
    ).toEqual(['Wait.', [{ text: 'And now?' }], 'Yes.']);
    const alone = await openSet({ 'trajectory.json': JSON.stringify(atifChain['trajectory.json']) });
    expect(codes(await runOf(alone, 0))).toContain('continuation-missing');
  });

  it('that calls itself 1.4: a result before its call is shown after it', async () => {
    const opened = await runOf(await openSet({ 'a.json': JSON.stringify(atifOdd) }), 0);
    expect(codes(opened)).toEqual(expect.arrayContaining(['not-quite-atif', 'results-before-calls']));
    expect(kinds(opened.run)).toBe('think call result answer');
    expect(opened.run.steps[2]).toMatchObject({ parts: [{ text: 'a.txt' }] });
    expect(opened.run.steps[1]).toMatchObject({ tool: 'Bash' });
  });
});

describe('Inspect', () => {
  const check = (run: Trajectory) => {
    expect(run.systemPrompt).toBe('Answer in a word.');
    expect(run.given).toMatchObject([{ text: 'What is this?' }, { picture: 'p1' }]);
    expect(run.pictures[0]).toMatchObject({ width: 640, height: 480 });
    expect(kinds(run)).toBe('think call result answer');
    expect(run.models).toMatchObject([{ name: 'openai/gpt-x' }]);
    expect(run.createdAt).toBe('2026-02-03T04:05:06+00:00');
  };

  it('JSON: attachments stand where they are named', async () => {
    const set = await openSet({ 'log.json': JSON.stringify(inspectJson(await urlOf(pictureOf(640, 480)))) });
    expect(set.files[0]?.format).toBe('inspect');
    check((await runOf(set, 0)).run);
    expect(readRow(set.rows[0]).facts).toMatchObject({
      kind: 'images',
      wanted: ['bike', 'bicycle'],
      verdict: { right: true, by: 'file', ours: true },
      tokens: 3,
    });
  });

  it('an archive: a run for each sample, none for what lies beside them', async () => {
    const picture = await urlOf(pictureOf(640, 480));
    const set = await openSet({
      'log.eval': zipOf({
        '_journal/start.json': JSON.stringify(inspectHeader),
        '_journal/summaries/1.json': JSON.stringify([{ id: 1, epoch: 1, input: 'x', target: 'y' }]),
        'samples/1_epoch_1.json': JSON.stringify(inspectSample(picture)),
        'samples/1_epoch_2.json': JSON.stringify(
          inspectSample(picture, { epoch: 2, scores: { match: { value: 'I' } } }),
        ),
        'summaries.json': JSON.stringify([{ id: 1, epoch: 1, input: 'x', target: 'y' }]),
        'reductions.json': JSON.stringify([{ scorer: 'match', samples: [] }]),
        'header.json': JSON.stringify(inspectHeader),
      }),
    });
    expect(set.unread).toEqual([]);
    expect(set.rows.map((row) => readRow(row).facts.verdict.right)).toEqual([true, false]);
    check((await runOf(set, 0)).run);
  });

  it('a sample that broke off: its last question and answer, each message kept once in a pool', async () => {
    const asked = { role: 'user', content: 'What is this?' };
    const answered = { role: 'assistant', content: 'A bike' };
    const sample = inspectSample('', {
      messages: [],
      events_data: { messages: [{ role: 'system', content: 'Look.' }, asked] },
      events: [
        { event: 'model', input: [], input_refs: [[1, 2]], output: { choices: [] } },
        { event: 'model', input: [], input_refs: [[0, 2]], output: { choices: [{ message: answered }] } },
        { event: 'state' },
      ],
    });
    const set = await openSet({ 'log.json': JSON.stringify({ ...inspectHeader, samples: [sample] }) });
    expect((await runOf(set, 0)).run).toMatchObject({
      systemPrompt: 'Look.',
      given: [{ text: 'What is this?' }],
      steps: [{ type: 'answer', text: 'A bike' }],
    });
  });

  it('says why a sample failed', async () => {
    const sample = inspectSample('', { error: { message: 'Sandbox died', traceback: '' } });
    const { run } = await runOf(
      await openSet({ 'log.json': JSON.stringify({ ...inspectHeader, samples: [sample] }) }),
      0,
    );
    expect(run).toMatchObject({ status: 'failed', stop: { message: 'Sandbox died' } });
  });
});
