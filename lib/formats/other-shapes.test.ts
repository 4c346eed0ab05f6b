/** The same records in other files: packed, encoded, wrapped and named otherwise than their own writers do. */
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor } from '@/lib/trajectory';
import { deepEyesRow, linesOf } from './fixtures/deepeyes-rows';
import { atifRun, inspectJson } from './fixtures/logs';
import { openSet, readRow, runOf } from './fixtures/opened';
import { asPython, tarOf, utf16Of } from './fixtures/other-files';
import { miniO3Lines, marsRow, shareGpt } from './fixtures/research-rows';
import { verlRow } from './fixtures/rollout-rows';

const rows = [deepEyesRow(), deepEyesRow({ question: 'What color is the bag?' })];
const [row] = rows as [ReturnType<typeof deepEyesRow>];
const lines = linesOf(rows);
const { pred_output: turns, ...withoutTurns } = row;
const { image: _, ...withoutImage } = row;

const blob = (...parts: readonly Uint8Array[]) => new Blob(parts as Uint8Array<ArrayBuffer>[]);
const gzip = (content: string | Uint8Array) => gzipSync(typeof content === 'string' ? strToU8(content) : content);
const json = JSON.stringify;

const called = (input: unknown) =>
  deepEyesRow({
    turns: [
      `<think>So.</think><tool_call>${json({ name: 'image_zoom_in_tool', arguments: input })}`,
      '<answer>A</answer>',
    ],
  });

/** Every row is a DeepEyes run with its box, its answer and its picture's name. */
async function expectRuns(given: Parameters<typeof openSet>[0], count: number) {
  const set = await openSet(given);
  expect(set.unread).toEqual([]);
  expect(set.rows).toHaveLength(count);
  for (const one of set.rows) {
    const { run, wanted } = await runOf(set, one.index);
    expect(readRow(one)).toMatchObject({ system: 'deepeyes', facts: { verdict: { right: true } } });
    expect(boxesAt(run, lastCursor(run))).toHaveLength(1);
    expect(wanted[0]?.is.names[0]).toMatch(/sa_1\.jpg$/);
  }
}

describe('a file of rows', () => {
  it.each<[string, string, string | Blob]>([
    ['packed by gzip', 'r.jsonl.gz', blob(gzip(lines))],
    ['packed by gzip in two parts', 'r.jsonl.gz', blob(gzip(linesOf([row])), gzip(linesOf(rows.slice(1))))],
    ['packed in an archive', 'a.zip', blob(zipSync({ 'r.jsonl.gz': gzip(lines) }))],
    ['in a tar', 'a.tar', blob(tarOf({ 'out/r.jsonl': lines }))],
    ['in a packed tar, under a long name', 'a.tgz', blob(gzip(tarOf({ [`${'long/'.repeat(40)}r.jsonl`]: lines })))],
    ['in UTF-16, little end first', 'r.jsonl', blob(utf16Of(lines, true))],
    ['in UTF-16, big end first', 'r.json', blob(utf16Of(json(rows), false))],
    ['with a mark and \\r\\n', 'r.jsonl', `\uFEFF${lines.replaceAll('\n', '\r\n')}`],
    ['with empty lines', 'r.txt', `\n\n${lines.replaceAll('\n', '\n\n')}`],
    ['as a list', 'r.json', json(rows, null, 2)],
    ['one after the other, over many lines', 'r', rows.map((one) => json(one, null, 2)).join('\n')],
    ['under a name', 'r.json', json({ model: 'x', results: rows, n: 2 })],
    ['under two, one a part', 'r.json', json({ direct: rows.slice(0, 1), relative: rows.slice(1) })],
    ['each under its own', 'r.json', json({ 0: rows[0], 1: rows[1] })],
    [
      'each under its own, further in',
      'r.json',
      json({ meta: { n: 2 }, of: { a: { x: rows[0] }, b: { x: rows[1] } } }),
    ],
    [
      'as a viewer of datasets hands them out',
      'r.json',
      json({ rows: rows.map((one, at) => ({ row_idx: at, row: one })) }),
    ],
    ['in lines, each in an object', 'r.jsonl', linesOf(rows.map((one, id) => ({ id, result: one })))],
    [
      'as a table that names its columns once',
      'r.json',
      json({ columns: Object.keys(row), data: rows.map((one) => Object.values(one)) }),
    ],
    ['as Python prints them', 'r.jsonl', rows.map(asPython).join('\n')],
    ['as Python prints a list of them', 'r.txt', asPython(rows)],
  ])('%s', async (_name, path, content) => expectRuns({ [path]: content }, 2));

  it('that is larger than a record may be, with its rows under a name', async () => {
    const large = { ...row, junk: 'x'.repeat(24 * 1024 * 1024) };
    const set = await openSet({ 'r.json': json({ results: [large, large, large] }) });
    expect(set.rows.map((one) => readRow(one).facts.calls)).toEqual([1, 1, 1]);
  }, 30_000);

  it('that broke off in its last row still has the others', async () => {
    const whole = json({ results: rows });
    const set = await openSet({ 'r.json': whole.slice(0, -200) });
    expect(set.rows.map(({ problem }) => problem?.code)).toEqual([undefined, 'not-json']);
  });

  it.each([
    ['cut off', gzip(lines).subarray(0, 80), 'damaged'],
    ['made to burst', gzip(new Uint8Array(20 * 1024 * 1024).fill(0x7b)), 'bomb'],
    ['not a tar but for its mark', blobBytes(), 'damaged'],
  ])('%s says so', async (_name, bytes, problem) => {
    expect((await openSet({ 'r.gz': blob(bytes) })).unread).toEqual([expect.stringContaining(`: ${problem}`)]);
  });
});

