import { describe, expect, it } from 'vitest';
import { ImageError } from '@/lib/image';
import { answerOf, boxesAt, eventsOf, foldAll, foldEvent } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import type { RunSettings, Trajectory, TrajectoryEvent } from '@/lib/trajectory';
import { card, given, scriptedEngine, scriptedImages, source } from './fixtures/scripted-engine';
import type { ScriptedTurn } from './fixtures/scripted-engine';
import type { AgentRun } from './order';
import { runAgent } from './run-agent';

const settings: RunSettings = {
  temperature: 0,
  topP: 1,
  topK: 0,
  seed: 7,
  maxTurns: 4,
  maxNewTokens: 96,
  tools: ['zoom'],
};

const OPEN = '<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [';
const zoom = (box: string, label = 'dog', thought = 'Small.') =>
  `<think>|${thought}|</think>|${OPEN}|${box.replaceAll(', ', '|, |')}|], "label": "|${label}|"}}</tool_call>`;
const answer = (text: string, thought = 'I see.') => `<think>|${thought}|</think>|<answer>|${text}|</answer>`;

interface Told {
  readonly events: readonly TrajectoryEvent[];
  readonly trajectory: Trajectory;
  readonly requests: ReturnType<typeof scriptedEngine>['requests'];
  readonly regions: readonly unknown[];
}

