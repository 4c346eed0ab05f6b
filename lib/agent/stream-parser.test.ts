import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/scripts/suite';
import { readTurn, type ReadTurnEvent } from './fixtures/read-turn';
import { readJsonCall } from './read-call';
import { createTagParser, type TagParserOptions } from './stream-parser';

const TOOL = 'image_zoom_in_tool';
const CALL = `{"name": "${TOOL}", "arguments": {"bbox_2d": [100, 200, 140, 260], "label": "dog"}}`;

type How = 'complete' | 'interrupted';

const TAGS = [
  ...['think', 'tool_call', 'answer', 'tool_response'].flatMap((name) => [`<${name}>`, `</${name}>`]),
  '<|im_start|>',
  '<|im_end|>',
];

/** Whether the last characters are a tag's first, of which `<` alone is none. */
const endsInTag = (text: string): boolean =>
  TAGS.some((tag) => Array.from(tag.slice(2), (_, at) => tag.slice(0, at + 2)).some((start) => text.endsWith(start)));

function parse(chunks: readonly string[], how: How = 'complete', options: TagParserOptions = {}): ReadTurnEvent[] {
  return readTurn({ parser: () => createTagParser(options), readCall: readJsonCall }, chunks, how);
}

/** Deltas of one step joined; the count is that of the last. */
function merged(events: readonly ReadTurnEvent[]): ReadTurnEvent[] {
  const out: ReadTurnEvent[] = [];
  for (const event of events) {
    const last = out.at(-1);
    if (last !== undefined && 'text' in event && 'text' in last && event.type === last.type) {
      out[out.length - 1] = { ...event, text: last.text + event.text };
    } else {
      out.push(event);
    }
  }
  return out;
}

/** The turn in short: `think:…`, `call:label`, `bad:problem`, `answer:…`. */
function gist(text: string, how: How = 'complete', options: TagParserOptions = {}): string[] {
  const out: string[] = [];
  for (const event of merged(parse([text], how, options))) {
    if (event.type === 'think-start') out.push('think:');
    if (event.type === 'answer-start') out.push('answer:');
    if (event.type === 'think-delta' || event.type === 'answer-delta') out.push(`${out.pop() ?? ''}${event.text}`);
    if (event.type === 'call-end') out.push(`call:${event.call.label}`);
    if (event.type === 'malformed') out.push(`bad:${event.problem}`);
  }
  return out;
}

/** Half a surrogate pair included; fast-check's own unit for this takes seconds to build. */
const anyCharacter = fc.nat(0xffff).map((code) => String.fromCharCode(code));

const fragment = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('<think>', '</think>', '<tool_call>', '</tool_call>', '<answer>', '</answer>'),
  },
  { weight: 1, arbitrary: fc.constantFrom('<tool_response>', '</tool_response>', '<|im_start|>', '<|im_end|>') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('<', '</', '<t', '<thi', '<tool_', '</tool_call', '<ans', '>', '<<', '<think', '</'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(CALL, CALL.slice(0, 40), CALL.slice(30), '{"name": 1}', '[1, 2', '{}', 'null', '1e999'),
  },
  { weight: 2, arbitrary: fc.constantFrom(' ', '\n', '\n\n', '\t ', '\u00a0', '\u2028', '') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'The dog',
      ' says K7.',
      '🐕',
      '\ud83d',
      '\udc15',
      'é',
      '\u0000',
      '"',
      '\\',
      '"}}',
      '], "label": "',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: anyCharacter }) },
);
const turn = fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join(''));
const how = fc.constantFrom<How>('complete', 'interrupted');
const options = fc.boolean().map((plainAnswer) => ({ plainAnswer }));