function blobBytes(): Uint8Array {
  const bytes = tarOf({ 'a.jsonl': lines });
  bytes.set(strToU8('99999999999'), 124);
  return bytes;
}

describe('a row', () => {
  it.each<[string, unknown]>([
    ['turns kept as text', { ...withoutTurns, pred_output: json(turns) }],
    ['turns under another name', { ...withoutTurns, trajectory: turns }],
    ['turns as messages', { ...withoutTurns, messages: turns }],
    ['no question and no prediction', { pred_output: turns, image: 'sa_1.jpg', acc: 1 }],
    ['a list of one picture', { ...row, image: ['sa_1.jpg'] }],
    ['a path of Windows', { ...row, image: 'C:\\data\\V*\\sa_1.jpg' }],
    ['another name for its picture', { ...withoutImage, img_path: '/data/sa_1.jpg' }],
    ['a number for an answer', { ...row, answer: 7 }],
    ['a list of answers', { ...row, answer: ['The cap is white.'] }],
    ['a box as text', called({ bbox_2d: '[1, 2, 300, 400]' })],
    ['a box as numbers in a text', called({ bbox_2d: '1,2,300,400' })],
    ['a box in a list', called({ bbox_2d: [[1, 2, 300, 400]] })],
    ['a box by its edges', called({ x1: 1, y1: 2, x2: 300, y2: 400 })],
    ['arguments as text', called(json({ bbox_2d: [1, 2, 300, 400] }))],
    [
      'a call that lost its last bracket',
      deepEyesRow({
        turns: ['<tool_call>{"name": "zoom", "arguments": {"bbox_2d": [1, 2, 300, 400]}\n', '<answer>A</answer>'],
      }),
    ],
  ])('with %s', async (_name, one) => expectRuns({ 'r.jsonl': linesOf([one]) }, 1));
});

describe('a conversation', () => {
  const asked = {
    role: 'user',
    content: [
      { type: 'image_url', image_url: { url: 'a.jpg' } },
      { type: 'text', text: 'Color?' },
    ],
  };
  const chat = [
    asked,
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', function: { name: 'zoom', arguments: '{"bbox_2d":[1,2,300,400]}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: [{ type: 'image_url', image_url: { url: 'c.jpg' } }] },
    { role: 'assistant', content: 'Red' },
  ];

  it.each<[string, unknown, readonly string[]]>([
    ['under a name nobody knows', { chat_log: chat }, ['call', 'result', 'answer']],
    ['as text in a column', { messages: json(chat) }, ['call', 'result', 'answer']],
    ['with its reply beside it', { prompt: [asked], response: 'Red' }, ['answer']],
    ['with its reply as choices', { messages: [asked], response: { choices: [{ message: chat[3] }] } }, ['answer']],
    [
      'as items of Responses',
      {
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'Color?' },
              { type: 'input_image', image_url: 'a.jpg' },
            ],
          },
        ],
        output: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] },
          { type: 'function_call', call_id: 'c1', name: 'zoom', arguments: '{"bbox_2d":[1,2,300,400]}' },
          { type: 'function_call_output', call_id: 'c1', output: [{ type: 'input_image', image_url: 'c.jpg' }] },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Red' }] },
        ],
      },
      ['think', 'call', 'result', 'answer'],
    ],
    [
      'as contents of Gemini',
      {
        contents: [
          { role: 'user', parts: [{ text: 'Color?' }, { fileData: { fileUri: 'a.jpg' } }] },
          {
            role: 'model',
            parts: [
              { text: 'Hm.', thought: true },
              { functionCall: { name: 'zoom', args: { bbox_2d: [1, 2, 300, 400] } } },
            ],
          },
          { role: 'user', parts: [{ functionResponse: { name: 'zoom', response: { ok: true } } }] },
          { role: 'model', parts: [{ text: 'Red' }] },
        ],
      },
      ['think', 'call', 'result', 'answer'],
    ],
  ])('%s', async (_name, record, steps) => {
    const set = await openSet({ 'm.json': json(record) });
    const { run, wanted } = await runOf(set, 0);
    expect(run.steps.map(({ type }) => type)).toEqual(steps);
    expect(readRow(set.rows[0]).facts).toMatchObject({ answer: 'Red', question: 'Color?' });
    expect(wanted[0]?.is.names).toEqual(['a.jpg']);
  });

  it('each under its own name', async () => {
    const set = await openSet({ 'm.json': json({ a: { messages: chat }, b: { messages: chat } }) });
    expect(set.rows.map((one) => readRow(one).facts.calls)).toEqual([1, 1]);
  });
});

