/** Exports of observability tools: the conversation in them is that of the bodies they kept, whatever they left out of these. */
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor, type Trajectory } from '@/lib/trajectory';
import { messagesExchanges, type Told } from '../fixtures/api-bodies';
import { filesOf, openSet, readRow, rowsOf, runOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';
import {
  attachmentId,
  langfuseLoose,
  langfuseTrace,
  langSmithRuns,
  mlflowTraces,
  openInferenceRedacted,
  openInferenceSpans,
  otelSpans,
} from '../fixtures/traces';

const [picture, crop] = [pictureOf(400, 800), pictureOf(180, 180)];
const base64Of = async (blob: Blob) => Buffer.from(await blob.arrayBuffer()).toString('base64');
const told: Told = { model: 'a-model-1', picture: await base64Of(picture), crop: await base64Of(crop) };

const lines = (values: readonly unknown[]) => values.map((one) => JSON.stringify(one)).join('\n');

async function open(content: string, beside: Readonly<Record<string, Blob>> = {}) {
  const set = await openSet({ 'traces.json': content, ...beside });
  return { set, runs: await Promise.all(set.rows.map(({ index }) => runOf(set, index))) };
}

/** What a run tells, without how the file named its pictures. */
const outlineOf = (run: Trajectory) => [
  run.given,
  run.steps,
  run.models,
  run.pictures.map(({ from, width, height }) => [from, width, height]),
];

const plain = await open(lines(messagesExchanges(told)));
const pictures = { 'a.png': picture, 'b.png': crop };

describe('the conversation of the bodies, out of', () => {
  it.each([
    ['LangSmith, in its own order', 'langsmith', lines(langSmithRuns(told)), {}],
    ['LangSmith, as one list', 'langsmith', JSON.stringify({ runs: langSmithRuns(told) }), {}],
    ['Phoenix, flat', 'openinference', lines(openInferenceSpans(told)), {}],
    ['Phoenix, nested', 'openinference', JSON.stringify(openInferenceSpans(told, true)), {}],
    ['OpenTelemetry, as printed', 'otel', lines(otelSpans(told)), {}],
    ['OpenTelemetry, as sent', 'otel', lines(otelSpans(told, true)), {}],
    ['Langfuse, pictures found by their hash', 'langfuse', JSON.stringify(langfuseTrace(told)), pictures],
    ['Langfuse, a list of traces', 'langfuse', JSON.stringify({ data: [langfuseTrace(told)] }), pictures],
    [
      'MLflow, pictures found by their ids',
      'mlflow',
      JSON.stringify(mlflowTraces(told)),
      {
        [`artifacts/attachments/${attachmentId(told.picture)}`]: picture,
        [`artifacts/attachments/${attachmentId(told.crop)}`]: crop,
      },
    ],
  ])('%s', async (_, system, content, beside) => {
    const { set, runs } = await open(content, beside);
    expect(set.unread).toEqual([]);
    expect(set.files).toMatchObject([{ format: system }]);
    expect(runs).toHaveLength(1);
    const [opened] = runs;
    expect(opened?.wanted).toEqual([]);
    expect(opened?.files.size).toBe(2);
    expect(outlineOf(opened!.run)).toEqual(outlineOf(plain.runs[0]!.run));
    expect(boxesAt(opened!.run, lastCursor(opened!.run))).toHaveLength(1);
  });
});

describe('Langfuse', () => {
  it('asks for pictures by their ids; one that is dropped in is found by its hash, any other is not', async () => {
    const { set } = await open(JSON.stringify(langfuseLoose(told)));
    expect(readRow(set.rows[0]).wanted).toMatchObject([
      { hash: expect.stringMatching(/^[0-9a-f]{33}$/) as string },
      {},
    ]);
    const supply = (blob: Blob, name: string) =>
      rowsOf(set.desk.supply(filesOf({ [name]: blob }), new AbortController().signal));
    expect((await supply(pictureOf(9, 9), 'other.png')).map((row) => readRow(row).wanted.length)).toEqual([2]);
    expect((await supply(picture, 'mine.png')).map((row) => readRow(row).wanted.length)).toEqual([1]);
    const { run } = await runOf(set, 0);
    expect(run.steps.map(({ type }) => type)).toEqual(['call', 'result', 'answer']);
    expect(boxesAt(run, lastCursor(run))).toMatchObject([{ picture: 'p1', asked: { x1: 100, y1: 380 } }]);
    expect(run.pictures[0]).toMatchObject({ width: 400, height: 800 });
  });
});

describe('Phoenix', () => {
  it('says what was left out, and fills it from where it was not', async () => {
    const { runs } = await open(JSON.stringify(openInferenceRedacted(told)));
    const { notes, run, wanted } = runs[0]!;
    expect(notes).toContainEqual({ code: 'pictures-redacted', params: { count: 1 } });
    expect(wanted).toMatchObject([{ picture: 'p1', is: { question: 'What does the sign say?' } }]);
    expect(run.pictures.map(({ width }) => width)).toEqual([1000, 180]);
  });
});

describe('a trace', () => {
  it('without messages says so', async () => {
    const spans = [
      {
        name: 'chat',
        context: { trace_id: 't', span_id: 's' },
        start_time: '1',
        attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' },
      },
    ];
    const { set } = await openSet({ 'a.json': JSON.stringify(spans) }).then((one) => ({ set: one }));
    expect(set.rows).toMatchObject([{ problem: { code: 'content-switched-off' } }]);
  });

  it('that OpenLLMetry took apart is put together; chains around a model tell nothing more', async () => {
    const asked = [
      { type: 'text', text: 'Read it.' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${told.picture}` } },
    ];
    const span = (id: string, time: string, attributes: object) => ({
      name: id,
      context: { trace_id: 't', span_id: id },
      start_time: time,
      attributes,
    });
    const prompt = { 'gen_ai.prompt.0.role': 'user', 'gen_ai.prompt.0.content': JSON.stringify(asked) };
    const call = { name: 'zoom', id: 'c', arguments: '{"bbox":[100,380,280,560]}' };
    const called = (at: string) =>
      Object.fromEntries(Object.entries(call).map(([key, value]) => [`${at}.tool_calls.0.${key}`, value]));
    const { set, runs } = await open(
      lines([
        span('chain', '0', {
          'traceloop.span.kind': 'workflow',
          'gen_ai.operation.name': 'workflow',
          'gen_ai.input.messages': '"Please read the sign"',
        }),
        span('a', '1', {
          'llm.request.type': 'chat',
          'gen_ai.request.model': 'm',
          ...prompt,
          'gen_ai.completion.0.role': 'assistant',
          ...called('gen_ai.completion.0'),
        }),
        span('b', '2', {
          'llm.request.type': 'chat',
          'gen_ai.request.model': 'm',
          ...prompt,
          'gen_ai.prompt.1.role': 'assistant',
          ...called('gen_ai.prompt.1'),
          'gen_ai.prompt.2.role': 'tool',
          'gen_ai.prompt.2.tool_call_id': 'c',
          'gen_ai.prompt.2.content': 'Cropped.',
          'gen_ai.completion.0.role': 'assistant',
          'gen_ai.completion.0.content': 'SIGN',
        }),
      ]),
    );
    expect(set.files).toMatchObject([{ format: 'otel' }]);
    expect(runs).toHaveLength(1);
    expect(runs[0]!.run.steps).toMatchObject([
      { type: 'call', tool: 'zoom', place: { picture: 'p1' } },
      { parts: [{ text: 'Cropped.' }] },
      { type: 'answer', text: 'SIGN' },
    ]);
  });

  it('of LangChain holds its messages', async () => {
    const message = (name: string, kwargs: object) => ({
      lc: 1,
      type: 'constructor',
      id: ['langchain', 'schema', name],
      kwargs,
    });
    const run = {
      id: 'r',
      run_type: 'llm',
      inputs: {
        messages: [
          [
            message('SystemMessage', { content: 'Secretly.' }),
            message('HumanMessage', {
              content: [
                { type: 'text', text: 'Read it.' },
                { type: 'image', source_type: 'base64', mime_type: 'image/png', data: told.picture },
              ],
            }),
          ],
        ],
      },
      outputs: {
        generations: [
          [
            {
              text: '',
              message: message('AIMessage', {
                content: '',
                tool_calls: [{ id: 'c', name: 'zoom', args: { bbox: [1, 2, 30, 40] } }],
              }),
            },
          ],
        ],
      },
    };
    const { runs } = await open(JSON.stringify(run));
    expect(runs[0]!.run.given).toMatchObject([{ text: 'Read it.' }, { picture: 'p1' }]);
    expect(runs[0]!.run.steps).toMatchObject([{ type: 'call', tool: 'zoom', place: { picture: 'p1' } }]);
  });
});
