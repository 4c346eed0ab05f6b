/** The dialects of models behind servers against docs/protocol.md: cases as such models write them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Message } from '@/lib/engine';
import { rootPlace, type Trajectory } from '@/lib/trajectory';
import { SETTINGS, playScript } from '../fixtures/play';
import { card } from '../fixtures/scripted-engine';
import { findDialect } from './index';
import { miniO3 } from './mini-o3';
import { native, nativeYx } from './native';
import { pixelReasoner } from './pixel-reasoner';

const rules = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
const smart = { kind: 'smart', factor: 28, patch: 14, minPixels: 3136, maxPixels: 100_000 } as const;

const play = (dialect: string, ...turns: string[]) =>
  playScript(
    turns.map((text) => ({ text })),
    { card: { ...card, dialect, frame: 'thousandths', image: { ...card.image, sizing: smart } } },
  );

const regions = (run: Trajectory) =>
  run.pictures.flatMap((one) => (one.from === 'view' ? [{ of: one.of, ...one.region }] : []));
const refusals = (run: Trajectory) =>
  run.steps.flatMap((step) => (step.type === 'result' && step.refused ? [step.refused] : []));
/** A turn as one text. */
const textOf = (message: Message | undefined) =>
  message?.role === 'user'
    ? message.content.map((part) => (part.type === 'text' ? part.text : '{image}')).join('')
    : '';

describe('deepeyes', () => {
  // 1600 × 1200, seen at 364 × 252.
  const zoom = (...box: number[]) =>
    `<think>Look.</think><tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [${box.join(', ')}]}}</tool_call>`;
  const answer = '<think>I see.</think><answer>K7</answer>';

  it('D7: cuts the box itself, and refuses what its own code refuses in its own words', async () => {
    const { run } = await play(
      'deepeyes',
      zoom(0, 0, 182, 126),
      zoom(0, 0, 6, 200),
      zoom(9, 9, 9, 20),
      '<tool_call>nothing</tool_call>',
      answer,
    );
    expect(regions(run)).toEqual([{ of: 'p1', x1: 0, y1: 0, x2: 800, y2: 600 }]);
    expect(refusals(run)).toMatchObject([
      { problem: 'box-too-small', told: 'Error: ZOOM IN ARGUMENTS ARE INVALID' },
      { problem: 'box-empty', told: 'Error: ZOOM IN ARGUMENTS ARE INVALID' },
      { problem: 'not-json' },
    ]);
  });

  it('D8: carries out the first call of a turn or, as in training, the last', async () => {
    const both = `${zoom(0, 0, 182, 126)}\n${zoom(182, 126, 364, 252)}`;
    const first = await play('deepeyes', both, answer);
    expect(regions(first.run)).toEqual([{ of: 'p1', x1: 0, y1: 0, x2: 800, y2: 600 }]);
    const last = await play('deepeyes-last', both, answer);
    expect(regions(last.run)).toEqual([{ of: 'p1', x1: 800, y1: 600, x2: 1600, y2: 1200 }]);
    expect(refusals(last.run)).toEqual([{ problem: 'superseded', told: '' }]);
    const answered = await play('deepeyes-last', `${zoom(0, 0, 182, 126)}${answer}`);
    expect(answered.run).toMatchObject({ status: 'done', stop: { reason: 'answer' } });
  });
});

describe('mini-o3', () => {
  const look = (source: string, ...box: number[]) =>
    `<think>Look.</think><grounding>{"bbox_2d": [${box.join(', ')}], "source": "${source}"}</grounding>`;

  it('O1, O5: the system prompts are those of the document', () => {
    expect(rules).toContain(miniO3.systemPrompt(true, 'fractions'));
    expect(miniO3.systemPrompt(false, 'fractions')).not.toContain('grounding');
  });

  it('O2: crops of crops are cut out of the crop they name', async () => {
    const { run } = await play(
      'mini-o3',
      look('original_image', 0, 0, 0.5, 0.5),
      look('observation_1', 0.5, 0.5, 1, 1),
      look('observation_9', 0, 0, 1, 1),
      '<answer>K7</answer>',
    );
    expect(regions(run)).toEqual([
      { of: 'p1', x1: 0, y1: 0, x2: 800, y2: 600 },
      { of: 'p2', x1: 400, y1: 300, x2: 800, y2: 600 },
    ]);
    const inner = run.pictures[2];
    if (!inner) throw new Error('no second crop');
    const whole = { x1: 0, y1: 0, x2: inner.width, y2: inner.height };
    expect(rootPlace(run.pictures, { picture: inner.id, box: whole as never })).toMatchObject({
      picture: { id: 'p1' },
      box: { x1: 400, y1: 300, x2: 800, y2: 600 },
    });
    expect(refusals(run)).toMatchObject([{ problem: 'no-such-picture' }]);
    expect(run.steps.filter(({ type }) => type === 'call')).toHaveLength(3);
  });

  it('O3, O4: results are counted, and errors followed by its own words', async () => {
    const { requests } = await play(
      'mini-o3',
      look('original_image', 0, 0, 0.5, 0.5),
      look('observation_1', 0, 0, 0.5, 0.5),
      '<grounding>{</grounding>',
      '<answer>K7</answer>',
    );
    const told = requests.map(({ messages }) => textOf(messages.at(-1)));
    expect(told[1]).toMatch(
      /^After the above Action 0, here is the the zoom-in image \(Observation 1\):\n\{image\}\.\nContinue your/,
    );
    expect(told[2]).toMatch(/^After the above Action 1, here is the the zoom-in image \(Observation 2\):\n/);
    expect(told[3]).toMatch(/^Error: .*\nPlease analyze the error information/s);
  });
});

