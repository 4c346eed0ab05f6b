/** What a person may choose otherwise, of every format: how boxes count, and by whose rule they were cut. */
import { describe, expect, it } from 'vitest';
import { deepEyesRow, linesOf, openCall } from './fixtures/deepeyes-rows';
import { atifRun, inspectJson } from './fixtures/logs';
import { openSet, readRow, rowsOf, runOf } from './fixtures/opened';
import {
  focusCall,
  focusRow,
  marsRow,
  miniO3Lines,
  reasonerConv,
  shareGpt,
  thinkImgNew,
  thymeSft,
} from './fixtures/research-rows';
import { boardRow, swiftTable, verlRow } from './fixtures/rollout-rows';

const never = new AbortController().signal;
const json = JSON.stringify;

const zoom = { name: 'image_zoom_in_tool', arguments: '{"bbox_2d": [100, 100, 500, 500], "img_idx": 0}' };
const qwen = [
  { role: 'user', content: [{ image: 'a.jpg' }, { text: 'Where?' }] },
  { role: 'assistant', content: '', function_call: zoom },
  { role: 'function', name: 'image_zoom_in_tool', content: [{ image: 'b.png' }] },
  { role: 'assistant', content: 'There.' },
];
const chat = [
  { role: 'user', content: 'Where?' },
  {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 'c', function: { name: 'zoom', arguments: '{"bbox": [1, 2, 300, 400]}' } }],
  },
];

/** A call on a small box and one beside it: rules differ in both. */
const small = `<think>So.</think>${openCall([100, 200, 120, 215])}`;

const FILES: readonly (readonly [system: string, path: string, content: string])[] = [
  ['deepeyes', 'r.jsonl', linesOf([deepEyesRow({ turns: [small, '<answer>A</answer>'] })])],
  ['chain-of-focus', 'f.jsonl', linesOf([focusRow([focusCall([100, 200, 300, 400])])])],
  ['mini-o3', '1/traj.jsonl', linesOf(miniO3Lines())],
  ['pixel-reasoner', '1/conv.json', json(reasonerConv([[0.3, 0.3, 0.5, 0.5]]))],
  ['sensenova-mars', 'results.jsonl', linesOf([marsRow()])],
  ['atif', 't.json', json(atifRun('a.png'))],
  ['inspect', 'i.json', json(inspectJson('data:image/png;base64,'))],
  ['llama-factory', 's.json', json([shareGpt])],
  ['rl-logging-board', 'b.jsonl', linesOf([boardRow()])],
  ['verl', '3.jsonl', linesOf([verlRow()])],
  [
    'ms-swift',
    'completions.jsonl',
    linesOf([
      { ...swiftTable(), completion: swiftTable().completion.slice(1, 2), prompt: swiftTable().prompt.slice(1, 2) },
    ]),
  ],
  ['openthinkimg', 'n.jsonl', linesOf([thinkImgNew('')])],
  ['thyme', 't.json', json([thymeSft])],
  ['qwen-agent', 'm.json', json(qwen)],
  ['openai', 'm.json', json(chat)],
  ['plain-rows', 'p.jsonl', linesOf([{ question: 'Where?', response: openCall([100, 200, 300, 400]) }])],
];

describe('a person says how boxes count', () => {
  it.each(FILES)('%s', async (system, path, content) => {
    const set = await openSet({ [path]: content });
    const before = readRow(set.rows[0]);
    expect(before.system).toBe(system);
    expect(before.boxes).not.toBeNull();
    const frame = before.boxes?.frame === 'thousandths' ? 'original-pixels' : 'thousandths';
    const [row] = await rowsOf(set.desk.setReading(0, { frame }, never));
    expect(readRow(row).boxes).toEqual({ frame, by: 'person' });
    const [again] = await rowsOf(set.desk.setReading(0, {}, never));
    expect(readRow(again).boxes).toEqual(before.boxes);
  });
});

/** Where an evaluation and a training environment differ, both are rules; elsewhere there is one. */
const BOTH: Readonly<Record<string, readonly [usual: string, other: string]>> = {
  deepeyes: ['evaluation', 'training'],
  'sensenova-mars': ['evaluation', 'training'],
  'rl-logging-board': ['training', 'evaluation'],
  verl: ['training', 'evaluation'],
  'ms-swift': ['training', 'evaluation'],
  'plain-rows': ['training', 'evaluation'],
};

describe('by whose rule boxes were cut', () => {
  it.each(FILES)('%s', async (system, path, content) => {
    const set = await openSet({ [path]: content });
    const both = BOTH[system];
    expect(set.files[0]?.rules).toHaveLength(both ? 2 : 1);
    if (!both) return;
    const [usual, other] = both;
    expect(readRow(set.rows[0]).rule).toBe(usual);
    const [row] = await rowsOf(set.desk.setReading(0, { rule: other as 'training' }, never));
    expect(readRow(row)).toMatchObject({ rule: other, system });
    expect((await runOf(set, 0)).run.source).toMatchObject({ rule: other });
  });

  it('DeepEyes: what its evaluation cut, its environment refuses, and both say so', async () => {
    const set = await openSet({ 'r.jsonl': FILES[0]![2] });
    expect(readRow(set.rows[0])).toMatchObject({ facts: { calls: 1, refused: 0 } });
    expect(readRow(set.rows[0]).notes).toContainEqual({ code: 'would-be-refused' });
    const [row] = await rowsOf(set.desk.setReading(0, { rule: 'training' }, never));
    expect(readRow(row)).toMatchObject({ facts: { calls: 0, refused: 1 } });
  });
});
