/**
 * Other people's files, where a folder of them is named by LOUPE_REAL_FILES: every record is read or says why not, no run is unsound, and what
 * is known of some of them holds. Skipped elsewhere; nothing of them is kept here.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor } from '@/lib/trajectory';
import { openSet, readRow, runOf } from './fixtures/opened';
import { isPicturePath } from './picture-name';

const folder = process.env['LOUPE_REAL_FILES'] ?? '';

function filesUnder(at: string): readonly string[] {
  return readdirSync(at).flatMap((name) => {
    const path = join(at, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

const files = folder === '' ? [] : filesUnder(folder).filter((path) => !/\.md$/.test(path));
const blobOf = (path: string) => new Blob([readFileSync(path)]);
const find = (name: string) => files.find((path) => path.endsWith(name));

describe.skipIf(files.length === 0)('real files', () => {
  const others = files.filter((path) => !isPicturePath(path));
  it.each(others.map((path) => [relative(folder, path), path]))('%s', async (name, path) => {
    const set = await openSet({ [name]: blobOf(path) });
    expect(set.rows.length + set.unread.length).toBeGreaterThan(0);
    for (const row of set.rows) {
      if (row.problem === undefined) await expect(runOf(set, row.index)).resolves.toBeDefined();
    }
  });

  it.skipIf(!find('official_direct_attributes_tmp_acc.first60.jsonl'))(
    'an official file: all of its 60 rows show their boxes',
    async () => {
      const set = await openSet({ 'a.jsonl': blobOf(find('official_direct_attributes_tmp_acc.first60.jsonl')!) });
      expect(set.rows).toHaveLength(60);
      for (const row of set.rows) {
        const { run } = await runOf(set, row.index);
        expect(boxesAt(run, lastCursor(run)).filter(({ cut }) => cut !== null)).toHaveLength(1);
        expect(readRow(row).facts.verdict.right).not.toBeNull();
      }
    },
  );

  const real = async (name: string) => openSet({ [name]: blobOf(find(name)!) });

  it.skipIf(!find('openagents_nonconforming_1.4.json'))('ATIF that is none: every call has its result', async () => {
    const { run } = await runOf(await real('openagents_nonconforming_1.4.json'), 0);
    const calls = run.steps.filter(({ type }) => type === 'call');
    expect(calls).toHaveLength(5);
    expect(run.steps.filter(({ type }) => type === 'result')).toHaveLength(5);
    expect(run.steps.at(-1)?.type).toBe('result');
  });

  it.skipIf(!find('log_images.json'))('Inspect: a picture that stands among the attachments', async () => {
    const { run, files: bytes } = await runOf(await real('log_images.json'), 0);
    expect(run.pictures).toMatchObject([{ width: 34, height: 30 }]);
    expect(bytes.size).toBe(1);
    expect(run.systemPrompt).toMatch(/^\s*For the following exercise/);
  });

  it.skipIf(!find('log_message_deduplication.eval'))('Inspect: an archive is one row a sample', async () => {
    const set = await real('log_message_deduplication.eval');
    expect(set.unread).toEqual([]);
    expect(set.rows).toHaveLength(1);
    expect(readRow(set.rows[0]).facts).toMatchObject({ calls: 5, answer: 'done' });
  });

  it.skipIf(!find('mllm_demo.json'))('LLaMA-Factory: the same picture twice is one', async () => {
    for (const name of ['mllm_demo.json', 'v1_multimodal_demo.jsonl']) {
      const { run } = await runOf(await real(name), 0);
      expect(run.pictures).toHaveLength(1);
      expect(run.steps.map(({ type }) => type)).toEqual(['answer', 'said', 'answer']);
    }
  });

  it.skipIf(!find('eval_poem_task.first10.jsonl'))('RL Logging Board: rows without tokens', async () => {
    const set = await real('eval_poem_task.first10.jsonl');
    expect(set.rows.map((row) => readRow(row).facts.trainingStep)).toEqual(Array(10).fill(0));
    expect(set.rows.every((row) => readRow(row).facts.rewards.told !== null)).toBe(true);
  });

  it.skipIf(!find('chatgpt-export/export.zip'))('ChatGPT: an export with a branch and crops', async () => {
    const path = find('chatgpt-export/export.zip')!;
    const set = await openSet({ 'export.zip': blobOf(path) });
    expect(set.rows).toHaveLength(2);
    const { run, wanted } = await runOf(set, 0);
    expect(wanted).toEqual([]);
    const [one, two] = boxesAt(run, lastCursor(run));
    expect([one?.cut, two?.cut]).toEqual([
      { x1: 980, y1: 1150, x2: 1500, y2: 1700 },
      { x1: 870, y1: 1020, x2: 1650, y2: 1820 },
    ]);
    expect(JSON.stringify(run)).not.toContain('never show');
    expect((await runOf(set, 1)).run.parent?.runId).toBe(run.id);
    // Without its picture the same boxes, in pixels of the size that the export tells.
    const alone = (await runOf(await real('chatgpt-export/conversations.json'), 0)).run;
    expect(boxesAt(alone, lastCursor(alone)).map(({ cut }) => cut?.x1)).toEqual([490, 435]);
  });

  it.skipIf(!find('made_session.jsonl'))('Claude Code, Codex, AI Studio: the sign, where it is', async () => {
    const sign = { x1: 1000, y1: 380, x2: 1280, y2: 560 };
    for (const name of ['made_session.jsonl', 'made_view_image.rollout.jsonl', 'made_prompt_without_extension']) {
      const { run } = await runOf(
        await openSet({ [name]: blobOf(find(name)!), 'made.png': blobOf(find('made_picture.png')!) }),
        0,
      );
      expect(run.steps.at(-1)).toMatchObject({ type: 'answer', text: 'The green sign says "SIGN 42".' });
      if (name.startsWith('made_prompt')) continue;
      for (const { asked } of boxesAt(run, lastCursor(run))) expect(asked).toEqual(sign);
    }
  });

  /** A folder as it lies, so that a request finds its reply. */
  const together = (folderName: string, name: RegExp = /./) =>
    openSet(
      Object.fromEntries(
        files
          .filter((path) => path.includes(`/${folderName}/`) && name.test(path))
          .map((path) => [`${folderName}/${path.split('/').at(-1)}`, blobOf(path)]),
      ),
    );
  const EXCHANGE = /tool_result_images/;
  const APIS = ['openai-responses', 'openai-chat', 'mistral', 'anthropic', 'bedrock', 'gemini', 'gemini-2.5', 'vertex'];

  it.skipIf(!find('mistral/tool_result_images.2.request.json'))(
    'the same exchange over many APIs: one run each, the same picture between the same words',
    async () => {
      const told = await Promise.all(
        APIS.map(async (api) => {
          const set = await together(api, EXCHANGE);
          expect(set.rows, api).toHaveLength(1);
          const { run, files: bytes, wanted } = await runOf(set, 0);
          expect([bytes.size, wanted.length], api).toEqual([1, 0]);
          const carried = run.steps.filter((step) => step.type === 'result' && step.refused === null);
          return [
            run.given,
            carried.map((step) => (step.type === 'result' ? step.parts : [])),
            run.pictures.map(({ from, width, height }) => [from, width, height]),
            run.steps.at(-1)?.type,
          ];
        }),
      );
      for (const [index, api] of APIS.entries()) expect(told[index], api).toEqual(told[0]);
      expect(told[0]?.[1]).toEqual([
        [{ text: 'Here is the image:' }, { picture: 'p1', seen: null }, { text: '{"pydantic_ai_marker":"test_42"}' }],
      ]);
    },
  );

  it.skipIf(!find('agentic_vision_zoom.response.json'))(
    'Gemini looks closer by code: its box, two pictures in their order',
    async () => {
      const { run, wanted } = await runOf(await together('gemini', /agentic_vision/), 0);
      expect(run.steps.map(({ type }) => type)).toEqual(['call', 'result', 'call', 'result', 'answer']);
      expect(run.steps[0]).toMatchObject({
        asked: { frame: 'thousandths', order: 'yxyx', by: 'file', box: { x1: 160, y1: 270, x2: 315, y2: 415 } },
        place: { picture: 'p1' },
      });
      expect(run.pictures.map(({ from, width }) => [from, width])).toEqual([
        ['file', 1000],
        ['call', 387],
        ['call', 387],
      ]);
      expect(wanted.map(({ picture }) => picture)).toEqual(['p1']);
    },
  );

  it.skipIf(!find('made_computer_zoom.request.json'))(
    'Anthropic: both forms of its zoom are of the screenshot',
    async () => {
      for (const name of ['made_computer_zoom.request.json', 'made_computer_toolset_zoom.request.json']) {
        const { run } = await runOf(await real(name), 0);
        const boxes = boxesAt(run, lastCursor(run));
        expect(boxes).toMatchObject([{ picture: 'p1', asked: { x1: 1000, y1: 380, x2: 1280, y2: 560 } }]);
        expect(run.pictures.map(({ width, height }) => [width, height])).toEqual([
          [1344, 621],
          [1120, 720],
        ]);
      }
    },
  );

  it.skipIf(!find('code_interpreter_image_stream.1.response.sse'))(
    'Responses: code and what it drew, as a stream too',
    async () => {
      const set = await together('openai-responses', /code_interpreter_image/);
      expect(set.rows).toHaveLength(2);
      const steps = await Promise.all(
        set.rows.map(async ({ index }) => (await runOf(set, index)).run.steps.map(({ type }) => type)),
      );
      expect(steps).toEqual([
        ['call', 'result', 'answer', 'said', 'call', 'result', 'answer'],
        ['call', 'result', 'answer'],
      ]);
    },
  );

  it.skipIf(!find('image_process_grounding.events.ndjson'))(
    'Ark: six boxes of one call, and a call that failed',
    async () => {
      const { run } = await runOf(await real('image_process_grounding.events.ndjson'), 0);
      expect(run.steps.flatMap((step) => (step.type === 'think' ? (step.marks ?? []) : []))).toHaveLength(6);
      const failed = await runOf(await real('image_process_zoom_failed.items.json'), 0);
      expect(failed.run.steps.at(-1)).toMatchObject({ type: 'result', refused: { told: 'invalid image index' } });
    },
  );

  it.skipIf(!find('sdk5_otlp_export.json'))('Langfuse: a crop is found by its hash', async () => {
    const picture = files.find((path) => path.endsWith('made_picture.png'));
    const set = await openSet({
      'a.json': blobOf(find('sdk5_otlp_export.json')!),
      ...(picture && { 'x.png': blobOf(picture) }),
    });
    const opened = await runOf(set, 1);
    expect(opened.run.steps).toMatchObject([{ type: 'call', tool: 'zoom' }, { type: 'result' }]);
    expect(opened.files.size).toBe(1);
  });

  it.skipIf(!find('pydantic_ai_v4.spans.jsonl'))(
    'OpenTelemetry: four spans of one conversation are one run',
    async () => {
      for (const name of ['pydantic_ai_v2.spans.jsonl', 'pydantic_ai_v4.spans.jsonl']) {
        const set = await real(name);
        expect(set.rows).toHaveLength(1);
        const { run } = await runOf(set, 0);
        expect(run.steps.map(({ type }) => type)).toEqual(['call', 'result', 'answer']);
        expect(boxesAt(run, lastCursor(run))).toMatchObject([{ picture: 'p1', asked: { x1: 1000, y1: 380 } }]);
      }
    },
  );

  it.skipIf(!find('langsmith/runs.jsonl'))(
    'LangSmith, Phoenix, MLflow: the conversation that the bodies hold',
    async () => {
      const kept = [
        'langsmith/runs.jsonl',
        'anthropic.spans.jsonl',
        'openai_chat.spans.jsonl',
        'openai_responses.spans.jsonl',
        'mlflow/traces.json',
      ];
      for (const name of kept) {
        const set = await openSet({ 'a.json': blobOf(find(name)!) });
        const { run } = await runOf(set, 0);
        const result = run.steps.find((step) => step.type === 'result');
        expect(result?.parts, name).toMatchObject([{ text: 'Here is the image:' }, { picture: 'p1' }, {}]);
        expect(run.steps.at(-1)?.type, name).toBe('answer');
      }
      const { notes } = await runOf(await real('openai_chat_big_image_redacted.spans.jsonl'), 0);
      expect(notes).toMatchObject([{ code: 'pictures-redacted' }]);
    },
  );
});
