/** Forks by a script: what is kept, what the model is told, whose words are whose, and that nothing of that is ever forgotten. */
import { describe, expect, it } from 'vitest';
import type { ModelCard, TurnPiece } from '@/lib/engine';
import { eventsOf, foldAll, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { findDialect } from './dialects';
import { forkOf, type Fork, type ForkChange } from './fork';
import { card, given, type ScriptedTurn } from './fixtures/scripted-engine';
import { playScript, SETTINGS, type Played } from './fixtures/play';

const zoom = (...box: number[]): ScriptedTurn => ({
  text: `<think>|Too| small|.|</think>|<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [|${box.join(', ')}|], "label": "|dog|"}}</tool_call>`,
});
const answer = (word = 'K7'): ScriptedTurn => ({ text: `<think>|I see|.|</think>|<answer>|${word}|</answer>` });

const able: ModelCard = { ...card, can: { ...card.can, goOn: true } };
const files = given.filter((one) => 'source' in one);

function fork(run: Trajectory, change: ForkChange, of: ModelCard = able): Fork {
  const made = forkOf(run, change, { card: of, device: 'wasm', dialect: findDialect(of.dialect)! });
  if (!made.ok) throw new Error(made.problem);
  return made.fork;
}

async function goOn(
  made: Fork,
  turns: readonly ScriptedTurn[],
  of: ModelCard = able,
  settings = SETTINGS,
): Promise<Played> {
  const played = await playScript(turns, { ...made, given: files, card: of, settings });
  expect(parseTrajectory(JSON.parse(JSON.stringify(played.run)))).toEqual({ ok: true, trajectory: played.run });
  expect(foldAll(eventsOf(played.run))).toEqual(played.run);
  return played;
}

/** What a person wrote of each step. */
const theirs = ({ steps }: Trajectory): readonly string[] =>
  steps.flatMap((step) => {
    const words =
      step.type === 'call' ? step.written : step.type === 'think' || step.type === 'answer' ? step.text : '';
    return (step.person ?? []).map(({ from, to }) => words.slice(from, to));
  });
const types = ({ steps }: Trajectory): readonly string[] => steps.map(({ type }) => type);
const play = (...turns: ScriptedTurn[]) => playScript(turns, { card: able });
const indexOf = ({ steps }: Trajectory, type: string, nth = 0): number =>
  steps.flatMap((step, index) => (step.type === type ? [index] : []))[nth]!;

describe('a moved box', () => {
  it('is looked at anew, and only its numbers are the person’s', async () => {
    const { run } = await play(zoom(100, 200, 140, 260), answer());
    const box = { x1: 800, y1: 600, x2: 1200, y2: 900 };
    const made = fork(run, { kind: 'box', step: indexOf(run, 'call'), box });
    const { run: forked, requests } = await goOn(made, [answer('B3')]);
    expect(types(forked)).toEqual(['think', 'call', 'result', 'think', 'answer']);
    const call = forked.steps[1]!;
    expect(call).toMatchObject({
      label: 'dog',
      place: { box },
      asked: { box: { x1: 500, y1: 500, x2: 750, y2: 750 } },
    });
    expect(theirs(forked)).toEqual(['500, 500, 750, 750']);
    expect(forked.parent).toMatchObject({ runId: run.id, steps: 1, change: { kind: 'box' } });
    // The model is told the tokens it wrote itself as they were, and the rest in words.
    const told = requests[0]?.messages.flatMap((one) => (one.role === 'assistant' ? [one.tokenIds] : []))[0];
    const ids = run.steps[0]!.tokens.map(({ id }) => id);
    expect(told?.slice(0, ids.length)).toEqual(ids);
    expect(told?.at(-1)).toBe('500, 500, 750, 750], "label": "dog"}}</tool_call>');
    expect(requests).toHaveLength(1);
  });

  it('the second one keeps the first look as it was', async () => {
    const { run } = await play(zoom(100, 200, 140, 260), zoom(300, 300, 400, 400), answer());
    const box = { x1: 0, y1: 0, x2: 320, y2: 240 };
    const { run: forked, cuts } = await goOn(fork(run, { kind: 'box', step: indexOf(run, 'call', 1), box }), [
      answer(),
    ]);
    expect(forked.steps.slice(0, 3)).toEqual(run.steps.slice(0, 3));
    expect(forked.pictures).toHaveLength(3);
    expect(forked.pictures.slice(0, 2)).toEqual(run.pictures.slice(0, 2));
    expect(cuts).toHaveLength(3);
  });

  it('outside the picture is none', async () => {
    const { run } = await play(zoom(100, 200, 140, 260), answer());
    const goer = { card: able, device: 'wasm', dialect: findDialect('nano-1')! } as const;
    const change = { kind: 'box', step: 1, box: { x1: 5000, y1: 0, x2: 6000, y2: 10 } } as const;
    expect(forkOf(run, change, goer)).toEqual({ ok: false, problem: 'outside' });
    expect(forkOf(run, { ...change, step: 0 }, goer)).toEqual({ ok: false, problem: 'not-here' });
  });
});

describe('a look of one’s own', () => {
  it('takes the place of the answer: look here, then answer again', async () => {
    const { run } = await play(answer());
    const box = { x1: 160, y1: 120, x2: 320, y2: 240 };
    const { run: forked } = await goOn(fork(run, { kind: 'look', step: run.steps.length - 1, box }), [answer('B3')]);
    expect(types(forked)).toEqual(['think', 'call', 'result', 'think', 'answer']);
    expect(forked.steps[1]).toMatchObject({ tool: 'zoom', place: { box } });
    expect(theirs(forked)).toEqual([
      '{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [100, 100, 200, 200], "label": ""}}',
    ]);
  });

  it('is written in every dialect that can look, and read again as that box', async () => {
    const box = { x1: 400, y1: 300, x2: 800, y2: 600 };
    for (const id of ['nano-1', 'deepeyes', 'qwen-tools', 'qwen-xml', 'gemma-tools', 'mini-o3', 'pixel-reasoner']) {
      const of = { ...able, dialect: id };
      const { run } = await playScript([{ text: '<answer>|no|</answer>' }], { card: of });
      const { run: forked } = await goOn(fork(run, { kind: 'look', step: 0, box }, of), [answer()], of);
      const call = forked.steps.find(({ type }) => type === 'call');
      expect(call, id).toMatchObject({ tool: 'zoom', place: { box } });
      expect(types(forked).slice(0, 2), id).toEqual(['call', 'result']);
    }
  });
});

describe('other words', () => {
  it('go on behind what is left of the thought, and are the person’s from where they differ', async () => {
    const { run } = await play(zoom(100, 200, 140, 260), answer());
    const made = fork(run, { kind: 'words', step: 0, text: 'Too far away' });
    const { run: forked, requests } = await goOn(made, [{ text: ', I guess.|</think>|<answer>|B3|</answer>' }]);
    expect(forked.steps[0]).toMatchObject({ type: 'think', text: 'Too far away, I guess.' });
    expect(theirs(forked)).toEqual(['far away']);
    const begun: readonly TurnPiece[] = requests[0]?.begun ?? [];
    expect(begun).toEqual([...run.steps[0]!.tokens.slice(0, 2).map(({ id }) => id), ' far away']);
  });

  it('stay the person’s in every later fork, and in a model that takes over', async () => {
    const { run } = await play(answer());
    const one = await goOn(fork(run, { kind: 'words', step: 0, text: 'Hm' }), [
      { text: '.|</think>|<answer>|B3|</answer>' },
    ]);
    const two = await goOn(fork(one.run, { kind: 'words', step: 1, text: 'C' }), [{ text: '4|</answer>' }]);
    expect(theirs(two.run)).toEqual(['Hm', 'C']);
    expect(two.run.steps[1]).toMatchObject({ text: 'C4' });

    const other = { ...able, id: 'other', dialect: 'deepeyes' };
    const three = await goOn(
      fork(two.run, { kind: 'words', step: 1, text: 'D' }, other),
      [{ text: '5|</answer>' }],
      other,
    );
    // It wrote none of the beginning: all of that was put into its mouth.
    expect(theirs(three.run)).toEqual(['Hm.', 'D']);
    expect(three.run.steps.map(({ model }) => model)).toEqual([1, 1]);
  });

  it('of a model that cannot go on within a turn are refused', async () => {
    const { run } = await play(answer());
    const goer = { card, device: 'wasm', dialect: findDialect('nano-1')! } as const;
    const change = { kind: 'words', step: 0, text: 'Hm' } as const;
    expect(forkOf(run, change, goer)).toEqual({ ok: false, problem: 'cannot-go-on' });
  });
});

describe('other code', () => {
  const v2: ModelCard = { ...able, dialect: 'deepeyes-v2' };
  const codes: ScriptedTurn = { text: '<think>|Count.|</think>|<code>\n```python\nprint(1)\n```\n</code>' };

  it('is run in place of the model’s, and what differs is the person’s', async () => {
    const settings = { ...SETTINGS, tools: ['python'] };
    const { run } = await playScript([codes, answer()], { card: v2, settings });
    const at = indexOf(run, 'call');
    const made = fork(run, { kind: 'code', step: at, text: 'print(2 + 3)' }, v2);
    const { run: forked, requests } = await goOn(made, [answer('5')], v2, settings);
    expect(types(forked)).toEqual(['think', 'call', 'result', 'think', 'answer']);
    expect(forked.steps[1]).toMatchObject({ tool: 'python', input: { code: 'print(2 + 3)' } });
    expect(theirs(forked)[0]).toMatch(/^2 \+ 3\)/);
    expect(forked.parent).toMatchObject({ steps: 1, change: { kind: 'code' } });
    expect(requests).toHaveLength(1);
  });

  it('stands where code stood, and nowhere else', async () => {
    const { run } = await play(zoom(100, 200, 140, 260), answer());
    const goer = { card: able, device: 'wasm', dialect: findDialect('nano-1')! } as const;
    const change = { kind: 'code', step: indexOf(run, 'call'), text: 'print(1)' } as const;
    expect(forkOf(run, change, goer)).toEqual({ ok: false, problem: 'no-form' });
    expect(forkOf(run, { ...change, step: 0 }, goer)).toEqual({ ok: false, problem: 'not-here' });
  });
});

