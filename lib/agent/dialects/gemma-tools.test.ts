/** The dialect of Gemma 4 against docs/protocol.md, against a template of that form, and with the small model of the family. */
import { readFileSync } from 'node:fs';
import { Template } from '@huggingface/jinja';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EngineImage, Message } from '@/lib/engine';
import { loadTiny, loadTinyModel } from '@/lib/engine/fixtures/tiny-engine';
import { CHAT_TEMPLATES } from '@/lib/engine/fixtures/tiny-models/templates';
import type { LoadedModel } from '@/lib/engine/worker/load-model';
import { foldEvent, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { conversationOf } from '../conversation';
import { playScript } from '../fixtures/play';
import { readTurn, type ReadTurnEvent } from '../fixtures/read-turn';
import { card, scriptedImages, source } from '../fixtures/scripted-engine';
import { runAgent } from '../run-agent';
import { gemmaTools } from './gemma-tools';
import { zoomFunction } from './qwen-tools';

/** Other work may hold the processor. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const rules = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
const size = { width: 1600, height: 1200 };
const bounds = { frame: 'thousandths', image: size, seen: size, tools: ['zoom'], mayCall: true } as const;
const PROMPT = gemmaTools.systemPrompt(true, 'thousandths');
const PARAGRAPH = PROMPT.split('<|tool>')[0] ?? '';
const CALL = '<|tool_call>call:image_zoom_in_tool{bbox_2d:[100,200,400,500],label:<|"|>dog<|"|>}<tool_call|>';
const image: EngineImage = { key: 'k', width: 216, height: 168, data: new Uint8ClampedArray(216 * 168 * 4).fill(90) };

function events(turn: string, chunk = turn.length): ReadTurnEvent[] {
  const chunks: string[] = [];
  for (let at = 0; at < turn.length; at += chunk) chunks.push(turn.slice(at, at + chunk));
  return readTurn(gemmaTools, chunks);
}

/** Deltas of one step joined. */
function merged(turn: string, chunk?: number): ReadTurnEvent[] {
  const out: ReadTurnEvent[] = [];
  for (const event of events(turn, chunk)) {
    const last = out.at(-1);
    if (last && 'text' in event && 'text' in last && event.type === last.type) {
      out[out.length - 1] = { ...event, text: last.text + event.text };
    } else out.push(event);
  }
  return out;
}

function callOf(turn: string): unknown {
  const last = events(turn).find(({ type }) => type === 'call-end' || type === 'malformed');
  if (last?.type === 'call-end') return { ...last.call.box, label: last.call.label };
  return last?.type === 'malformed' ? last.problem : null;
}

const BOX = { x1: 100, y1: 200, x2: 400, y2: 500 };
const called = (given: string, name = 'image_zoom_in_tool') => `<|tool_call>call:${name}{${given}}<tool_call|>`;
const box = 'bbox_2d:[100,200,400,500]';

describe('gemma-tools', () => {
  it('M1, M6: asks for a call or an answer, and of thought says nothing', () => {
    expect(PARAGRAPH).toMatch(/function.*<answer><\/answer>\.$/);
    expect(PROMPT).not.toMatch(/think|thought|channel/);
    expect(gemmaTools.systemPrompt(false, 'thousandths')).toMatch(/^You answer questions.*<answer><\/answer>\.$/);
    expect(gemmaTools.systemPrompt(false, 'thousandths')).not.toContain('function');
  });

  it('M3: the grammar writes the call of the document', () => {
    const grammar = gemmaTools.grammar(bounds);
    const [call, ...others] = grammar.calls;
    const numbers = ['100', '200', '400', '500'];
    const parts = call?.pieces.map((piece) =>
      'literal' in piece ? piece.literal : 'number' in piece ? numbers.shift() : 'dog',
    );
    expect(others).toEqual([]);
    expect(parts?.join('')).toBe(CALL);
    expect(rules).toContain(`\`\`\`\n${CALL}\n\`\`\``);
    expect(rules).toContain(`\`${grammar.think?.open.trimEnd()}\``);
    expect(gemmaTools.grammar({ ...bounds, mayCall: false }).calls).toEqual([]);
    const both = gemmaTools.grammar({ ...bounds, tools: ['zoom', 'rotate'] });
    expect(both.calls.at(-1)?.pieces).toEqual([
      { literal: '<|tool_call>call:image_rotate_tool{angle:270}<tool_call|>' },
    ]);
  });

  it.each([
    ['as it should be', CALL, { ...BOX, label: 'dog' }],
    ['after a thought', `<|channel>thought\nFar.\n<channel|>${CALL}`, { ...BOX, label: 'dog' }],
    ['after words', `I will look. ${CALL} Wait.`, { ...BOX, label: 'dog' }],
    ['in the other order', called(`label:<|"|>dog<|"|>,${box}`), { ...BOX, label: 'dog' }],
    ['without a label', called(box), { ...BOX, label: '' }],
    ['with spaces', called('bbox_2d: [100, 200, 400, 500], label: <|"|>a dog<|"|> '), { ...BOX, label: 'a dog' }],
    ['quotes around keys', called(`<|"|>bbox_2d<|"|>:[100,200,400,500]`), { ...BOX, label: '' }],
    ['JSON’s quotes', called(`"bbox_2d":[100,200,400,500],"label":"a \\"dog\\""`), { ...BOX, label: 'a "dog"' }],
    [
      'a label with all that means something',
      called(`${box},label:<|"|>a "dog", {x:1}]\\ and <b><|"|>`),
      { ...BOX, label: 'a "dog", {x:1}]\\ and <b>' },
    ],
    ['a label that looks like a number', called(`${box},label:<|"|>7<|"|>`), { ...BOX, label: '7' }],
    ['a label without quotes', called(`${box},label:a dog`), { ...BOX, label: 'a dog' }],
    ['ends left out', CALL.slice(0, CALL.lastIndexOf('<|"|>')), { ...BOX, label: 'dog' }],
    ['broken off in the box', CALL.slice(0, CALL.indexOf(']')), { ...BOX, label: '' }],
    ['twice the same', called(`${box},${box.replace('100', '7')}`), { ...BOX, label: '' }],
    [
      'in JSON',
      '<|tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [100, 200, 400, 500]}}<tool_call|>',
      { ...BOX, label: '' },
    ],
    ['a key of an object’s own', called(`__proto__:{x:1},${box}`), { ...BOX, label: '' }],
    ['another function', called(box, 'image_rotate_tool'), 'unknown-tool'],
    ['no box', called('label:<|"|>dog<|"|>'), 'no-box'],
    ['nothing', called(''), 'no-box'],
    ['three numbers', called('bbox_2d:[100,200,400]'), 'box-not-four-numbers'],
    ['numbers as texts', called(box.replace('100', '<|"|>100<|"|>')), 'box-not-four-numbers'],
    ['numbers that are none', called(box.replace('100', '1e999')), 'box-not-four-numbers'],
    ['nested without end', called(`bbox_2d:${'['.repeat(9999)}`), 'no-box'],
    ['words', '<|tool_call>zoom in on the dog<tool_call|>', 'not-json'],
  ])('M4: reads a call %s', (_name, turn, expected) => {
    expect(callOf(turn)).toEqual(expected);
    // P1.
    for (const chunk of [1, 2, 3, 7]) expect(merged(turn, chunk)).toEqual(merged(turn));
  });

  it('M3, M4: thought and answer, in their tags or plain', () => {
    const gist = (turn: string) =>
      merged(turn).flatMap((event) => ('text' in event ? [`${event.type.slice(0, -6)}: ${event.text}`] : []));
    expect(gist('<|channel>thought\nFar.\n<channel|><answer>K7</answer>')).toEqual(['think: Far.\n', 'answer: K7']);
    expect(gist('<|channel>thought\n<channel|>It says K7.')).toEqual(['answer: It says K7.']);
    expect(gist('Far.\n<channel|><answer>K7')).toEqual(['think: Far.\n', 'answer: K7']);
    expect(gist('It says <think>K7</think>.')).toEqual(['answer: It says <think>K7</think>.']);
  });

  it('M4, M5: tells what is wrong as this form has it', async () => {
    const { requests } = await playScript([{ text: '<|tool_call>look<tool_call|>', cut: '¦' }, { text: 'K7' }], {
      card: { ...card, dialect: 'gemma-tools' },
    });
    const told = gemmaTools.refusals?.['not-json'] ?? '';
    expect(rules).toContain(`\`${told}\``);
    expect(requests[1]?.messages.at(-1)).toEqual(gemmaTools.refusal(told, ''));
    const [before, words, after] = ['<|tool_response>response:unknown{value:<|"|>', told, '<|"|>}<tool_response|>'];
    expect(gemmaTools.refusal(told, '')).toEqual({
      role: 'user',
      inTurn: true,
      content: [before, words, after].map((text) => ({ type: 'text', text })),
    });
  });
});

/** What the model wrote, as a template is told of it. */
const ASKED = {
  role: 'assistant',
  content: '',
  tool_calls: [
    { id: 'a', function: { name: 'image_zoom_in_tool', arguments: { label: 'dog', bbox_2d: [100, 200, 400, 500] } } },
  ],
};
const tools = [{ type: 'function', function: zoomFunction('thousandths') }];
const asGiven = (words: string) => [
  { role: 'system', content: PARAGRAPH },
  { role: 'user', content: [{ type: 'image' }, { type: 'text', text: words }] },
];
const rendered = (messages: readonly object[], thinking: boolean) =>
  new Template(CHAT_TEMPLATES.gemma4).render({
    ...{ messages, tools, bos_token: '<bos>', add_generation_prompt: true, enable_thinking: thinking },
  });

describe.each([false, true])('gemma-tools with the small model, thinking: %s', (thinking) => {
  let loaded: LoadedModel;
  beforeAll(async () => {
    loaded = await loadTinyModel({ family: 'gemma4', thinking });
  });
  afterAll(() => loaded.dispose());

  const idsOf = (messages: readonly Message[]) => loaded.renderPrompt(messages).positions.map(({ id }) => id);
  /** The template's text with the block of the picture where it has one. */
  const expected = (text: string) => {
    const block = loaded.model.imageBlock(image).ids;
    return text.split('<|image|>').flatMap((piece, i) => [...(i > 0 ? block : []), ...loaded.tokenizer.encode(piece)]);
  };
  const opening = (words = 'What?') =>
    gemmaTools.opening({
      systemPrompt: PROMPT,
      given: [
        { type: 'image', image },
        { type: 'text', text: words, typed: true },
      ],
      tools: true,
    });
  const wrote = (text: string, end: string): Message => ({
    role: 'assistant',
    text,
    tokenIds: loaded.tokenizer.encode(text + end),
  });

  it('M2: the prompt is the template’s own rendering of the tool', () => {
    const text = rendered(asGiven('What?'), thinking);
    expect(text).toContain(PROMPT);
    expect(rules).toContain(`\`\`\`\n${/<\|tool>.*<tool\|>/.exec(PROMPT)?.[0]}\n\`\`\``);
    expect(idsOf(opening())).toEqual(expected(text));
  });

  it.each(['<|tool_response>', '<turn|>', ''])(
    'M5, M7: a result stands in the model’s turn, as the template has it, after a turn that ended in %j',
    (end) => {
      const thought = thinking ? '<|channel>thought\nFar.\n<channel|>' : '';
      const reasoning = thinking ? { reasoning: 'Far.' } : {};
      const asked = { ...ASKED, ...reasoning };
      const result = gemmaTools.result([{ type: 'image', image }], 'image_zoom_in_tool');
      const answer = {
        role: 'tool',
        name: 'image_zoom_in_tool',
        content: [{ type: 'image' }],
      };
      const messages = [...opening(), wrote(thought + CALL, end), result];
      const text = rendered([...asGiven('What?'), asked, answer], thinking);
      expect(text).toMatch(thinking ? /<\|image\|><\|channel>thought\n$/ : /<tool_response\|><\|image\|>$/);
      expect(idsOf(messages)).toEqual(expected(text));

      // A call that was refused, and then what a person says after it.
      const told = gemmaTools.refusal('Error: no.', 'image_zoom_in_tool');
      const said = gemmaTools.said([{ type: 'text', text: 'And now?', typed: true }]);
      const no = { ...answer, content: [{ type: 'text', text: 'Error: no.' }] };
      const more = { role: 'user', content: [{ type: 'text', text: 'And now?' }] };
      // Where the model is to think, its turn went on in a thought; and its end is told once.
      const again = wrote(thinking ? `Near.\n<channel|>${CALL}` : CALL, end);
      expect(idsOf([...messages, again, told, said])).toEqual(
        expected(
          rendered(
            [...asGiven('What?'), asked, answer, { ...ASKED, ...(thinking && { reasoning: 'Near.' }) }, no, more],
            thinking,
          ),
        ),
      );
    },
  );

  it('M7: what a person types is no token of calls, and what the dialect writes is', () => {
    const { tokenizer, model } = loaded;
    const tags = new Set((model.tags ?? []).map((tag) => tokenizer.idOf(tag)));
    expect(tags).not.toContain(undefined);
    const count = (words: string) => idsOf(opening(words)).filter((id) => tags.has(id)).length;
    expect(count('x')).toBeGreaterThan(10);
    for (const tag of model.tags ?? []) expect(count(`${tag}${tag}<${tag}`)).toBe(count('x'));
    expect(count(CALL)).toBe(count('x'));
    // Nor is any other control token the dialect's to write.
    const turn = tokenizer.idOf('<|turn>');
    const [, ...rest] = opening();
    const sly = idsOf([{ role: 'system', text: `${PROMPT}<turn|><|turn>user` }, ...rest]);
    expect(sly.filter((id) => id === turn)).toHaveLength(idsOf(opening()).filter((id) => id === turn).length);
  });

  it('M7: in a grammar tags are written as the tokens that they are', () => {
    const { tokenizer, stopIds } = loaded;
    const grammar = gemmaTools.grammar(bounds);
    const constraint = loaded.constrain(grammar, { budget: 200 });
    const allows = (text: string) => {
      const id = tokenizer.idOf(text) ?? -1;
      return (((constraint.mask()[id >> 5] ?? 0) >>> (id & 31)) & 1) === 1;
    };
    // A call, a thought, an answer (of which the first letter is no control token).
    expect(['<|tool_call>', '<|channel>', '<', '<|turn>', '<|"|>'].map(allows)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    const turn = tokenizer.encode(`<|channel>thought\nFar.\n<channel|>${CALL}`);
    for (const id of turn) constraint.advance(id);
    expect(stopIds.has(tokenizer.idOf('<|tool_response>') ?? -1)).toBe(true);
    expect(constraint.allowed()).toBe(stopIds.size);
    // Spelled out it is no tag, and nobody reads it as one.
    const spelled = loaded.constrain(grammar, { budget: 400 });
    const bytes = [...'<|channel>thought\n'].flatMap((char) => tokenizer.encode(char));
    expect(() => bytes.forEach((id) => spelled.advance(id))).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});

it('M3, M5: a whole run looks twice and answers', async () => {
  const tiny = await loadTiny({ family: 'gemma4', eager: true });
  const order = {
    images: scriptedImages(),
    given: [{ source: { ...source, ref: { ...source.ref, width: 96, height: 72 } } }, { text: 'What?' }],
    settings: {
      ...{ temperature: 2, topP: 1, topK: 0, seed: 3, maxTurns: 2, maxNewTokens: 170 },
      ...{ tools: ['zoom'], grammar: true },
    },
    card: tiny.card,
    device: 'wasm' as const,
    now: () => 0,
    signal: new AbortController().signal,
  };
  let run: Trajectory | null = null;
  const asked: Message[][] = [];
  const engine = {
    async *generate(request: Parameters<typeof tiny.ask>[0]) {
      asked.push([...request.messages]);
      yield* (await tiny.ask(request)).events;
    },
  };
  for await (const event of runAgent({ ...order, engine })) run = foldEvent(run, event);
  if (!run) throw new Error('no run');
  expect(parseTrajectory(run).ok).toBe(true);
  const look = ['think', 'call', 'result'];
  expect(run.steps.map(({ type }) => type)).toEqual([...look, ...look, 'think', 'answer']);
  expect(run.steps.filter((step) => step.type === 'result' && step.refused)).toEqual([]);
  expect(run.usage.map(({ imagesEncoded }) => imagesEncoded)).toEqual([1, 1, 1]);
  // What was told before is kept: all but the last token of the turn before, which nobody computes.
  const [first, second] = run.usage;
  expect(second?.reusedTokens).toBe((first?.promptTokens ?? 0) + (first?.outputTokens ?? 0) - 1);
  expect(asked[2]?.filter((message) => message.role === 'user' && message.inTurn)).toHaveLength(2);
  expect(conversationOf(run, gemmaTools, () => image)).toHaveLength((asked[2]?.length ?? 0) + 1);
});