/** Runs the script; every state on the way has to pass the door, and the end has to survive being told again. */
async function play(turns: readonly ScriptedTurn[], change: Partial<AgentRun> = {}, fails?: Error): Promise<Told> {
  const engine = scriptedEngine(turns);
  const images = scriptedImages(fails);
  let clock = 100;
  const order: AgentRun = {
    engine,
    images,
    given,
    settings,
    card,
    device: 'wasm',
    now: () => (clock += 1),
    signal: new AbortController().signal,
    ...change,
  };
  const events: TrajectoryEvent[] = [];
  let trajectory: Trajectory | null = null;
  for await (const event of runAgent(order)) {
    events.push(event);
    trajectory = foldEvent(trajectory, event);
    expect(parseTrajectory(trajectory)).toEqual({ ok: true, trajectory });
  }
  if (trajectory === null) throw new Error('nothing was told');
  expect(foldAll(eventsOf(trajectory))).toEqual(trajectory);
  expect(parseTrajectory(JSON.parse(JSON.stringify(trajectory)))).toEqual({ ok: true, trajectory });
  const times = events.map((event) => event.at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  return { events, trajectory, requests: engine.requests, regions: images.regions };
}

const kinds = (trajectory: Trajectory) =>
  trajectory.steps.map((step) => `${step.turn} ${step.type === 'result' && step.refused ? 'refused' : step.type}`);

/** What was told back before the last request, as text. */
const toldBack = ({ requests }: Told) => {
  const last = requests.at(-1)?.messages.at(-1);
  if (last?.role !== 'user') return null;
  return last.content.map((part) => (part.type === 'text' ? part.text : '<image>')).join('');
};

describe('a run', () => {
  it('answers at once', async () => {
    const { trajectory, events, requests } = await play([{ text: answer('K7') }]);
    expect(kinds(trajectory)).toEqual(['1 think', '1 answer']);
    expect(answerOf(trajectory)).toBe('K7');
    expect(trajectory).toMatchObject({
      status: 'done',
      stop: { reason: 'answer', message: '', code: null },
      pictures: [{ id: 'p1', from: 'file', file: { hash: source.ref.hash }, width: 1600, height: 1200 }],
      given: [
        { picture: 'p1', seen: { width: 256, height: 256, tokens: 64, distance: { score: 0.5, threshold: 2 } } },
        { text: 'What does the tag on the dog say?' },
      ],
      models: [{ id: 'loupe-nano', device: 'wasm' }],
      dialect: 'nano-1',
    });
    expect(trajectory.usage.map((usage) => [usage.turn, usage.imagesEncoded])).toEqual([[1, 1]]);
    expect(requests[0]?.messages.map((message) => message.role)).toEqual(['system', 'user']);
    const phases = events.flatMap((event) => (event.type === 'progress' ? [event.phase] : []));
    expect(new Set(phases)).toEqual(new Set(['vision', 'prefill', 'decode']));
  });

  it('N8 to N10: looks closer once and is shown the crop', async () => {
    const told = await play([{ text: zoom('100, 200, 140, 260') }, { text: answer('K7') }]);
    const { trajectory, regions, requests } = told;
    expect(kinds(trajectory)).toEqual(['1 think', '1 call', '1 result', '2 think', '2 answer']);
    expect(trajectory.steps[1]).toMatchObject({
      callId: 'call-1',
      tool: 'zoom',
      label: 'dog',
      state: 'read',
      asked: { box: { x1: 100, y1: 200, x2: 140, y2: 260 }, frame: 'thousandths' },
      place: { picture: 'p1', box: { x1: 160, y1: 240, x2: 224, y2: 312 } },
    });
    expect(trajectory.pictures[1]).toEqual({
      id: 'p2',
      from: 'view',
      of: 'p1',
      region: { x1: 147, y1: 231, x2: 237, y2: 321 },
      turn: 0,
      width: 90,
      height: 90,
    });
    expect(trajectory.steps[2]).toMatchObject({
      callId: 'call-1',
      parts: [{ picture: 'p2', seen: { width: 256, height: 256, tokens: 64 } }],
      refused: null,
    });
    expect(regions).toEqual([
      { x1: 0, y1: 0, x2: 1600, y2: 1200 },
      { x1: 147, y1: 231, x2: 237, y2: 321 },
    ]);
    expect(toldBack(told)).toBe('<tool_response><image></tool_response>');
    const crop = requests[1]?.messages.at(-1);
    expect(crop?.role === 'user' && crop.content[1]).toMatchObject({
      image: { key: `${source.ref.hash}:147,231,237,321:256x256`, width: 256, height: 256 },
    });
  });

  it('gives the engine back what it wrote, token for token, and nothing of it anew', async () => {
    const { requests, trajectory } = await play([{ text: zoom('100, 200, 140, 260') }, { text: answer('K7') }]);
    const [first, second] = requests;
    expect(second?.messages.slice(0, 2)).toEqual(first?.messages);
    const wrote = second?.messages[2];
    const tokens = trajectory.steps.filter((step) => step.turn === 1).flatMap((step) => step.tokens);
    expect(wrote).toEqual({
      role: 'assistant',
      text: tokens.map((token) => token.text).join(''),
      tokenIds: tokens.map((token) => token.id),
    });
    expect(trajectory.usage.map((usage) => usage.imagesEncoded)).toEqual([1, 1]);
    expect(requests.map((request) => request.sampling.seed)).toEqual([7, 8]);
  });

  it('gives every token to its step: tags to the thought, the scaffold to the call, the stop token to the last', async () => {
    const { trajectory } = await play([{ text: zoom('100, 200, 140, 260') }, { text: answer('K7') }]);
    const written = trajectory.steps.map((step) => step.tokens.map((token) => token.text));
    expect(written).toEqual([
      ['<think>', 'Small.', '</think>'],
      [OPEN, '100', ', ', '200', ', ', '140', ', ', '260', '], "label": "', 'dog', '"}}</tool_call>', ''],
      [],
      ['<think>', 'I see.', '</think>'],
      ['<answer>', 'K7', '</answer>', ''],
    ]);
    expect(trajectory.steps[0]?.tokens[1]).toMatchObject({ logprob: -0.25, top: [{ text: 'Small.', logprob: -0.25 }] });
  });

  it('splits tags over tokens without losing any', async () => {
    const { trajectory } = await play([{ text: '<th|ink>a|</thi|nk><ans|wer>K|7</ans|wer>' }]);
    expect(trajectory.steps.map((step) => step.tokens.map((token) => token.text))).toEqual([
      ['<th', 'ink>a', '</thi', 'nk><ans'],
      ['wer>K', '7</ans', 'wer>', ''],
    ]);
    expect(answerOf(trajectory)).toBe('K7');
  });

  it('looks closer twice', async () => {
    const turns = [
      { text: zoom('100, 200, 140, 260') },
      { text: zoom('110, 230, 130, 250', 'tag') },
      { text: answer('K7') },
    ];
    const { trajectory } = await play(turns);
    expect(boxesAt(trajectory, trajectory.steps.length).map((box) => [box.number, box.label])).toEqual([
      [1, 'dog'],
      [2, 'tag'],
    ]);
    expect(trajectory.usage.map((usage) => usage.imagesEncoded)).toEqual([1, 1, 1]);
    expect(trajectory.stop?.reason).toBe('answer');
  });

  it('N11: tells the model of a call it cannot read, and goes on', async () => {
    const turns = [
      { text: '<think>|a|</think>|<tool_call>|{"name": |}</tool_call>' },
      { text: zoom('100, 200, 140, 260') },
      { text: answer('K7') },
    ];
    const told = await play(turns);
    expect(kinds(told.trajectory)).toEqual([
      '1 think',
      '1 call',
      '1 refused',
      '2 think',
      '2 call',
      '2 result',
      '3 think',
      '3 answer',
    ]);
    expect(told.trajectory.steps.slice(1, 3)).toMatchObject([
      { callId: 'call-1', tool: '', written: '{"name": }', input: null, state: 'read' },
      { callId: 'call-1', parts: [], refused: { problem: 'not-json', told: 'Error: bad call.' } },
    ]);
    expect(told.requests[1]?.messages.at(-1)).toEqual({
      role: 'user',
      content: [{ type: 'text', text: '<tool_response>Error: bad call.</tool_response>' }],
    });
  });

  it.each([
    ['1100, 0, 1200, 50', 'box-out-of-frame'],
    ['140, 200, 100, 260', 'box-empty'],
  ])('N11: tells the model of the bad box %s', async (box, problem) => {
    const told = await play([{ text: zoom(box) }, { text: answer('no') }]);
    expect(told.trajectory.steps.slice(1, 3)).toMatchObject([
      { type: 'call', tool: 'zoom', place: null, asked: { frame: 'thousandths' } },
      { type: 'result', refused: { problem, told: 'Error: bad box.' } },
    ]);
    expect(toldBack(told)).toBe('<tool_response>Error: bad box.</tool_response>');
    expect(told.regions).toHaveLength(1);
  });

  it('N12: ends with a turn that neither calls nor answers, and keeps its text', async () => {
    const { trajectory } = await play([{ text: 'I |do not know.' }]);
    expect(trajectory.steps).toMatchObject([{ type: 'think', text: 'I do not know.' }]);
    expect(trajectory).toMatchObject({ status: 'done', stop: { reason: 'no-call' } });
  });

  it('N12: says when the tokens ran out', async () => {
    const { trajectory } = await play([{ text: '<think>|on |and |on', ends: 'length' }]);
    expect(trajectory).toMatchObject({ status: 'done', stop: { reason: 'length' }, steps: [{ text: 'on and on' }] });
  });

  it('N13: refuses the same box once and ends at the third time', async () => {
    const same = { text: zoom('100, 200, 140, 260') };
    const { trajectory, regions } = await play([same, same, same, { text: answer('never') }]);
    expect(kinds(trajectory)).toEqual([
      '1 think',
      '1 call',
      '1 result',
      '2 think',
      '2 call',
      '2 refused',
      '3 think',
      '3 call',
      '3 refused',
    ]);
    expect(trajectory.steps[5]).toMatchObject({ refused: { problem: 'repeated-call', told: 'Error: bad box.' } });
    expect(trajectory.steps[8]).toMatchObject({ refused: { problem: 'repeated-call', told: '' } });
    expect(trajectory).toMatchObject({ status: 'done', stop: { reason: 'repeated-call' } });
    expect(regions).toHaveLength(2);
  });

  it('N13: goes on when another box follows the repeated one', async () => {
    const turns = ['100, 200, 140, 260', '100, 200, 140, 260', '500, 200, 540, 260', '500, 200, 540, 260'];
    const { trajectory } = await play([...turns.map((box) => ({ text: zoom(box) })), { text: answer('K7') }]);
    expect(kinds(trajectory).filter((kind) => kind.endsWith('refused'))).toEqual(['2 refused', '4 refused']);
    expect(trajectory.stop?.reason).toBe('answer');
  });

  it('N13: makes one last turn after maxTurns calls and carries none of it out', async () => {
    const boxes = ['0, 0, 50, 50', '100, 0, 150, 50', '200, 0, 250, 50'];
    const change = { settings: { ...settings, maxTurns: 2 } };
    const { trajectory, regions } = await play(
      boxes.map((box) => ({ text: zoom(box) })),
      change,
    );
    expect(kinds(trajectory).slice(-2)).toEqual(['3 think', '3 call']);
    expect(trajectory).toMatchObject({ status: 'done', stop: { reason: 'max-turns' } });
    expect(regions).toHaveLength(3);
  });

  it('carries out no call where tools are off', async () => {
    const change = { settings: { ...settings, tools: [] } };
    const { trajectory, regions, requests } = await play([{ text: zoom('0, 0, 50, 50') }], change);
    expect(trajectory.stop?.reason).toBe('no-call');
    expect(regions).toHaveLength(1);
    expect(requests[0]?.messages[0]).toEqual({ role: 'system', text: 'Look at the picture and answer.' });
    expect(trajectory.systemPrompt).toBe('Look at the picture and answer.');
  });
});

describe('a run that is stopped', () => {
  it.each([false, true])('ends within one token and keeps what was thought (deaf engine: %s)', async (deaf) => {
    const abort = new AbortController();
    const onToken = (count: number) => void (count === 3 && abort.abort());
    const turns = [{ text: '<think>|one |two |three |four |five', onToken, deaf }];
    const { trajectory, events } = await play(turns, { signal: abort.signal });
    expect(trajectory).toMatchObject({
      status: 'stopped',
      stop: { reason: 'abort', code: null },
      steps: [{ type: 'think', text: 'one two ' }],
    });
    expect(events.at(-2)?.type).toBe(deaf ? 'think-end' : 'turn-end');
  });

  it('keeps a half-written call as such and does not carry it out', async () => {
    const abort = new AbortController();
    const turns = [
      { text: zoom('100, 200, 140, 260'), onToken: (count: number) => void (count === 6 && abort.abort()) },
    ];
    const { trajectory, regions } = await play(turns, { signal: abort.signal });
    expect(trajectory.steps[1]).toMatchObject({ type: 'call', state: 'writing', tool: '', place: null });
    expect(kinds(trajectory)).toEqual(['1 think', '1 call']);
    expect(regions).toHaveLength(1);
  });

  it('says so when it was stopped before it began, or while the crop was cut', async () => {
    const before = await play([], { signal: AbortSignal.abort() });
    expect(before.trajectory).toMatchObject({ status: 'stopped', stop: { reason: 'abort' }, steps: [] });
    expect(before.requests).toHaveLength(0);

    const abort = new AbortController();
    const { cut } = scriptedImages();
    const images: AgentRun['images'] = {
      cut(picture, region, ...rest) {
        if (region.x1 === 0) return cut(picture, region, ...rest);
        abort.abort();
        return Promise.reject(abort.signal.reason as Error);
      },
    };
    const during = await play([{ text: zoom('100, 200, 140, 260') }], { signal: abort.signal, images });
    expect(kinds(during.trajectory)).toEqual(['1 think', '1 call']);
    expect(during.trajectory.stop?.reason).toBe('abort');
  });
});

describe('a run that an error ends', () => {
  it('keeps the steps before an engine failure and says its code', async () => {
    const turns: ScriptedTurn[] = [
      { text: zoom('100, 200, 140, 260') },
      { text: '<think>|The tag', fails: 'device-lost' },
    ];
    const { trajectory } = await play(turns);
    expect(kinds(trajectory)).toEqual(['1 think', '1 call', '1 result', '2 think']);
    expect(trajectory.steps[3]).toMatchObject({ text: 'The tag' });
    expect(trajectory).toMatchObject({
      status: 'failed',
      stop: { reason: 'error', code: 'device-lost', message: 'the script says so' },
    });
    expect(trajectory.usage).toHaveLength(1);
  });

  it('says the code of an image that cannot be cut', async () => {
    const fails = new ImageError('corrupt', 'cut short');
    const { trajectory } = await play([{ text: zoom('100, 200, 140, 260') }], {}, fails);
    expect(kinds(trajectory)).toEqual(['1 think', '1 call']);
    expect(trajectory).toMatchObject({ status: 'failed', stop: { code: 'corrupt', message: 'cut short' } });
  });

  it('does not guess at a dialect it does not know', async () => {
    const { trajectory, requests } = await play([], { card: { ...card, dialect: 'nano-99' } });
    expect(trajectory).toMatchObject({ status: 'failed', stop: { code: 'unsupported-model' } });
    expect(requests).toHaveLength(0);
  });

  it('lets the engine go when nobody listens any more', async () => {
    let released = false;
    const engine: AgentRun['engine'] = {
      async *generate() {
        try {
          for (;;) yield await Promise.resolve({ type: 'token' as const, id: 1, text: 'a', logprob: -1, top: [] });
        } finally {
          released = true;
        }
      },
    };
    const { signal } = new AbortController();
    const run = runAgent({
      engine,
      images: scriptedImages(),
      given,
      settings,
      card,
      device: 'wasm',
      now: () => 0,
      signal,
    });
    for await (const event of run) if (event.type === 'think-delta') break;
    expect(released).toBe(true);
  });
});

describe('a model that keeps proportions', () => {
  const smart = { kind: 'smart', factor: 28, patch: 14, minPixels: 3136, maxPixels: 1_003_520 } as const;
  const large = {
    ...card,
    dialect: 'deepeyes',
    frame: 'thousandths',
    image: { ...card.image, sizing: smart },
    crop: { minSide: 28, context: 1 },
  } as const;

  it('S1, S2, S5: reads boxes in pixels of the first image as it was seen, and cuts them as they were asked for', async () => {
    const told = await play(
      [{ text: zoom('287, 210, 574, 420') }, { text: zoom('574, 420, 861, 630') }, { text: answer('K7') }],
      { card: large },
    );
    const { trajectory, regions, requests } = told;
    // 1600 × 1200 is seen at 1148 × 840.
    expect(trajectory.given[0]).toMatchObject({ seen: { width: 1148, height: 840 } });
    expect(regions).toEqual([
      { x1: 0, y1: 0, x2: 1600, y2: 1200 },
      { x1: 400, y1: 300, x2: 800, y2: 600 },
      { x1: 800, y1: 600, x2: 1200, y2: 900 },
    ]);
    expect(trajectory.steps[1]).toMatchObject({
      asked: { box: { x1: 287, y1: 210, x2: 574, y2: 420 }, frame: 'resized-pixels' },
      place: { picture: 'p1', box: { x1: 400, y1: 300, x2: 800, y2: 600 } },
    });
    expect(trajectory.pictures[1]).toMatchObject({ region: { x1: 400, y1: 300, x2: 800, y2: 600 } });
    expect(trajectory.steps[2]).toMatchObject({
      type: 'result',
      parts: [{ picture: 'p2', seen: { width: 392, height: 308, tokens: 14 * 11 } }],
    });
    const crop = requests[1]?.messages.at(-1);
    expect(crop?.role === 'user' && crop.content[1]).toMatchObject({
      image: { width: 392, height: 308, source: { width: 400, height: 300 } },
    });
  });

  it('fails with words where a picture cannot be seen by the model', async () => {
    const strip = { ...source, ref: { ...source.ref, width: 9000, height: 20 } };
    const { trajectory, requests } = await play([], { card: large, given: [{ source: strip }, { text: 'What?' }] });
    expect(trajectory).toMatchObject({ status: 'failed', stop: { code: 'bad-request' } });
    expect(requests).toHaveLength(0);
  });
});

describe('a grammar', () => {
  const turns = [{ text: zoom('100, 200, 140, 260') }, { text: zoom('500, 600, 700, 900') }, { text: answer('K7') }];

  it('G1: goes with every request where the settings say so, and is kept with the run', async () => {
    const free = await play(turns);
    expect(free.requests.every(({ grammar }) => grammar === undefined)).toBe(true);
    const kept = await play(turns, { settings: { ...settings, grammar: true } });
    expect(kept.trajectory.settings?.grammar).toBe(true);
    expect(kept.requests[0]?.grammar?.calls[0]?.pieces[1]).toEqual({ number: { kind: 'integer', min: 0, max: 1000 } });
    expect(parseTrajectory({ ...kept.trajectory, settings }).ok).toBe(true);
  });

  it('G5: lets nothing be called in the last turn, nor without tools', async () => {
    const { requests } = await play(turns, { settings: { ...settings, maxTurns: 2, grammar: true } });
    expect(requests.map(({ grammar }) => grammar?.calls.length)).toEqual([1, 1, 0]);
    const blind = await play([{ text: '<answer>|K7|</answer>' }], {
      settings: { ...settings, tools: [], grammar: true },
    });
    expect(blind.requests[0]?.grammar).toMatchObject({ think: null, calls: [] });
  });
});
