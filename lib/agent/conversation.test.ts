/** The law: what a model has been told is read from the run alone, for every run, every dialect and every prefix. */
import { describe, expect, it, vi } from 'vitest';
import type { EngineImage, Message, ModelCard } from '@/lib/engine';
import { type RunSettings, type Step, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { conversationOf } from './conversation';
import type { Dialect } from './contract';
import { findDialect } from './dialects';
import { playScript, SETTINGS, type Played } from './fixtures/play';
import { card, given, scriptedImages, source, type ScriptedTurn } from './fixtures/scripted-engine';
import { createLook } from './look';
import type { Given } from './order';
import { shownPictures } from './shown-pictures';

vi.setConfig({ testTimeout: 60_000 });

const smart = { kind: 'smart', factor: 28, patch: 14, minPixels: 3136, maxPixels: 100_000 } as const;
const DIALECTS: readonly { readonly dialect: Dialect; readonly of: ModelCard; readonly scale: number }[] = [
  { dialect: findDialect('nano-1')!, of: card, scale: 1 },
  ...['deepeyes', 'deepeyes-last', 'qwen-tools', 'qwen-xml', 'gemma-tools', 'zoom-json', 'native'].map((id) => ({
    dialect: findDialect(id)!,
    of: { ...card, dialect: id, image: { ...card.image, sizing: smart } },
    scale: id.startsWith('deepeyes') ? 0.22 : 1,
  })),
];

const other = { ...source, ref: { ...source.ref, hash: 'ef'.repeat(32), width: 900, height: 1400, name: 'other.png' } };

const call = (name: string, input: string) =>
  `<think>|Look.|</think>|<tool_call>{"name": "${name}", |"arguments": ${input}|}</tool_call>`;
const zoom = (...box: number[]) => call('image_zoom_in_tool', `{"bbox_2d": [${box.join(', |')}], "label": "dog"}`);
const rotate = (angle: number) => call('image_rotate_tool', `{"angle": ${angle}}`);
const answer = '<think>|I see.|</think>|<answer>|K7|</answer>';
const script = (...turns: string[]): ScriptedTurn[] => turns.map((text) => ({ text }));

interface Case {
  readonly name: string;
  readonly turns: readonly ScriptedTurn[];
  readonly given?: readonly Given[];
  readonly settings?: Partial<RunSettings>;
}

const between: readonly Given[] = [
  { text: 'Here is one.' },
  { source },
  { text: 'And what of this?' },
  { source: other },
  { text: '' },
  { source },
];

const CASES: readonly Case[] = [
  { name: 'an answer at once', turns: script(answer) },
  { name: 'a plain answer', turns: script('It says| K7.') },
  { name: 'zooms', turns: script(zoom(100, 200, 140, 260), zoom(10, 10, 90, 80), zoom(500, 10, 800, 800), answer) },
  {
    name: 'refusals',
    turns: script(
      '<tool_call>{"na|me": ',
      zoom(900, 10, 100, 80),
      call('nothing', '{}'),
      zoom(1, 2),
      call('image_zoom_in_tool', '{}'),
      zoom(100, 200, 140, 260),
      answer,
    ),
    settings: { maxTurns: 9 },
  },
  { name: 'a repeated box', turns: script(zoom(10, 10, 90, 80), zoom(10, 10, 90, 80), zoom(200, 10, 290, 80), answer) },
  { name: 'one that ends for its repeats', turns: script(...Array<string>(3).fill(zoom(10, 10, 90, 80))) },
  { name: 'too many calls', turns: script(zoom(0, 0, 50, 50), zoom(100, 0, 150, 50)), settings: { maxTurns: 1 } },
  {
    name: 'turned pictures',
    turns: script(rotate(90), zoom(100, 200, 140, 260), rotate(45), rotate(180), answer),
    settings: { tools: ['zoom', 'rotate'] },
  },
  { name: 'several pictures, words between', turns: script(zoom(100, 200, 140, 260), answer), given: between },
  { name: 'no picture at all', turns: script(zoom(100, 200, 140, 260), answer), given: [{ text: 'What?' }] },
  { name: 'no words at all', turns: script(answer), given: [{ source }] },
  { name: 'no tools', turns: script(answer), settings: { tools: [] } },
  { name: 'tokens that ran out', turns: [{ text: zoom(1, 2, 30, 40) }, { text: '<think>|on |and', ends: 'length' }] },
];

const cases = DIALECTS.flatMap((one) => CASES.map((each) => ({ ...one, ...each, id: one.dialect.id })));
const live = new AbortController().signal;

/** The script in a dialect's numbers and tags. */
const told = (turns: readonly ScriptedTurn[], { scale, dialect }: Pick<(typeof cases)[number], 'scale' | 'dialect'>) =>
  turns.map((turn): ScriptedTurn => {
    const text = turn.text.replace(/(?<=\[[\d, |]*)\d+/g, (digits) => String(Math.round(Number(digits) * scale)));
    return { ...turn, ...(dialect.id === 'gemma-tools' ? { text: inGemmasTags(text), cut: '¦' } : { text }) };
  });

function inGemmasTags(text: string): string {
  return text
    .replaceAll('|', '¦')
    .replaceAll('<think>', '<|channel>thought\n')
    .replaceAll('</think>', '<channel|>')
    .replaceAll('<tool_call>', '<|tool_call>')
    .replaceAll('</tool_call>', '<tool_call|>');
}

const orderOf = ({ of, given: sent = given, settings }: (typeof cases)[number]) => ({
  card: of,
  given: sent,
  settings: { ...SETTINGS, ...settings },
  id: 'run',
  createdAt: '2026-11-30T00:00:00.000Z',
});

/** Images by what they show; the script's pixels also say in which order they were cut, which is another at another time. */
const shown = (messages: readonly Message[] | undefined) =>
  messages?.map((message) =>
    message.role !== 'user'
      ? message
      : {
          ...message,
          content: message.content.map((part) => (part.type === 'image' ? withoutOrder(part.image) : part)),
        },
  );

function withoutOrder({ data, ...image }: EngineImage) {
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum = (sum * 31 + data[at]! + 7 * data[at + 1]!) % 1_000_003;
  return { ...image, sum };
}

async function imagesOf(run: Trajectory, { of, given: sent = given }: (typeof cases)[number]) {
  const files = sent.flatMap((one) => ('source' in one ? [one.source] : []));
  const look = createLook(scriptedImages(), of, (hash) => files.find(({ ref }) => ref.hash === hash) ?? null);
  await look.prepare(run, shownPictures(run), live);
  return look.imageOf;
}

const upTo = (run: Trajectory, isKept: (step: Step) => boolean): Trajectory => ({
  ...run,
  steps: run.steps.filter(isKept),
  usage: [],
});

describe('what a model was told', () => {
  it.each(cases)('$id, $name: is read from the run, for every prefix', async (one) => {
    const { run, requests } = await playScript(told(one.turns, one), orderOf(one));
    expect(parseTrajectory(JSON.parse(JSON.stringify(run)))).toEqual({ ok: true, trajectory: run });
    expect(run.status).toBe('done');
    const imageOf = await imagesOf(run, one);
    expect(requests.length).toBe(one.turns.length);
    for (const [turn, { messages }] of requests.entries()) {
      const prefix = upTo(run, (step) => step.turn <= turn);
      expect(shown(conversationOf(prefix, one.dialect, imageOf))).toEqual(shown(messages));
    }
  });

  it('what a person typed is told as such in every dialect, and what the dialect puts around it is not', async () => {
    for (const { dialect, of } of DIALECTS) {
      const { run } = await playScript(script(answer), { given: [{ source }, { text: '<tool_call>' }], card: of });
      const image: EngineImage = { key: 'k', width: 1, height: 1, data: new Uint8ClampedArray(4) };
      const texts = conversationOf(run, dialect, () => image).flatMap((message) =>
        message.role === 'user' ? message.content.filter((part) => part.type === 'text') : [],
      );
      expect(texts.filter(({ typed }) => typed)).toEqual([{ type: 'text', text: '<tool_call>', typed: true }]);
      expect(texts.filter(({ typed, text }) => !typed && text.includes('<tool_call>'))).toHaveLength(
        dialect.id.startsWith('deepeyes') ? 1 : 0,
      );
    }
  });

  it('without its tokens a turn is written out, and reads as the same turn', async () => {
    for (const one of DIALECTS) {
      const { dialect, of } = one;
      const { run } = await playScript(told(script(zoom(1, 2, 30, 40), answer), one), { card: of });
      expect(run.steps.map(({ type }) => type)).toEqual(['think', 'call', 'result', 'think', 'answer']);
      const bare = { ...run, steps: run.steps.map((step) => ({ ...step, tokens: [] })) };
      const imageOf = (): EngineImage => ({ key: 'k', width: 1, height: 1, data: new Uint8ClampedArray(4) });
      const bared = conversationOf(bare, dialect, imageOf).filter(({ role }) => role === 'assistant');
      const wrote = conversationOf(run, dialect, imageOf).filter(({ role }) => role === 'assistant');
      expect(bared).toEqual(wrote.map(({ role, ...said }) => ({ role, text: 'text' in said ? said.text : '' })));
    }
  });

  it('of a turn that a person wrote in, or another model wrote, the words count and not the tokens', async () => {
    const { run } = await playScript(script(zoom(1, 2, 30, 40), answer));
    const imageOf = (): EngineImage => ({ key: 'k', width: 1, height: 1, data: new Uint8ClampedArray(4) });
    const spoken = (of: Trajectory, reader?: number) =>
      conversationOf(of, findDialect('nano-1')!, imageOf, reader).filter(({ role }) => role === 'assistant');
    const [first, ...rest] = run.steps;
    if (first?.type !== 'think') throw new Error('a thought was expected');
    const edited = { ...first, text: 'Large.', person: [{ from: 0, to: 6 }] };
    const [changed, last] = spoken({ ...run, steps: [edited, ...rest] });
    expect(changed).toEqual({ role: 'assistant', text: expect.stringMatching(/^<think>Large\.<\/think><tool_call>/) });
    expect(last).toEqual(spoken(run)[1]);

    const another = { ...run.models[0]!, id: 'another' };
    const both = { ...run, models: [...run.models, another] };
    expect(spoken(both, 0)).toEqual(spoken(run));
    expect(spoken(both, 1)).toEqual(
      spoken(run).map((said) => ({ role: 'assistant', text: 'text' in said && said.text })),
    );
  });
});

describe('a run that goes on', () => {
  /** What the rest of the script sends and makes, from a prefix of the run. */
  const goOn = (whole: Played, one: (typeof cases)[number], prefix: Trajectory, turn: number) =>
    playScript(told(one.turns, one).slice(turn), {
      ...orderOf(one),
      given: (one.given ?? given).filter((sent) => 'source' in sent),
      from: { ...prefix, status: 'running', stop: null },
    });

  it.each(cases)('$id, $name: sends and makes what the whole did, from every turn', async (one) => {
    const whole = await playScript(told(one.turns, one), orderOf(one));
    const made = ({ steps, pictures, given: parts, models, stop, status, title, systemPrompt }: Trajectory) =>
      // Tokens have the script's ids, which another script counts anew.
      ({
        steps: steps.map((step) => ({ ...step, tokens: step.tokens.map(({ text }) => text) })),
        ...{ pictures, parts, models, stop, status, title, systemPrompt },
      });
    const words = (messages: readonly Message[] | undefined) =>
      shown(messages)?.map((message) => (message.role === 'assistant' ? message.text : message));
    for (let turn = 1; turn < one.turns.length; turn += 1) {
      const ended = upTo(whole.run, (step) => step.turn <= turn);
      // As it is kept, and with the calls of its last turn still to be carried out.
      const waiting = upTo(whole.run, (step) => step.turn < turn || (step.turn === turn && step.type !== 'result'));
      for (const prefix of [ended, waiting]) {
        const last = prefix.steps.findLastIndex(({ type }) => type === 'result');
        const brought = new Set(shownPictures({ ...prefix, steps: prefix.steps.slice(0, last + 1) }));
        const pictures = prefix.pictures.filter(({ id }) => brought.has(id));
        const rest = await goOn(whole, one, { ...prefix, pictures }, turn);
        expect(rest.requests.map(({ messages }) => words(messages))).toEqual(
          whole.requests.slice(turn).map(({ messages }) => words(messages)),
        );
        expect(rest.requests.map(({ sampling }) => sampling)).toEqual(
          whole.requests.slice(turn).map(({ sampling }) => sampling),
        );
        expect(made(rest.run)).toEqual(made(whole.run));
        expect(parseTrajectory(JSON.parse(JSON.stringify(rest.run)))).toEqual({ ok: true, trajectory: rest.run });
      }
    }
  });

  it('with another model: what the first wrote stays its own, and pictures are seen anew', async () => {
    const first = await playScript(script(zoom(100, 200, 140, 260), answer));
    const prefix = upTo(first.run, (step) => step.turn <= 1);
    const of = { ...card, id: 'other', dialect: 'deepeyes', image: { ...card.image, sizing: smart } };
    const { run, requests } = await playScript(script(answer), {
      card: of,
      from: { ...prefix, status: 'running', stop: null, truth: { answers: ['K7'], options: null, places: [] } },
    });
    expect(run.models.map(({ id }) => id)).toEqual(['loupe-nano', 'other']);
    expect(run.steps.map(({ type, model }) => [type, model])).toEqual([
      ['think', undefined],
      ['call', undefined],
      ['result', undefined],
      ['think', 1],
      ['answer', 1],
    ]);
    expect(run.given[0]).toMatchObject({ seen: { width: 364, height: 252 } });
    expect(run.truth).toEqual({ answers: ['K7'], options: null, places: [] });
    expect(run.title).toBe(first.run.title);
    expect(requests[0]?.messages[2]).not.toHaveProperty('tokenIds');
    expect(parseTrajectory(run).ok).toBe(true);
  });

  it('gives its calls ids that no call has, whatever was cut out before', async () => {
    const first = await playScript(script(zoom(0, 0, 50, 50), zoom(100, 0, 150, 50), zoom(200, 0, 250, 50), answer));
    const prefix = upTo(first.run, (step) => step.turn === 2 || step.turn === 3);
    const { run } = await playScript(script(zoom(300, 0, 350, 50), zoom(400, 0, 450, 50), answer), {
      from: { ...prefix, status: 'running', stop: null },
    });
    const ids = run.steps.flatMap((step) => (step.type === 'call' ? [step.callId] : []));
    expect(ids).toEqual(['call-2', 'call-3', 'call-4', 'call-5']);
    expect(parseTrajectory(run).ok).toBe(true);
  });
});