describe('another token', () => {
  it('is taken with its own id, and what came before it is as it was', async () => {
    const { run } = await play(answer());
    const [think] = run.steps;
    const token = think!.tokens[1]!;
    const top = [...token.top, { id: 777, text: 'You see', logprob: -2 }];
    const tokens = think!.tokens.with(1, { ...token, top });
    const told = { ...run, steps: run.steps.with(0, { ...think!, tokens }) };
    const made = fork(told, { kind: 'token', step: 0, token: 1, taken: 1 });
    const { run: forked, requests } = await goOn(made, [{ text: '.|</think>|<answer>|B3|</answer>' }]);
    expect(requests[0]?.begun).toEqual([tokens[0]!.id, 777]);
    expect(forked.steps[0]).toMatchObject({ text: 'You see.', person: [{ from: 0, to: 7 }] });
    expect(forked.steps[0]!.tokens[1]).toMatchObject({ id: 777, logprob: -2, top });
  });
});

describe('other settings, and a next question', () => {
  it('go on from any step', async () => {
    const { run } = await play(zoom(100, 200, 140, 260), answer());
    const { requests, run: forked } = await goOn(fork(run, { kind: 'settings', step: 4 }), [
      { text: '<answer>|B3|</answer>' },
    ]);
    expect(requests[0]?.begun).toEqual(run.steps[3]!.tokens.map(({ id }) => id));
    expect(forked.steps.slice(0, 4).map(({ tokens }) => tokens)).toEqual(
      run.steps.slice(0, 4).map(({ tokens }) => tokens),
    );
    expect(theirs(forked)).toEqual([]);
  });

  it('continues the conversation, with looks of its own', async () => {
    const first = await play(...Array.from({ length: 6 }, (_, i) => zoom(i * 100, 0, i * 100 + 50, 60)), answer());
    const { run, requests } = await goOn(fork(first.run, { kind: 'said', text: 'And the cat?' }), [
      zoom(700, 500, 800, 600),
      answer('B3'),
    ]);
    expect(types(run).slice(-6)).toEqual(['said', 'think', 'call', 'result', 'think', 'answer']);
    expect(requests[0]?.messages.at(-1)).toEqual({
      role: 'user',
      content: [{ type: 'text', text: 'And the cat?', typed: true }],
    });
    expect(run.stop?.reason).toBe('answer');
  });
});
