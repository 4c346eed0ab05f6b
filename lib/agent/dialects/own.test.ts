/** Dialects that people write, against docs/protocol.md: what a pattern is, how its calls are read and written, and a run in one. */
import { describe, expect, it } from 'vitest';
import type { CallGrammar } from '@/lib/engine';
import { gbnfOf } from '@/lib/engine/remote/grammar';
import type { OwnDialect } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { playScript } from '../fixtures/play';
import { card } from '../fixtures/scripted-engine';
import { readReply } from '../read-reply';
import { readCallPattern } from './call-pattern';
import { findDialect } from './index';
import { dialectOfFile, readOwnDialect } from './own';
import { starterDialect } from './own-starter';

const FILE: OwnDialect = {
  format: 'loupe-dialect/1',
  name: 'Mine',
  frame: 'thousandths',
  prompt: 'Look. <zoom>100, 200, 400, 500, what</zoom>',
  plainPrompt: 'Look.',
  call: '<zoom>{x1}, {y1}, {x2}, {y2}, {label}</zoom>',
  shown: 'Here: {picture}\nGo on.',
  refused: 'No: {error}',
};
const JSON_CALL =
  '<tool_call>{"name": "zoom", "arguments": {"box": [{y1}, {x1}, {y2}, {x2}], "label": "{label}"}}</tool_call>';

function made(change: Partial<OwnDialect> = {}) {
  const read = dialectOfFile({ ...FILE, ...change });
  if (!read.ok) throw new Error(read.problem);
  return read.dialect;
}
const input = (call: string, written: string) => {
  const read = made({ call }).readCall(written);
  return read.ok ? read.input : read.problem;
};
const play = (file: OwnDialect, ...turns: string[]) =>
  playScript(
    turns.map((text) => ({ text })),
    { card: { ...card, dialect: 'own:Mine' }, dialect: made(file) },
  );

describe('a pattern', () => {
  it.each([
    ['{x1},{y1},{x2},{y2}', 'tags'],
    ['<a>{x1},{y1},{x2},{y2}<a>', 'tags'],
    ['<think>{x1},{y1},{x2},{y2}</think>', 'tags'],
    ['<a>{x1}</a>,{y1},{x2},{y2}</a>', 'tags'],
    ['<ä>{x1},{y1},{x2},{y2}</ä>', 'tags'],
    ['<a>{x1},{y1},{x2}</a>', 'places'],
    ['<a>{x1},{y1},{x2},{y2},{x1}</a>', 'places'],
    ['<a>{x2},{y1},{x1},{y2}</a>', 'order'],
    ['<a>{x1}{y1},{x2},{y2}</a>', 'touching'],
    ['<a>{x1} {y1} {x2} {y2}</a>', 'touching'],
    ['<a>{x1}.5,{y1},{x2},{y2}</a>', 'touching'],
    ['<a>{label}, {x1},{y1},{x2},{y2}</a>', 'label-end'],
  ])('Y1: %s is none (%s)', (call, problem) => {
    expect(readCallPattern(call)).toEqual({ ok: false, problem });
  });

  it('Y2: of text is read whatever its spaces are, in its own order, and what is not like it is told', () => {
    expect(input(FILE.call, '1,2 , 3.5,-4 , a dog, asleep ')).toEqual({
      bbox_2d: [1, 2, 3.5, -4],
      label: 'a dog, asleep',
    });
    expect(input('<box>y {y1} x {x1} to y {y2} x {x2}</box>', 'y1 x 2 toy 3x4')).toEqual({ bbox_2d: [2, 1, 4, 3] });
    expect([input(FILE.call, '1, 2, 3'), input(FILE.call, 'process.exit(), 2, 3, 4, x')]).toEqual([
      'not-json',
      'not-json',
    ]);
    // Patterns are text, not expressions.
    expect(input('<a>.*({x1},{y1},{x2},{y2})+</a>', '.*(1,2,3,4)+')).toEqual({ bbox_2d: [1, 2, 3, 4] });
    expect(input('<a>.*({x1},{y1},{x2},{y2})+</a>', 'zz(1,2,3,4)')).toBe('not-json');
  });

  it('Y2: of JSON is read as JSON, in any order, with more in it and without its label', () => {
    const box = { bbox_2d: [2, 1, 4, 3], label: 'say "dog"' };
    expect(
      input(JSON_CALL, '{"arguments": {"label": "say \\"dog\\"", "more": 1, "box": [1,2,3,4]}, "name": "zoom"}'),
    ).toEqual(box);
    expect(input(JSON_CALL, '{"name": "zoom", "arguments": {"box": [1, 2, 3, 4]}}')).toEqual({ bbox_2d: [2, 1, 4, 3] });
    expect(input(JSON_CALL, '{"name": "other", "arguments": {"box": [1, 2, 3, 4]}}')).toBe('not-json');
    expect(input(JSON_CALL, '{"name": "zoom", "arguments": {"box": [1, 2]}}')).toBe('not-json');
    expect(input(JSON_CALL, '{"name": "zoom", "arguments": {"box": ["a", 2, 3, null]}}')).toEqual({
      bbox_2d: [2, 'a', null, 3],
    });
  });

  it('Y2: a long call that is not like it is refused, in time that grows with its length', () => {
    const long = `${'1, '.repeat(60_000)}x`;
    expect(input(FILE.call, `${long}</zoo`)).not.toBe('');
    expect(input('<a>{x1},{y1},{x2},{y2},"{label}"</a>', long)).toBe('not-json');
  });
});

