/** The dialect of Qwen3.5 against docs/protocol.md, against a template of that form, and what real models get wrong in it. */
import { readFileSync } from 'node:fs';
import { Template } from '@huggingface/jinja';
import { describe, expect, it } from 'vitest';
import { readTurn, type ReadTurnEvent } from '../fixtures/read-turn';
import { toldOf } from '../judge';
import { zoom } from '../tools/zoom';
import { qwenTools } from './qwen-tools';
import { qwenXml } from './qwen-xml';

const rules = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
const size = { width: 1600, height: 1200 };
const bounds = { frame: 'thousandths', image: size, seen: size, tools: ['zoom'], mayCall: true } as const;
const PARAGRAPH = qwenXml.systemPrompt(true, 'thousandths').split('</IMPORTANT>\n\n')[1] ?? '';

function events(turn: string, chunk = turn.length): ReadTurnEvent[] {
  const chunks: string[] = [];
  for (let at = 0; at < turn.length; at += chunk) chunks.push(turn.slice(at, at + chunk));
  return readTurn(qwenXml, chunks);
}

function callOf(turn: string): unknown {
  const last = events(turn).find(({ type }) => type === 'call-end' || type === 'malformed');
  if (last?.type === 'call-end') return { ...last.call.box, label: last.call.label };
  return last?.type === 'malformed' ? last.problem : null;
}

const BOX = { x1: 100, y1: 200, x2: 400, y2: 500 };
const written = (parameters: string, name = 'image_zoom_in_tool') =>
  `<tool_call>\n<function=${name}>\n${parameters}\n</function>\n</tool_call>`;
const box = '<parameter=bbox_2d>\n[100, 200, 400, 500]\n</parameter>';
const label = '<parameter=label>\ndog\n</parameter>';

describe('qwen-xml', () => {
  it('X1, X6: asks for a call or an answer, and of thought says nothing', () => {
    expect(PARAGRAPH).toMatch(/function.*<answer><\/answer>\.$/);
    expect(qwenXml.systemPrompt(true, 'thousandths')).not.toContain('think');
    expect(qwenXml.systemPrompt(false, 'thousandths')).toMatch(/^You answer questions.*<answer><\/answer>\.$/);
    expect(qwenXml.systemPrompt(false, 'thousandths')).not.toContain('function');
  });

  it('X2: is what a template of that form makes of the same tool', () => {
    const template = readFileSync(new URL('../fixtures/xml-tools.jinja', import.meta.url), 'utf8');
    const prompt = qwenXml.systemPrompt(true, 'thousandths');
    const [tool = ''] = /^\{"type": "function".*$/m.exec(prompt) ?? [];
    const given = [{ role: 'system', content: PARAGRAPH }];
    expect(new Template(template).render({ messages: given, tools: [JSON.parse(tool) as unknown] })).toBe(prompt);
    expect(prompt).toContain('from 0 to 1000');
    expect(qwenXml.systemPrompt(true, 'fractions')).toContain('from 0 to 1.');
  });

  it('X3: the grammar writes the call of the document', () => {
    const [call, ...others] = qwenXml.grammar(bounds).calls;
    const numbers = ['100', '200', '400', '500'];
    const parts = call?.pieces.map((piece) =>
      'literal' in piece ? piece.literal : 'number' in piece ? numbers.shift() : 'dog',
    );
    const turn = parts?.join('') ?? '';
    expect(others).toEqual([]);
    expect(turn).toBe(written(`${box}\n${label}`));
    expect(rules).toContain(`\`\`\`\n${turn}\n\`\`\``);
    expect(qwenXml.grammar({ ...bounds, mayCall: false }).calls).toEqual([]);
  });

  it.each([
    ['as it should be', written(`${box}\n${label}`), { ...BOX, label: 'dog' }],
    ['in the other order', written(`${label}\n${box}`), { ...BOX, label: 'dog' }],
    ['without a label', written(box), { ...BOX, label: '' }],
    ['without line feeds', written(`${box}${label}`).replaceAll('\n', ''), { ...BOX, label: 'dog' }],
    [
      'a label of two lines',
      written(`${box}\n${label.replace('dog', 'a dog\nand a cat')}`),
      { ...BOX, label: 'a dog\nand a cat' },
    ],
    [
      'ends left out',
      '<tool_call>\n<function=image_zoom_in_tool>\n<parameter=bbox_2d>\n[100, 200, 400, 500]\n<parameter=label>\ndog\n</tool_call>',
      { ...BOX, label: 'dog' },
    ],
    [
      'broken off after the box',
      '<tool_call>\n<function=image_zoom_in_tool>\n<parameter=bbox_2d>\n[100, 200, 400, 500]',
      { ...BOX, label: '' },
    ],
    ['twice the same', written(`${box}\n${box.replace('100', '7')}`), { ...BOX, label: '' }],
    [
      'in JSON',
      '<tool_call>\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [100, 200, 400, 500], "label": "dog"}}\n</tool_call>',
      { ...BOX, label: 'dog' },
    ],
    ['a label that looks like a number', written(`${box}\n${label.replace('dog', '7')}`), { ...BOX, label: '7' }],
    ['another function', written(box, 'image_rotate_tool'), 'unknown-tool'],
    ['no box', written(label), 'no-box'],
    ['three numbers', written(box.replace(', 500', '')), 'box-not-four-numbers'],
    ['numbers without brackets', written(box.replace(/[[\]]/g, '')), 'box-not-four-numbers'],
    ['numbers as texts', written(box.replace('100', '"100"')), 'box-not-four-numbers'],
    ['numbers that are none', written(box.replace('100', '1e999')), 'box-not-four-numbers'],
    ['words', '<tool_call>zoom in on the dog</tool_call>', 'not-json'],
  ])('X4: reads a call %s', (_name, turn, expected) => {
    expect(callOf(turn)).toEqual(expected);
    // P1.
    const last = (chunk: number) => events(turn, chunk).at(-1);
    for (const chunk of [1, 2, 3, 7]) expect(last(chunk)).toEqual(last(turn.length));
  });

  it('X4, X5: tells what is wrong as this form has it, in Q4’s wrapping', () => {
    const settings = { temperature: 0, topP: 1, topK: 0, seed: 0, maxTurns: 4, maxNewTokens: 96, tools: ['zoom'] };
    const tell = (problem: string, dialect = qwenXml) => toldOf(problem, { by: zoom }, { dialect, run: { settings } });
    const told = tell('not-json');
    expect(told).toContain('<function=');
    expect(rules).toContain(`\`${told}\``);
    expect(qwenXml.refusal(told, '')).toEqual({
      role: 'user',
      content: [{ type: 'text', text: `<tool_response>\n${told}\n</tool_response>` }],
    });
    expect(tell('box-empty')).toBe(tell('box-empty', qwenTools));
    expect(qwenXml.result).toBe(qwenTools.result);
  });
});
