/** DeepEyes' reward: the unit cases of its code, the paper's formula on the same runs, and what counts as badly formed. */
import { describe, expect, it } from 'vitest';
import type { Trajectory } from '@/lib/trajectory';
import { answer, look, madeRun } from './fixtures/made-run';
import { LONGEST_ANSWER, rewardOf, type Reward } from './reward';

const LOOK = look('The tag is too small.', '100, 100, 200, 200');
const UNCLOSED = '<think>|It says K7.|<answer>|K7|</answer>';

async function rewarded(turns: readonly string[], accepted = ['K7'], tools = true): Promise<Reward> {
  const reward = rewardOf(await madeRun(turns, { tools }), accepted);
  if (!reward) throw new Error('the run did not end');
  return reward;
}

describe('the unit cases of the released code', () => {
  it.each([
    ['right, tool, format ok', [LOOK, answer('It says K7.', 'K7')], 2.0, 2],
    ['right, no tool', [answer('It says K7.', 'K7')], 0.8, 1],
    ['right, tool, bad format', [LOOK, UNCLOSED], 1.8, 1],
    ['wrong, any tool', [LOOK, answer('It says X1.', 'X1')], 0, 0],
    ['wrong, no tool', [answer('It says X1.', 'X1')], 0, 0],
    ['wrong, bad format', [LOOK, UNCLOSED.replaceAll('K7', 'X1')], -0.2, -1],
    ['right, no tool, bad format', [UNCLOSED], 0.6, 0],
  ] as const)('%s', async (_, turns, code, paper) => {
    const reward = await rewarded(turns);
    expect(reward.code.total).toBe(code);
    expect(reward.paper.total).toBe(paper);
  });
});

describe('the terms', () => {
  it('are told apart and add up', async () => {
    const reward = await rewarded([LOOK, UNCLOSED]);
    expect(reward).toMatchObject({
      right: true,
      looks: 1,
      terms: { accuracy: 1, format: -1, tool: 1 },
      problem: 'think-tags',
      code: { accuracy: 0.8, format: -0.2, tool: 1.2, total: 1.8 },
      paper: { accuracy: 1, format: -1, tool: 1, total: 1 },
    });
  });

  it('count looks, not calls: one that was refused showed nothing', async () => {
    const refused = '<think>|Small.|</think>|<tool_call>|{"name": "image_zoom_in_tool"}|</tool_call>';
    const reward = await rewarded([refused, answer('It says K7.', 'K7')]);
    expect(reward).toMatchObject({ looks: 0, terms: { tool: 0 }, code: { total: 0.8 } });
  });

  it('count many looks once', async () => {
    const reward = await rewarded([LOOK, look('Elsewhere.', '600, 600, 700, 700'), answer('It says K7.', 'K7')]);
    expect(reward).toMatchObject({ looks: 2, terms: { tool: 1 }, code: { total: 2 } });
  });

  it('know no negative zero', async () => {
    const { code, paper } = await rewarded([answer('It says X1.', 'X1')]);
    for (const value of [...Object.values(code), ...Object.values(paper)]) expect(Object.is(value, -0)).toBe(false);
  });

  it('are the same for kinds that can be answered from the overview: the code pays for any look', async () => {
    const turns = [look('Is it there?', '100, 100, 300, 300'), answer('The cat is left.', 'left')];
    expect((await rewarded(turns, ['left', 'to the left'])).code.total).toBe(2);
    expect((await rewarded([answer('The cat is left.', 'to the left')], ['left', 'to the left'])).code.total).toBe(0.8);
  });

  it('without tools: right is 0.8, and no thoughts are no fault of form', async () => {
    expect(await rewarded(['<answer>|K7|</answer>'], ['K7'], false)).toMatchObject({
      problem: null,
      code: { total: 0.8 },
    });
  });
});

describe('the format', () => {
  it('wants the answer closed after the last thought', async () => {
    expect(await rewarded(['<think>|It says K7.|</think>|<answer>|K7'])).toMatchObject({
      right: true,
      problem: 'answer-tags',
      code: { total: 0.6 },
    });
  });

  it('takes a very long answer for none at all, however right its beginning', async () => {
    const long = 'K7'.repeat(LONGEST_ANSWER / 2);
    expect(await rewarded([answer('Long.', long)], [long])).toMatchObject({
      right: false,
      problem: 'long-answer',
      code: { total: -0.2 },
    });
    const shorter = long.slice(1);
    expect(await rewarded([answer('Long.', shorter)], [shorter])).toMatchObject({ right: true, problem: null });
  });

  it('is not held against a run whose tokens are not kept', async () => {
    const run = await madeRun([UNCLOSED]);
    const bare: Trajectory = { ...run, steps: run.steps.map((step) => ({ ...step, tokens: [] })) };
    expect(rewardOf(bare, ['K7'])).toMatchObject({ written: false, problem: null, code: { total: 0.8 } });
  });
});

describe('runs that are not rewarded', () => {
  it('are those that were stopped, failed or still go on', async () => {
    const run = await madeRun([LOOK, answer('It says K7.', 'K7')]);
    for (const status of ['running', 'stopped', 'failed'] as const)
      expect(rewardOf({ ...run, status }, ['K7'])).toBeNull();
  });

  it('but one that ended without an answer is wrong', async () => {
    expect(await rewarded(['<think>|I do not know.|</think>'])).toMatchObject({ right: false, code: { total: 0 } });
  });
});