it('Y3: a run asks, looks, is told of mistakes and answers in it, and keeps it', async () => {
  const { run, requests } = await play(
    FILE,
    '<think>Look.</think><zoom>100, 100, 200, 200, dog</zoom>',
    '<zoom>somewhere</zoom>',
    '<zoom>900, 10, 100, 80, cat</zoom>',
    '<think>I see.</think><answer>A dog</answer>',
  );
  expect(run.systemPrompt).toBe(FILE.prompt);
  expect(run).toMatchObject({ dialect: 'own:Mine', ownDialect: FILE, status: 'done' });
  expect(parseTrajectory(JSON.parse(JSON.stringify(run)))).toMatchObject({
    ok: true,
    trajectory: { ownDialect: FILE },
  });
  const [place] = run.steps.flatMap((step) => (step.type === 'call' && step.place ? [step.place] : []));
  expect(place?.box).toEqual({ x1: 160, y1: 120, x2: 320, y2: 240 });
  const told = (requests.at(-1)?.messages ?? []).flatMap((message) =>
    message.role === 'user'
      ? [message.content.map((one) => (one.type === 'text' ? one.text : '[image]')).join('')]
      : [],
  );
  expect(told.slice(1)).toEqual([
    'Here: [image]\nGo on.',
    'No: Error: the call does not have the form <zoom>{x1}, {y1}, {x2}, {y2}, {label}</zoom>',
    'No: Error: the box is empty; x1 < x2 and y1 < y2 must hold, at least a pixel apart.',
  ]);
});

it('Y4: a grammar writes its calls, with right above left in the order of the pattern', () => {
  const turn = {
    frame: 'thousandths',
    image: { width: 1600, height: 1200 },
    seen: { width: 256, height: 256 },
    tools: ['zoom', 'rotate'],
    mayCall: true,
  } as const;
  const pieces = (grammar: CallGrammar) => grammar.calls.map((call) => call.pieces);
  expect(pieces(made().grammar(turn))).toMatchObject([
    [
      { literal: '<zoom>' },
      { number: {} },
      { literal: ', ' },
      { number: {} },
      { literal: ', ' },
      { above: 0 },
      { literal: ', ' },
      { above: 1 },
      { literal: ', ' },
      { text: 64 },
      { literal: '</zoom>' },
    ],
  ]);
  const aboves = pieces(
    made({ call: '<a>{y1} {label}" {y2}; {x1}: {x2}</a>'.replace('} {l', '}, {l') }).grammar(turn),
  ).flatMap((form) => form.flatMap((piece) => ('number' in piece ? [piece.above ?? null] : [])));
  expect(aboves).toEqual([null, 0, null, 2]);
  expect(gbnfOf(made().grammar(turn))).toContain('"<zoom>"');
  // What it writes it reads.
  expect(made().readCall('10, 20, 300, 400, dog')).toMatchObject({ ok: true });
});

it('Y5: a file is read back, and one that is none, newer or has no place for what is told is named', () => {
  expect(readOwnDialect(JSON.stringify(FILE))).toMatchObject({ ok: true, file: FILE });
  const problem = (change: object) => {
    const read = readOwnDialect(JSON.stringify({ ...FILE, ...change }));
    return read.ok ? null : read.problem;
  };
  expect(problem({ format: 'loupe-dialect/2' })).toBe('newer');
  expect(problem({ format: 'something' })).toBe('no-dialect');
  expect(problem({ name: '' })).toBe('no-dialect');
  expect(problem({ prompt: 'x'.repeat(20_001) })).toBe('no-dialect');
  expect([problem({ shown: 'Here.' }), problem({ shown: '{picture}{picture}' })]).toEqual([
    'picture-place',
    'picture-place',
  ]);
  expect(problem({ refused: 'No.' })).toBe('error-place');
  expect([readOwnDialect('{').ok, readOwnDialect('null').ok]).toEqual([false, false]);
});

it('is found by its name among those of the person, and by none that is not there', () => {
  const own = { Mine: JSON.stringify(FILE), broken: '{' };
  expect(findDialect('own:Mine', own)?.id).toBe('own:Mine');
  expect([findDialect('own:Mine'), findDialect('own:broken', own), findDialect('own:toString', own)]).toEqual([
    null,
    null,
    null,
  ]);
});

it('begins with one whose own example it can read', () => {
  const starter = starterDialect('New');
  const [example = ''] = /<zoom>.*<\/zoom>/.exec(starter.prompt) ?? [];
  expect(readReply(made(starter), example)).toMatchObject([
    { input: { bbox_2d: [100, 200, 400, 500], label: 'what is there' } },
  ]);
});

it('shows how a reply is read', () => {
  expect(readReply(made(), 'Hm. <zoom>1, 2, 3, 4, dog</zoom>')).toEqual([
    { type: 'think', text: 'Hm. ' },
    { type: 'call', text: '1, 2, 3, 4, dog', input: { bbox_2d: [1, 2, 3, 4], label: 'dog' } },
  ]);
  expect(readReply(made(), '<zoom>there</zoom>')).toEqual([{ type: 'call', text: 'there', input: null }]);
  expect(readReply(made(), 'A dog.')).toEqual([{ type: 'answer', text: 'A dog.' }]);
});