describe('the parser', () => {
  it('P1: any chunking means the same as the whole', () => {
    fc.assert(
      fc.property(
        turn,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
        how,
        options,
        (text, cuts, end, mode) => {
          const chunks: string[] = [];
          for (let from = 0, i = 0; from < text.length; i += 1) {
            const length = cuts[i % cuts.length] ?? 1;
            chunks.push(text.slice(from, from + length));
            from += length;
          }
          const pieces = JSON.stringify(merged(parse(chunks, end, mode)));
          if (pieces !== JSON.stringify(merged(parse([text], end, mode)))) throw new Error(JSON.stringify(chunks));
        },
      ),
      { numRuns: cases({ short: 12_000, long: 60_000 }) },
    );
  }, 120_000);

  it('P1 and P2: every character alone, nothing throws, nothing is lost, steps open and close in turn', () => {
    fc.assert(
      fc.property(turn, how, options, (text, end, mode) => {
        const events = parse(
          Array.from({ length: text.length }, (_, index) => text.charAt(index)),
          end,
          mode,
        );
        let open = '';
        let upTo = 0;
        for (const event of events) {
          if (event.upTo < upTo || event.upTo > text.length) throw new Error('the count went wrong');
          // What an event skips is at most white space and one tag; what it tells is what was written there.
          const told = 'text' in event ? event.text : '';
          const skipped = text.slice(upTo, event.upTo - told.length);
          if (!/^\s*(<\/?(think|tool_call|answer)>)?$/.test(skipped)) throw new Error(`${skipped} is lost`);
          if (text.slice(event.upTo - told.length, event.upTo) !== told) throw new Error(`${told} was not written`);
          upTo = event.upTo;
          const [kind = '', phase = ''] = event.type === 'malformed' ? ['call', 'end'] : event.type.split('-');
          if ((phase === 'start') !== (open === '')) throw new Error(`${event.type} while ${open} is open`);
          if (phase !== 'start' && kind !== open) throw new Error(`${event.type} while ${open} is open`);
          open = phase === 'start' ? kind : phase === 'end' ? '' : open;
        }
        if (open !== '') throw new Error(`${open} is left open`);
        if (text.slice(upTo).trim() !== '') throw new Error(`${text.slice(upTo)} is lost`);
      }),
      { numRuns: cases({ short: 8_000, long: 40_000 }) },
    );
  }, 120_000);

  it('P9: no answer holds a tag, whole or broken off', () => {
    fc.assert(
      fc.property(turn, how, options, (text, end, mode) => {
        let answer = '';
        const events = [...parse([text], end, mode)];
        for (const [at, event] of events.entries()) {
          if (event.type === 'answer-start') answer = '';
          if (event.type === 'answer-delta') answer += event.text;
          if (event.type !== 'answer-end') continue;
          if (/<\/?(think|tool_call|answer|tool_response)>|<\|im_/.test(answer)) throw new Error(answer);
          const isLast = !events.slice(at).some((later) => 'text' in later && later.text !== '');
          if (isLast && text.endsWith(answer) && endsInTag(answer)) throw new Error(answer);
        }
      }),
      { numRuns: cases({ short: 8_000, long: 40_000 }) },
    );
  }, 120_000);

  it('P9: a tag within an answer ends it, and what follows has no effect', () => {
    const leaked = `bear has Now the bear.</think><tool_call>${CALL}</tool_call>`;
    const rest = leaked.slice('bear has Now the bear.'.length);
    expect(gist(`<answer>${leaked}`)).toEqual(['answer:bear has Now the bear.', `think:${rest}`]);
    expect(gist('<answer>K7<answer>L8</answer>')).toEqual(['answer:K7', 'think:<answer>L8</answer>']);
    expect(gist('<answer>K7</tool_response>x')).toEqual(['answer:K7', 'think:</tool_response>x']);
    expect(gist('<answer>K7</ans', 'interrupted')).toEqual(['answer:K7', 'think:</ans']);
    expect(gist('<answer>1 <', 'interrupted')).toEqual(['answer:1 <']);
  });

  it('P9: a stray end tag ends an answer without tags; before another the text is thought', () => {
    const plain = (text: string) => gist(text, 'complete', { plainAnswer: true });
    expect(plain('It says K7.</answer> So.')).toEqual(['answer:It says K7.', 'think:</answer> So.']);
    expect(plain('It says K7.</ans')).toEqual(['answer:It says K7.', 'think:</ans']);
    expect(plain('</answer>It says K7.')).toEqual(['think:</answer>', 'answer:It says K7.']);
    expect(plain('{"name": 1}</tool_call>')).toEqual(['think:{"name": 1}</tool_call>']);
    expect(plain('<|im_start|>It says K7.')).toEqual(['think:<|im_start|>', 'answer:It says K7.']);
  });

  it('P2: no string throws, however it ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), fc.nat(60), how, (text, cut, end) => {
        parse([text.slice(0, cut), text.slice(cut)], end);
      }),
      { numRuns: cases({ short: 4_000, long: 15_000 }) },
    );
  }, 120_000);

  it('P3: a thought, then a call or an answer', () => {
    expect(gist(`<think>The dog is small.</think><tool_call>${CALL}</tool_call>`)).toEqual([
      'think:The dog is small.',
      'call:dog',
    ]);
    expect(gist('<think></think><answer>K7</answer>')).toEqual(['think:', 'answer:K7']);
  });

  it('P3: text outside any tag is thought, also with its closing tag only', () => {
    expect(gist('I see a dog. <answer>K7</answer>')).toEqual(['think:I see a dog. ', 'answer:K7']);
    expect(gist('I see a dog.</think>\n<answer>K7</answer>')).toEqual(['think:I see a dog.', 'answer:K7']);
    expect(gist('<think>a</think>b<answer>K7</answer>')).toEqual(['think:a', 'think:b', 'answer:K7']);
    expect(gist('</think>')).toEqual(['think:</think>']);
  });

  it('P3: a missing </think> is closed by a call, an answer or the end', () => {
    expect(gist(`<think>Small.<tool_call>${CALL}</tool_call>`)).toEqual(['think:Small.', 'call:dog']);
    expect(gist('<think>Small.<answer>K7</answer>')).toEqual(['think:Small.', 'answer:K7']);
    expect(gist('<think>Small.')).toEqual(['think:Small.']);
  });

  it('P3: white space alone between tags is no thought', () => {
    expect(gist(' <think>a</think>\n \n<answer>K7</answer>\n')).toEqual(['think:a', 'answer:K7']);
    expect(gist(' \n')).toEqual([]);
  });

  it('P4: what is wrong with a call has a name', () => {
    const call = (text: string) => gist(`<tool_call>${text}</tool_call>`);
    const zoom = (input: string) => call(`{"name": "${TOOL}", "arguments": ${input}}`);
    expect(call('{"name": ')).toEqual(['bad:not-json']);
    expect(call('')).toEqual(['bad:not-json']);
    expect(call('[]')).toEqual(['bad:not-json']);
    expect(call('null')).toEqual(['bad:not-json']);
    expect(call('{"name": "rotate", "arguments": {}}')).toEqual(['bad:unknown-tool']);
    expect(call('{}')).toEqual(['bad:unknown-tool']);
    expect(call(`{"name": "${TOOL}"}`)).toEqual(['bad:no-box']);
    expect(zoom('{"bbox": [1, 2, 3, 4]}')).toEqual(['bad:no-box']);
    expect(zoom('{"bbox_2d": [1, 2, 3]}')).toEqual(['bad:box-not-four-numbers']);
    expect(zoom('{"bbox_2d": [1, 2, 3, "4"]}')).toEqual(['bad:box-not-four-numbers']);
    expect(zoom('{"bbox_2d": [1, 2, 3, 1e999]}')).toEqual(['bad:box-not-four-numbers']);
    expect(zoom('{"bbox_2d": {"0": 1}}')).toEqual(['bad:box-not-four-numbers']);
    expect(zoom('{"bbox_2d": [1, 2, 3.5, 4], "label": 7}')).toEqual(['call:']);
  });

  it('P4: line breaks around and inside the JSON do not matter', () => {
    expect(gist(`<tool_call>\n${CALL.replaceAll(', ', ',\n  ')}\n</tool_call>`)).toEqual(['call:dog']);
  });

  it('P4: a missing end tag is read as if it were there, unless the model was interrupted', () => {
    expect(gist(`<tool_call>${CALL}`)).toEqual(['call:dog']);
    expect(gist(`<tool_call>${CALL}</tool_`)).toEqual(['bad:not-json']);
    expect(gist('<tool_call>{"na')).toEqual(['bad:not-json']);
    expect(gist(`<tool_call>${CALL}`, 'interrupted')).toEqual(['bad:interrupted']);
  });

  it('P5: an answer, with and without its end tag', () => {
    expect(gist('<answer>K7</answer>')).toEqual(['answer:K7']);
    expect(gist('<answer>K7')).toEqual(['answer:K7']);
    expect(gist('<answer>1 < 2</answer>')).toEqual(['answer:1 < 2']);
    expect(gist('<answer>')).toEqual(['answer:']);
  });

  it('P6: what may be a tag waits until it is decided', () => {
    const parser = createTagParser();
    expect(parser.push('<think>small <').map((event) => event.type)).toEqual(['think-start', 'think-delta']);
    expect(parser.push('/thi')).toEqual([]);
    expect(parser.push('s')).toEqual([{ type: 'think-delta', text: '</this', upTo: 19 }]);
    expect(parser.push('</think')).toEqual([]);
    expect(parser.push('>')).toEqual([{ type: 'think-end', upTo: 27 }]);
  });

  it('P7: code is text', () => {
    expect(gist(`<tool_call>{'name': '${TOOL}', 'arguments': {'bbox_2d': [1, 2, 3, 4]}}</tool_call>`)).toEqual([
      'bad:not-json',
    ]);
    expect(gist('<tool_call>__import__("os")</tool_call>')).toEqual(['bad:not-json']);
  });

  it('N8: after the first call or answer all is text', () => {
    expect(gist(`<tool_call>${CALL}</tool_call> and <answer>K7</answer>`)).toEqual([
      'call:dog',
      'think: and <answer>K7</answer>',
    ]);
    expect(gist(`<answer>K7</answer><tool_call>${CALL}</tool_call>`)).toEqual([
      'answer:K7',
      `think:<tool_call>${CALL}</tool_call>`,
    ]);
    expect(gist(`<tool_call>x</tool_call><tool_call>${CALL}</tool_call>`)[0]).toBe('bad:not-json');
  });

  it('P8: text without tags is the answer where the dialect says so, else thought', () => {
    const plain = (text: string, end: How = 'complete') => gist(text, end, { plainAnswer: true });
    expect(gist('It says K7.')).toEqual(['think:It says K7.']);
    expect(plain('It says K7.')).toEqual(['answer:It says K7.']);
    expect(plain('<think>Small.</think>\n\nIt says K7.')).toEqual(['think:Small.', 'answer:\n\nIt says K7.']);
    expect(plain('Small.</think>It says K7.')).toEqual(['think:Small.', 'answer:It says K7.']);
    expect(plain('</think>It says K7.')).toEqual(['think:', 'answer:It says K7.']);
    expect(plain('\n ')).toEqual([]);
    expect(plain('<think>It says')).toEqual(['think:It says']);
    expect(plain('It says', 'interrupted')).toEqual(['think:It says']);
  });

  it('P8: text that a call or an answer follows is thought; what follows them has no effect', () => {
    const plain = (text: string) => gist(text, 'complete', { plainAnswer: true });
    expect(plain(`Let me look. <tool_call>${CALL}</tool_call>`)).toEqual(['think:Let me look. ', 'call:dog']);
    expect(plain(`Let me look.</think><tool_call>${CALL}</tool_call> So.`)).toEqual([
      'think:Let me look.',
      'call:dog',
      'think: So.',
    ]);
    expect(plain('So: <answer>K7</answer> Done.')).toEqual(['think:So: ', 'answer:K7', 'think: Done.']);
  });

  it('looks at a long thought once, not again with every token', () => {
    const parser = createTagParser();
    // Of the processor, not of the wall: other programs may be running. Again and again would take minutes.
    const began = process.cpuUsage();
    parser.push('<think>');
    for (let i = 0; i < 50_000; i += 1) parser.push(' a<b');
    parser.end('complete');
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(10_000);
  });
});
