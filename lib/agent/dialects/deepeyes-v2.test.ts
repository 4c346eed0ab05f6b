/** DeepEyesV2's texts are those of its repository, and its two kinds of calls are read in any chunking. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codeIn, deepeyesV2 } from './deepeyes-v2';
import { SYSTEM_PROMPT, USER_SUFFIX } from './deepeyes-v2-prompt';

const image = { key: 'k', width: 1, height: 1, data: new Uint8ClampedArray(4) };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('deepeyes-v2', () => {
  it('E1: asks with the texts of inference_demo.py, byte for byte', () => {
    expect([sha256(SYSTEM_PROMPT), sha256(USER_SUFFIX)]).toEqual([
      'a8c324e952bc3a91e97a1b232cfcb171b1a69205d9eec243688fc30522a7fe87',
      'c7cb1665788d7df7f23b5acaeecbb1bee357b3709c6a9eae962258c5a6c6b839',
    ]);
    const given = [{ type: 'image', image } as const, { type: 'text', text: 'What?' } as const];
    const [system, user] = deepeyesV2.opening({ systemPrompt: SYSTEM_PROMPT, given, tools: true });
    expect(system).toEqual({ role: 'system', text: SYSTEM_PROMPT });
    const parts =
      user?.role === 'user' ? user.content.map((part) => (part.type === 'text' ? part.text : '<image>')) : [];
    expect(parts.join('')).toBe(`<image>\nWhat?${USER_SUFFIX}`);
  });

  it.each([
    ['```python\na = 1\n```', 'a = 1'],
    ['\n```python  \na = 1\nb = 2\n```\n', 'a = 1\nb = 2'],
    ['```python\n\n    a = 1\n\n    if a:\n        b = 2\n```', 'a = 1\n\nif a:\n    b = 2'],
    ['```python\r\na = 1\r\nb = 2\n```', 'a = 1\nb = 2'],
    ['```python\na = 1\n```\n```python\nb = 2\n```', 'b = 2'],
    ['a = 1', null],
    ['```\na = 1\n```', null],
  ])('E2: %j is the code %j', (written, code) => {
    expect(codeIn(written)).toBe(code);
  });

  const turn =
    '<think>Both < and <code are words.</think>\n<code>\n```python\nif a < b: print("</tool_call>")\n```\n</code>\n<tool_call>{"name": "image_search"}</tool_call>';

  it('P1: reads code and searches in any chunking; what ends one ends no other', () => {
    for (const size of [1, 2, 3, 7, turn.length]) {
      const parser = deepeyesV2.parser();
      const events = (turn.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []).flatMap((chunk) => parser.push(chunk));
      events.push(...parser.end('complete'));
      const texts: string[] = [];
      for (const event of events) {
        if (event.type.endsWith('-start')) texts.push(event.type.replace('start', ''));
        if ('text' in event) texts.push(`${texts.pop() ?? ''}${event.text}`);
      }
      expect(texts).toEqual([
        'think-Both < and <code are words.',
        'call-\n```python\nif a < b: print("</tool_call>")\n```\n',
        'call-{"name": "image_search"}',
      ]);
    }
  });

  it('E6: asks without tools for an answer alone', () => {
    const given = [{ type: 'text', text: 'What?' } as const];
    const [, user] = deepeyesV2.opening({ systemPrompt: '', given, tools: false });
    const parts = user?.role === 'user' ? user.content.map((part) => (part.type === 'text' ? part.text : '')) : [];
    expect(parts.join('')).toMatch(
      /^What\?\n\nYou must put your answer inside <answer> <\/answer> tags.*step by step\.$/,
    );
    expect(deepeyesV2.systemPrompt(false, 'resized-pixels')).not.toContain('python');
  });

  it('writes a turn back as it was', () => {
    const base = { turn: 1, span: null, tokens: [] };
    const call = {
      ...base,
      type: 'call',
      tool: '',
      input: null,
      label: '',
      state: 'read',
      asked: null,
      place: null,
    } as const;
    expect(
      deepeyesV2.write([
        { ...base, type: 'think', text: 'So.' },
        { ...call, callId: '1', written: '\n```python\na = 1\n```\n' },
        { ...call, callId: '2', written: '\n{"name": "image_search"}\n' },
      ]),
    ).toBe(
      '<think>So.</think><code>\n```python\na = 1\n```\n</code><tool_call>\n{"name": "image_search"}\n</tool_call>',
    );
  });
});
