import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTurn } from '../fixtures/read-turn';
import { findDialect } from './index';
import { nano1 } from './nano-1';

const rules = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
const image = { key: 'k', width: 1, height: 1, data: new Uint8ClampedArray(4) };

describe('nano-1', () => {
  it('N1, N2: the system prompts are those of the document, byte for byte', () => {
    expect(nano1.systemPrompt(true, 'thousandths')).toBe(
      'Look at the picture, think, then answer. If something is too small, call image_zoom_in_tool.',
    );
    expect(nano1.systemPrompt(false, 'thousandths')).toBe('Look at the picture and answer.');
    expect(rules).toContain(`\`\`\`\n${nano1.systemPrompt(true, 'thousandths')}\n\`\`\``);
    expect(rules).toContain(`\`${nano1.systemPrompt(false, 'thousandths')}\``);
  });

  it('N3: the system prompt, then the picture and the question', () => {
    expect(
      nano1.opening({
        systemPrompt: 'Look.',
        given: [
          { type: 'image', image },
          { type: 'text', text: 'What?', typed: true },
        ],
        tools: true,
      }),
    ).toEqual([
      { role: 'system', text: 'Look.' },
      {
        role: 'user',
        content: [
          { type: 'image', image },
          { type: 'text', text: 'What?', typed: true },
        ],
      },
    ]);
  });

  /** What a turn holds, in order, by what each step starts with. */
  const steps = (turn: string) => {
    const parser = nano1.parser();
    return [...parser.push(turn), ...parser.end('complete')]
      .map(({ type }) => type)
      .filter((type) => type.endsWith('-start'));
  };
  const CALL =
    '<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [100, 200, 140, 260], "label": "dog"}}</tool_call>';

  it('N4: a turn is one thought, then one call or one answer; without tools one answer', () => {
    expect(steps(`<think>Small.</think>${CALL}`)).toEqual(['think-start', 'call-start']);
    expect(steps('<think>I see.</think><answer>K7</answer>')).toEqual(['think-start', 'answer-start']);
    expect(steps('<answer>K7</answer>')).toEqual(['answer-start']);
  });

  it('N6: an answer is what stands between its tags, byte for byte', () => {
    const parser = nano1.parser();
    const events = [...parser.push('<think></think><answer> K7, "x" < 2\n</answer>'), ...parser.end('complete')];
    const text = events.flatMap((event) => (event.type === 'answer-delta' ? [event.text] : [])).join('');
    expect(text).toBe(' K7, "x" < 2\n');
    expect(events.at(-1)?.type).toBe('answer-end');
  });

  it('N5: reads the call as the document writes it', () => {
    const written = /^<tool_call>.*<\/tool_call>$/m.exec(rules)?.[0] ?? '';
    const events = readTurn(nano1, [written.replace('x1, y1, x2, y2', '100, 200, 140, 260')]);
    expect(events.at(-1)).toMatchObject({
      type: 'call-end',
      call: { label: 'dog', box: { x1: 100, y1: 200, x2: 140, y2: 260 } },
    });
  });

  it('N7: counts in thousandths', () => {
    expect(nano1.frame).toBe('thousandths');
  });

  it('N10: wraps the crop', () => {
    expect(nano1.result([{ type: 'image', image }], 'image_zoom_in_tool')).toEqual({
      role: 'user',
      content: [
        { type: 'text', text: '<tool_response>' },
        { type: 'image', image },
        { type: 'text', text: '</tool_response>' },
      ],
    });
  });

  it('N11: says bad call or bad box', () => {
    expect(nano1.refusal(nano1.refusals?.['not-json'] ?? '', '')).toEqual({
      role: 'user',
      content: [{ type: 'text', text: '<tool_response>Error: bad call.</tool_response>' }],
    });
    const told = (
      ['unknown-tool', 'no-box', 'box-not-four-numbers', 'box-empty', 'box-out-of-frame', 'repeated-call'] as const
    ).map((problem) => nano1.refusals?.[problem] ?? '');
    expect(told.map((text) => text.slice(7))).toEqual([
      'bad call.',
      'bad call.',
      'bad call.',
      'bad box.',
      'bad box.',
      'bad box.',
    ]);
  });

  it('is found by its id', () => {
    expect(findDialect('nano-1')).toBe(nano1);
    expect(findDialect('nano-99')).toBeNull();
  });
});