describe('other systems', () => {
  it.each<[string, Parameters<typeof openSet>[0], string, number]>([
    [
      'ATIF in a list under a name',
      { 't.json': json({ trajectories: [atifRun('a.png'), atifRun('b.png')] }) },
      'atif',
      2,
    ],
    ['ATIF packed', { 't.json.gz': blob(gzip(json(atifRun('images\\a.png')))) }, 'atif', 1],
    ['Inspect packed', { 'i.json.gz': blob(gzip(json(inspectJson('data:image/png;base64,')))) }, 'inspect', 1],
    ['Mini-o3 as a list', { '1/traj.json': json(miniO3Lines()) }, 'mini-o3', 1],
    ['Mini-o3 under a name', { '1.json': json({ trajectory: miniO3Lines() }) }, 'mini-o3', 1],
    [
      'SenseNova-MARS without a count of rounds',
      { 'r.jsonl': linesOf([{ ...marsRow(), num_round: undefined }]) },
      'sensenova-mars',
      1,
    ],
    ['ShareGPT without its pictures', { 's.json': json([{ ...shareGpt, images: undefined }]) }, 'llama-factory', 1],
    [
      'verl without a score',
      { '3.jsonl': linesOf([{ input: verlRow().input, output: verlRow().output }]) },
      'plain-rows',
      1,
    ],
  ])('%s', async (_name, given, system, count) => {
    const set = await openSet(given);
    expect(set.rows.map((one) => readRow(one).system)).toEqual(Array(count).fill(system));
    expect(readRow(set.rows[0]).facts.calls + readRow(set.rows[0]).facts.refused).toBeGreaterThan(0);
  });
});

describe('rows that nobody’s format is', () => {
  it.each<[string, unknown, object]>([
    [
      'a question and a response',
      { question: 'Color?', response: 'red', answer: 'red' },
      { answer: 'red', verdict: { right: true } },
    ],
    [
      'options by letters, and whether it hit',
      { question: 'Color?', A: 'red', B: 'blue', answer: 'A', prediction: 'B', hit: 0, category: 'color' },
      { answer: 'B', kind: 'color', verdict: { right: false, by: 'file', ours: false } },
    ],
    [
      'a call in the text, with its picture',
      {
        problem: 'Color?',
        image_path: 'a.jpg',
        model_output:
          '<think>So.</think><tool_call>{"name": "zoom", "arguments": {"bbox_2d": [1, 2, 300, 400]}}</tool_call>',
      },
      { refused: 0, calls: 1, verdict: { right: null } },
    ],
  ])('%s', async (_name, record, facts) => {
    const set = await openSet({ 'r.jsonl': linesOf([record]) });
    expect(readRow(set.rows[0])).toMatchObject({ system: 'plain-rows', facts: { question: 'Color?', ...facts } });
  });

  it('several responses to one question are as many rows', async () => {
    const set = await openSet({
      'r.jsonl': linesOf([{ doc: { question: 'Color?' }, target: 'red', resps: [['red', 'blue']] }]),
    });
    expect(set.rows.map((one) => readRow(one).facts.verdict.right)).toEqual([true, false]);
  });
});
