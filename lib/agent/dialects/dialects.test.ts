/** The dialects of the hub's models against docs/protocol.md, and what real models get wrong in them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CallGrammar, Message } from '@/lib/engine';
import type { Dialect } from '../contract';
import { readTurn } from '../fixtures/read-turn';
import { toldOf } from '../judge';
import { zoom } from '../tools/zoom';
import { deepeyes } from './deepeyes';
import { findDialect, isConstrained } from './index';
import { nano1 } from './nano-1';
import { qwenTools } from './qwen-tools';
import { zoomJson } from './zoom-json';

const rules = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
const image = { key: 'k', width: 1, height: 1, data: new Uint8ClampedArray(4) };
const size = { width: 1600, height: 1200 };
const bounds = {
  frame: 'thousandths',
  image: size,
  seen: { width: 812, height: 616 },
  tools: ['zoom'],
  mayCall: true,
} as const;
const shared = [deepeyes, qwenTools, zoomJson];

const fenced = (text: string) => `\`\`\`\n${text}\n\`\`\``;

/** A user's turn as one text, line feeds written `\n`. */
function written(message: Message | undefined): string {
  if (message?.role !== 'user') throw new Error('no turn of a user');
  const parts = message.content.map((part) => (part.type === 'text' ? part.text : '{image}'));
  return parts.join('').replaceAll('\n', '\\n');
}

const picture = { type: 'image', image } as const;
const question = { type: 'text', text: 'What?' } as const;

const asked = (dialect: Dialect, tools = true) =>
  written(dialect.opening({ systemPrompt: 'S', given: [picture, question], tools })[1]);

const pixels = (max: number) => ({ kind: 'integer', min: 0, max });

const numbersOf = ({ calls }: CallGrammar) =>
  calls[0]?.pieces.flatMap((piece) => ('number' in piece ? [piece.number] : []));

/** What a model is told of a problem with a zoom, alone and as a turn. */
function tell(dialect: Dialect, problem: string) {
  const settings = { temperature: 0, topP: 1, topK: 0, seed: 0, maxTurns: 4, maxNewTokens: 96, tools: ['zoom'] };
  const told = toldOf(problem, { by: problem === 'unknown-tool' ? null : zoom }, { dialect, run: { settings } });
  return { told, message: dialect.refusal(told, zoom.name) };
}

/** `call:x1,y1,x2,y2`, `bad:problem`, `answer:text`, `think:text`, in order. */
function gist(dialect: Dialect, turn: string): string[] {
  const out: string[] = [];
  for (const event of readTurn(dialect, [turn])) {
    if (event.type === 'think-start') out.push('think:');
    if (event.type === 'answer-start') out.push('answer:');
    if (event.type === 'think-delta' || event.type === 'answer-delta') out.push(`${out.pop() ?? ''}${event.text}`);
    if (event.type === 'call-end') out.push(`call:${Object.values(event.call.box).join()}`);
    if (event.type === 'malformed') out.push(`bad:${event.problem}`);
  }
  return out;
}

describe('deepeyes', () => {
  it('D1, D6: the system prompts are those of the document, byte for byte', () => {
    const prompt = deepeyes.systemPrompt(true, 'resized-pixels');
    expect(rules).toContain(fenced(prompt));
    expect(prompt).toContain('"required":["bbox"]}}}\n</tools>');
    expect(prompt.match(/ {2}$/gm)).toHaveLength(3);
    expect(deepeyes.systemPrompt(false, 'resized-pixels')).toBe('You are a helpful assistant.');
    expect(asked(deepeyes, false)).not.toContain('tool');
  });

  it('D2, D5: the suffix follows the question and each crop', () => {
    const suffix = asked(deepeyes).replace(/^\{image\}Question: What\?\\n/, '');
    expect(rules).toContain(fenced(suffix));
    expect(suffix.endsWith(' ')).toBe(true);
    expect(written(deepeyes.result([picture], zoom.name))).toBe(`<tool_response>{image}${suffix}</tool_response>`);
  });

  it('D3: counts in pixels of what it saw', () => {
    expect(deepeyes.frame).toBe('resized-pixels');
    const grammar = deepeyes.grammar({ ...bounds, frame: 'resized-pixels' });
    expect(numbersOf(grammar)).toEqual([pixels(812), pixels(616), pixels(812), pixels(616)]);
  });

  it('D4: reads the call as the prompt writes it, line breaks, spaces and all', () => {
    const example = /\*\*Example\*\*: {2}\n([\s\S]*)$/.exec(deepeyes.systemPrompt(true, 'resized-pixels'))?.[1] ?? '';
    expect(gist(deepeyes, `<think>Far.</think>  ${example}`)).toEqual(['think:Far.', 'call:10,20,100,200']);
  });

  it('D7: tells a bad call in a turn of its own, without tags', () => {
    expect(written(tell(deepeyes, 'no-box').message)).toBe(tell(deepeyes, 'no-box').told);
  });
});

