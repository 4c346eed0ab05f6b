/** Dumps of training runs: their texts become turns, and their probabilities the steps' where they fit. */
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor, type Step } from '@/lib/trajectory';
import { linesOf } from '../fixtures/deepeyes-rows';
import { openSet, readRow, runOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';
import { boardRow, RESPONSE, swiftTable, verlRow } from '../fixtures/rollout-rows';

const kinds = (steps: readonly Step[]) => steps.map(({ type }) => type);
const wordsOf = (step: Step | undefined) => step?.tokens.map(({ text }) => text).join('') ?? '';

describe('RL Logging Board', () => {
  it('reads turns out of the text, and gives each step its tokens', async () => {
    const set = await openSet({ 'rollout_data_rank0.jsonl': linesOf([boardRow()]), 'a.jpg': pictureOf(1000, 800) });
    expect(set.files[0]).toMatchObject({ format: 'rl-logging-board', records: 1 });
    const { run, notes } = await runOf(set, 0);
    expect(kinds(run.steps)).toEqual(['think', 'call', 'result', 'think', 'answer']);
    expect(notes.map(({ code }) => code)).not.toContain('tokens-stray');
    expect(wordsOf(run.steps[1])).toContain('"bbox_2d": [100, 200, 300, 400]');
    expect(wordsOf(run.steps[4])).toContain('<answer>EXIT</answer>');
    // Of what the environment wrote there are none.
    const spelled = run.steps.flatMap(({ tokens }) => tokens.map(({ text }) => text)).join('');
    expect(spelled).not.toContain('Think first');
    const first = run.steps[0]?.tokens[0];
    expect([first?.text, first?.logprob]).toEqual(['<', 0]);
    expect(run.steps[1]?.tokens[0]?.logprob).toBeLessThan(-0.01);
    expect(readRow(set.rows[0]).facts).toMatchObject({
      trainingStep: 12,
      calls: 1,
      rewards: { told: 2 },
      verdict: { right: true, by: 'words' },
    });
  });

  it.each([
    ['another word', { response: RESPONSE.replace('Small', 'Large') }, 'tokens-stray'],
    ['a text that goes on', { response: `${RESPONSE} And more.` }, 'tokens-short'],
    ['fewer probabilities', { logprobs: [-1, -2] }, 'tokens-and-probabilities'],
  ])('refuses probabilities of %s, and reads the text all the same', async (_, more, code) => {
    const set = await openSet({ 'a.jsonl': linesOf([boardRow(more)]) });
    const { run, notes } = await runOf(set, 0);
    expect(notes.map((note) => note.code)).toContain(code);
    expect(run.steps.every(({ tokens }) => tokens.length === 0)).toBe(true);
    expect(kinds(run.steps).slice(0, 5)).toEqual(['think', 'call', 'result', 'think', 'answer']);
  });

  it('reads rows without any of it', async () => {
    const set = await openSet({
      'a.jsonl': linesOf([
        { prompt: '写下一句', response: '好。', reward: 0.5, step: 0, ref_response: '', ref_reward: 0 },
      ]),
    });
    const { run } = await runOf(set, 0);
    expect(run.given).toEqual([{ text: '写下一句' }]);
    expect(run.steps).toMatchObject([{ type: 'answer', text: '好。' }]);
  });

  it('carries out the last of two calls, as the environment does; the evaluation the first', async () => {
    const two = boardRow({
      response: RESPONSE.replace(
        '</tool_call>',
        '</tool_call><tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [500, 500, 600, 600]}}</tool_call>',
      ),
      response_tokens: undefined,
    });
    const set = await openSet({ 'a.jsonl': linesOf([two]) });
    const cuts = async () => {
      const { run } = await runOf(set, 0);
      return boxesAt(run, lastCursor(run)).map(({ cut }) => cut?.x1);
    };
    expect(await cuts()).toEqual([500]);
    for await (const _ of set.desk.setReading(0, { rule: 'evaluation' }, new AbortController().signal));
    expect(await cuts()).toEqual([100]);
  });
});

describe('verl', () => {
  it('knows roles by lines where special tokens were left out', async () => {
    const set = await openSet({ 'rollout/3.jsonl': linesOf([verlRow()]) });
    expect(set.files[0]?.format).toBe('verl');
    const { run } = await runOf(set, 0);
    expect(run.systemPrompt).toBe('You are a helpful assistant.');
    expect(kinds(run.steps)).toEqual(['think', 'call', 'result', 'think', 'answer']);
    expect(readRow(set.rows[0]).facts).toMatchObject({ trainingStep: 3, verdict: { right: true, by: 'file' } });
  });

  it('does not take a line of the model for a role', async () => {
    const output = 'The menu lists:\nuser\nassistant\nadmin\n<answer>three</answer>';
    const set = await openSet({
      '7.jsonl': linesOf([{ input: 'user\nWhat?\nassistant\n', output, gts: '', score: 0 }]),
    });
    const { run } = await runOf(set, 0);
    expect(run.steps).toMatchObject([{ type: 'think' }, { type: 'answer', text: 'three' }]);
    expect(run.source?.trainingStep).toBe(7);
  });
});

describe('ms-swift', () => {
  it('makes a run of each row of a table in a line', async () => {
    const set = await openSet({ 'completions.jsonl': linesOf([swiftTable()]), 'b.jpg': pictureOf(1000, 800) });
    expect(set.files[0]?.format).toBe('ms-swift');
    expect(set.rows.map((row) => readRow(row).facts.trainingStep)).toEqual([4, 4, 5]);
    expect(set.rows.map((row) => readRow(row).facts.verdict.right)).toEqual([true, false, false]);
    expect(readRow(set.rows[0]).facts.answer).toBe('a cat');
    const { run } = await runOf(set, 1);
    expect(kinds(run.steps)).toEqual(['think', 'call', 'result', 'think', 'answer']);
    expect(run.pictures[0]).toMatchObject({ width: 1000, height: 800 });
    // Pixels of 1008 × 812, which the processor made of it.
    const [box] = boxesAt(run, lastCursor(run));
    expect(box?.asked.x1).toBeCloseTo(100 / 1.008, 3);
    expect(box?.asked.y2).toBeCloseTo(400 / 1.015, 3);
  });
});