describe('pixel-reasoner', () => {
  const crop = (name: string, target: number, ...box: number[]) =>
    `Small.<tool_call>{"name": "${name}", "arguments": {"bbox_2d": [${box.join(', ')}], "target_image": ${target}}}</tool_call>`;

  it('W1: the system prompt holds its tool and no other', () => {
    const prompt = pixelReasoner.systemPrompt(true, 'fractions');
    expect(prompt).toContain('{"name": "crop_image_normalized"');
    expect(prompt).not.toContain('image_zoom_in_tool');
  });

  it('W2, W3, W4: crops by either name, of the numbered picture, with a tenth around', async () => {
    const { run, requests } = await play(
      'pixel-reasoner',
      crop('crop_image_normalized', 1, 0.2, 0.2, 0.4, 0.4),
      crop('crop_image', 2, 0, 0, 0.5, 0.5),
      crop('crop_image', 7, 0, 0, 1, 1),
      'It says \\boxed{K7}.',
    );
    expect(regions(run)).toEqual([
      { of: 'p1', x1: 160, y1: 120, x2: 800, y2: 600 },
      { of: 'p2', x1: 0, y1: 0, x2: 384, y2: 288 },
    ]);
    expect(refusals(run)).toMatchObject([{ problem: 'no-such-picture' }]);
    expect(textOf(requests[1]?.messages.at(-1))).toBe('Here is the cropped image.{image}');
  });

  it('W5: a boxed answer is a plain one', async () => {
    const { run } = await play('pixel-reasoner', 'It says \\boxed{K7}.');
    expect(run.steps).toMatchObject([{ type: 'answer', text: 'It says \\boxed{K7}.' }]);
  });
});

describe('native', () => {
  const call =
    '<think>Small.</think>\n<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [0, 0, 500, 500], "label": "sign"}}</tool_call>';

  it('V1: the tool is handed over beside the conversation, where the run has it', async () => {
    const { requests } = await play('native', 'K7');
    expect(requests[0]?.tools).toMatchObject([{ function: { name: 'image_zoom_in_tool' } }]);
    expect(native.systemPrompt(true, 'thousandths')).not.toContain('bbox_2d');
    expect(native.nativeTools?.([], 'thousandths')).toEqual([]);
  });

  it('V2, V3: a call is carried out and its crop told as what it came to; words alone are the answer', async () => {
    const { run, requests } = await play('native', call, 'It says K7.');
    expect(run.steps.map(({ type }) => type)).toEqual(['think', 'call', 'result', 'answer']);
    const told = requests[1]?.messages.at(-1);
    expect(told).toMatchObject({ role: 'user', result: true });
    expect(textOf(told)).toMatch(
      /^The region enlarged, \d+ × \d+ pixels\. Boxes still mean the first picture\.\{image\}$/,
    );
    const refused = await play(
      'native',
      '<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1</tool_call>',
      'K7',
    );
    expect(refused.requests[1]?.messages.at(-1)).toMatchObject({ result: true, content: [{ type: 'text' }] });
  });

  it('V6: all calls of a turn are carried out in order, those beyond the most are told so, and then it answers', async () => {
    const zoom = (...box: number[]) =>
      `<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [${box.join(', ')}]}}</tool_call>`;
    const all = zoom(0, 0, 500, 500) + zoom(500, 0, 400, 500) + zoom(500, 500, 1000, 1000) + zoom(0, 500, 500, 1000);
    const turns = [all, 'It says K7.'].map((text) => ({ text }));
    const { run, requests } = await playScript(turns, {
      card: { ...card, dialect: 'native', frame: 'thousandths', image: { ...card.image, sizing: smart } },
      settings: { ...SETTINGS, maxTurns: 3 },
    });
    expect(run.steps.map(({ type, turn }) => `${turn} ${type}`)).toEqual([
      ...Array.from({ length: 4 }, () => '1 call'),
      ...Array.from({ length: 4 }, () => '1 result'),
      '2 answer',
    ]);
    const results = run.steps.flatMap((step) => (step.type === 'result' ? [step] : []));
    expect(results.map(({ callId }) => callId)).toEqual(
      run.steps.flatMap((step) => (step.type === 'call' ? [step.callId] : [])),
    );
    expect(results.map(({ refused }) => refused?.problem ?? null)).toEqual([null, 'box-empty', null, 'too-many-calls']);
    expect(requests[1]?.messages.slice(-4)).toMatchObject([
      { result: true, content: [{}, { type: 'image' }] },
      { result: true, content: [{ type: 'text' }] },
      { result: true, content: [{}, { type: 'image' }] },
      { result: true, content: [{ text: 'Error: there are no more calls; answer now.' }] },
    ]);
    expect(run.stop?.reason).toBe('answer');
  });

  it('V4: no grammar holds a turn unless a person wants it', () => {
    expect([native, nativeYx].map(({ constrained }) => constrained)).toEqual([false, false]);
    expect(SETTINGS.grammar).toBeUndefined();
  });

  it('V5: boxes y first are read into the order of every other', async () => {
    const { run } = await play(
      'native-yx',
      '<tool_call>{"name": "image_zoom_in_tool", "arguments": {"box_2d": [0, 500, 500, 1000], "label": "sign"}}</tool_call>',
      'K7',
    );
    expect(run.steps[0]).toMatchObject({ asked: { box: { x1: 500, y1: 0, x2: 1000, y2: 500 } }, label: 'sign' });
    expect(findDialect('native-yx')?.readCall('{"name": "x", "arguments": {"box_2d": "no"}}')).toMatchObject({
      ok: true,
      input: { box_2d: 'no' },
    });
  });
});