describe('qwen-tools', () => {
  it('Q1: one paragraph, then the section of Qwen’s template', () => {
    const [paragraph, ...section] = qwenTools.systemPrompt(true, 'thousandths').split('\n\n# Tools\n\n');
    expect(paragraph).toMatch(/<think><\/think>.*tool.*<answer><\/answer>\.$/);
    const lines = (section[0] ?? '').split('\n');
    const [signature = ''] = lines.splice(4, 1);
    expect(lines).toEqual([
      'You may call one or more functions to assist with the user query.',
      '',
      'You are provided with function signatures within <tools></tools> XML tags:',
      '<tools>',
      '</tools>',
      '',
      'For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:',
      '<tool_call>',
      '{"name": <function-name>, "arguments": <args-json-object>}',
      '</tool_call>',
    ]);
    expect(JSON.parse(signature)).toMatchObject({
      type: 'function',
      function: { name: 'image_zoom_in_tool', parameters: { required: ['bbox_2d', 'label'] } },
    });
    expect(signature).toMatch(/^\{"type": "function", "function": \{"name": "image_zoom_in_tool", "description": "/);
  });

  it('Q2: says how to count, by the manifest’s frame', () => {
    expect(qwenTools.frame).toBeNull();
    expect(qwenTools.systemPrompt(true, 'thousandths')).toContain('from 0 to 1000');
    expect(qwenTools.systemPrompt(true, 'resized-pixels')).toContain('in pixels of the first image');
    expect(qwenTools.systemPrompt(true, 'fractions')).toContain('from 0 to 1.');
  });

  it('Q3: writes line feeds around the JSON and reads with and without', () => {
    const words = ['1', '2', '30', '40', 'dog'];
    const pieces = qwenTools.grammar(bounds).calls[0]?.pieces ?? [];
    const turn = pieces.map((piece) => ('literal' in piece ? piece.literal : words.shift())).join('');
    expect(turn).toBe(
      '<tool_call>\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1, 2, 30, 40], "label": "dog"}}\n</tool_call>',
    );
    expect(gist(qwenTools, turn)).toEqual(['call:1,2,30,40']);
    expect(gist(qwenTools, turn.replaceAll('\n', ''))).toEqual(['call:1,2,30,40']);
  });

  it('Q4: wraps what is told as the template wraps a tool’s message', () => {
    expect(written(qwenTools.result([picture], zoom.name))).toBe('<tool_response>\\n{image}\\n</tool_response>');
    const { told, message } = tell(qwenTools, 'not-json');
    expect(written(message)).toBe(`<tool_response>\\n${told}\\n</tool_response>`);
  });

  it('Q5: without tools there is no section', () => {
    expect(qwenTools.systemPrompt(false, 'thousandths')).not.toMatch(/tool/i);
    expect(asked(qwenTools)).toBe('{image}What?');
  });
});

describe('zoom-json', () => {
  it('Z1, Z3: the system prompts are those of the document, byte for byte', () => {
    expect(rules).toContain(fenced(zoomJson.systemPrompt(true, 'thousandths')));
    expect(rules).toContain(`\`${zoomJson.systemPrompt(false, 'thousandths')}\``);
  });

  it('Z1: the call it shows is one it reads', () => {
    expect(gist(zoomJson, zoomJson.systemPrompt(true, 'thousandths')).at(-1)).toMatch(/^think|^answer|^call/);
    const shown = zoomJson.systemPrompt(true, 'thousandths').split('\n').at(-1) ?? '';
    expect(gist(zoomJson, shown)).toEqual(['call:100,200,400,500']);
  });

  it('Z2: counts as the manifest says', () => {
    expect(zoomJson.systemPrompt(true, 'fractions')).toContain('(from 0 to 1):');
    expect(zoomJson.systemPrompt(true, 'fractions')).toContain('[0.1, 0.2, 0.4, 0.5]');
    expect(zoomJson.systemPrompt(true, 'resized-pixels')).toContain('(in pixels):');
  });

  it('Z4: wraps as nano-1 does', () => {
    expect(zoomJson.result([picture], zoom.name)).toEqual(nano1.result([picture], zoom.name));
    const { told, message } = tell(zoomJson, 'box-empty');
    expect(written(message)).toBe(`<tool_response>${told}</tool_response>`);
  });
});

describe('what they share', () => {
  it('S4: tells what is wrong, in the document’s words', () => {
    const table = new Map(
      [...rules.matchAll(/^\| `([a-z-]+)` +\| `(Error: .*?)` +\|$/gm)].map(([, problem = '', told = '']) => [
        problem,
        told,
      ]),
    );
    expect(table.size).toBe(7);
    for (const dialect of shared) {
      for (const [problem, told] of table)
        expect(tell(dialect, problem).told).toBe(dialect.refusals?.[problem] ?? told);
    }
  });

  const call = (input: string) =>
    `<think>Far.</think><tool_call>{"name": "image_zoom_in_tool", "arguments": ${input}}</tool_call>`;
  it.each(shared)('S3, S4: what real models write reads as what it is: $id', (dialect) => {
    const good = call('{"bbox_2d": [1, 2, 30, 40], "label": "dog"}');
    const cases: readonly (readonly [string, string])[] = [
      [good, 'call:1,2,30,40'],
      [good.replace('</tool_call>', ''), 'call:1,2,30,40'],
      [`${good} I will wait for the image.`, 'call:1,2,30,40'],
      [good + good.replace('[1,', '[5,'), 'call:1,2,30,40'],
      [call('{"bbox_2d": [1, 2, 30, 40]}'), 'call:1,2,30,40'],
      [
        '<tool_call>```json\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1, 2, 30, 40]}}\n```</tool_call>',
        'bad:not-json',
      ],
      [good.replaceAll('"', "'"), 'bad:not-json'],
      [good.replace('}}', '}'), 'bad:not-json'],
      [good.replace('</tool_call>', '\n<answer>K7</answer>'), 'bad:not-json'],
      [call('{"bbox_2d": ["1", "2", "30", "40"]}'), 'bad:box-not-four-numbers'],
      [call('{"bbox_2d": "[1, 2, 30, 40]"}'), 'bad:box-not-four-numbers'],
      [call('{"bbox_2d": [[1, 2, 30, 40]]}'), 'bad:box-not-four-numbers'],
      [call('{"bbox_2d": [[1, 2], [30, 40]]}'), 'bad:box-not-four-numbers'],
      [call('{"bbox_2d": [1, 2, 30]}'), 'bad:box-not-four-numbers'],
      [call('{"bbox": [1, 2, 30, 40]}'), 'bad:no-box'],
      [call('[1, 2, 30, 40]'), 'bad:no-box'],
      [good.replace('image_zoom_in_tool', 'zoom_in'), 'bad:unknown-tool'],
      ['The tag says K7.', 'answer:The tag says K7.'],
      ['```json\n[{"bbox_2d": [1, 2, 30, 40]}]\n```', 'answer:```json\n[{"bbox_2d": [1, 2, 30, 40]}]\n```'],
      ['<think>Far.</think>\nK7', 'answer:\nK7'],
      ['<answer>K7', 'answer:K7'],
    ];
    for (const [turn, expected] of cases) {
      expect(gist(dialect, turn).filter((step) => !step.startsWith('think:'))).toEqual([expected]);
    }
  });

  it('G1: kept in their grammar unless a person says otherwise; nano-1 is not', () => {
    expect(shared.map(({ id }) => isConstrained(id))).toEqual([true, true, true]);
    expect(isConstrained('nano-1')).toBe(false);
    expect(isConstrained('nano-99')).toBe(false);
    expect(shared.map(({ id }) => findDialect(id))).toEqual(shared);
  });

  it('G3: numbers by the frame', () => {
    const numbers = (frame: 'thousandths' | 'original-pixels' | 'fractions') =>
      numbersOf(qwenTools.grammar({ ...bounds, frame }));
    const fraction = { kind: 'fraction' };
    expect(numbers('thousandths')).toEqual([pixels(1000), pixels(1000), pixels(1000), pixels(1000)]);
    expect(numbers('original-pixels')).toEqual([pixels(1600), pixels(1200), pixels(1600), pixels(1200)]);
    expect(numbers('fractions')).toEqual([fraction, fraction, fraction, fraction]);
  });
});
