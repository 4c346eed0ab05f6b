/** The dialect of Qwen3.5 against docs/protocol.md, against a template of that form, and what real models get wrong in it. */
import { readFileSync } from 'node:fs';
import { Template } from '@huggingface/jinja';
import { describe, expect, it } from 'vitest';
import type { ParserEvent } from '../contract';
import { qwenTools } from './qwen-tools';
import { qwenXml } from './qwen-xml';

const rules = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
const size = { width: 1600, height: 1200 };
const bounds = { frame: 'thousandths', image: size, seen: size, tools: true, mayCall: true } as const;
const PARAGRAPH = qwenXml.systemPrompt(true, 'thousandths').split('</IMPORTANT>\n\n')[1] ?? '';

function events(turn: string, chunk = turn.length): ParserEvent[] {
  const parser = qwenXml.parser();
  const out: ParserEvent[] = [];
  for (let at = 0; at < turn.length; at += chunk) out.push(...parser.push(turn.slice(at, at + chunk)));
  return [...out, ...parser.end('complete')];
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
    const call = qwenXml.grammar(bounds).call!;
    const turn = `${call.open}100${call.separator}200${call.separator}400${call.separator}500${call.afterBox}dog${call.close}`;
    expect(turn).toBe(written(`${box}\n${label}`));
    expect(rules).toContain(`\`\`\`\n${turn}\n\`\`\``);
    expect(qwenXml.grammar({ ...bounds, mayCall: false }).call).toBeNull();
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
    ['another function', written(box, 'image_rotate_tool'), 'unknown-tool'],
    ['no box', written(label), 'no-box'],
    ['three numbers', written(box.replace(', 500', '')), 'box-not-four-numbers'],
    ['numbers without brackets', written(box.replace(/[[\]]/g, '')), 'box-not-four-numbers'],
    ['numbers as texts', written(box.replace('100', '"100"')), 'box-not-four-numbers'],
    ['words', '<tool_call>zoom in on the dog</tool_call>', 'not-json'],
  ])('X4: reads a call %s', (_name, turn, expected) => {
    expect(callOf(turn)).toEqual(expected);
    // P1.
    const last = (chunk: number) => events(turn, chunk).at(-1);
    for (const chunk of [1, 2, 3, 7]) expect(last(chunk)).toEqual(last(turn.length));
  });

  it('X4, X5: tells what is wrong as this form has it, in Q4’s wrapping', () => {
    const { told, message } = qwenXml.tell('not-json');
    expect(rules).toContain(`\`${told}\``);
    expect(message).toEqual({
      role: 'user',
      content: [{ type: 'text', text: `<tool_response>\n${told}\n</tool_response>` }],
    });
    expect(qwenXml.tell('box-empty').told).toBe(qwenTools.tell('box-empty').told);
    expect(qwenXml.observation).toBe(qwenTools.observation);
  });
});
