/** Whatever the app makes, it can read again: runs from arbitrary words, names, pictures and model output, at every moment of them. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { cases } from '@/scripts/suite';
import { eventsOf, foldAll, TRAJECTORY_LIMITS, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { playScript, SETTINGS } from './fixtures/play';
import { card, source, type ScriptedTurn } from './fixtures/scripted-engine';
import type { Given } from './order';

vi.setConfig({ testTimeout: 240_000 });

/** Half a surrogate pair and control characters included. */
const character = fc.nat(0xffff).map((code) => String.fromCharCode(code));
const short = fc.string({ unit: character, maxLength: 12 });
/** Short ones, repeated to any length: what is long is long, whatever it says. */
const words = (most: number) =>
  fc
    .tuple(short, fc.oneof({ weight: 4, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(most) }))
    .map(([text, length]) => (text === '' ? '' : text.repeat(Math.ceil(length / text.length)).slice(0, length)));

const number = fc.oneof(
  fc.integer({ min: -100, max: 1100 }).map(String),
  fc.constantFrom(
    '1e999',
    '-1e999',
    '1e308',
    '-0',
    '0.5',
    '1e-400',
    '12345678901234567890',
    'NaN',
    '"4"',
    'null',
    '[1]',
  ),
);
const box = fc.array(number, { minLength: 3, maxLength: 5 }).map((numbers) => `[${numbers.join(', ')}]`);
const quoted = words(20_000).map((text) => JSON.stringify(text));
const nested = fc.nat(60).map((depth) => '['.repeat(depth) + ']'.repeat(depth));
const input = fc.oneof(
  fc.tuple(box, quoted).map(([at, label]) => `{"bbox_2d": ${at}, "label": ${label}}`),
  number.map((angle) => `{"angle": ${angle}}`),
  fc.tuple(quoted, nested).map(([key, value]) => `{${key}: ${value}, "__proto__": 1}`),
  fc.json({ maxDepth: 4 }),
);
const tool = fc.oneof(
  fc.constantFrom('"image_zoom_in_tool"', '"image_rotate_tool"', '7', '"__proto__"', '""'),
  words(10_000).map((text) => JSON.stringify(text)),
);
const call = fc.tuple(tool, input).map(([name, args]) => `{"name": ${name}, "arguments": ${args}}`);
const tags = ['<think>', '</think>', '<tool_call>', '</tool_call>', '<answer>', '</answer>'] as const;
const turn = fc.oneof(
  { weight: 4, arbitrary: call.map((json) => `<think>|Small.|</think>|<tool_call>|${json}|</tool_call>`) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...tags, '|', '|', ' ', '<', '{"name": '), call, words(3_000)), { maxLength: 12 })
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...tags), fc.nat(700)).map(([tag, times]) => tag.repeat(times)) },
);
const turns: fc.Arbitrary<readonly ScriptedTurn[]> = fc.array(
  fc.record({ text: turn, ends: fc.constantFrom('stop' as const, 'length' as const) }),
  { minLength: 1, maxLength: 4 },
);

const side = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: TRAJECTORY_LIMITS.imageSide }));
const picture = fc
  .record({ name: words(5_000), mimeType: words(5_000), width: side, height: side })
  .map((ref): Given => ({ source: { ...source, ref: { ...source.ref, ...ref } } }));
const given = fc.array(
  fc.oneof(
    words(300_000).map((text): Given => ({ text })),
    picture,
  ),
  { maxLength: 5 },
);

/** JSON knows no −0. */
const throughJson = (run: Trajectory): Trajectory => JSON.parse(JSON.stringify(run)) as Trajectory;

function expectReadable(run: Trajectory): void {
  const kept = throughJson(run);
  const parsed = parseTrajectory(kept);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems).slice(0, 2_000));
  // What these runs hold is too long to be printed.
  if (!isDeepStrictEqual(parsed.trajectory, kept)) throw new Error('it was read as another');
}

/** All states of a short run; of a long one the last of each kind of step, and some between. */
function expectAllReadable(states: readonly Trajectory[]): void {
  const every = Math.max(1, Math.ceil(states.length / 25));
  for (const [at, state] of states.entries()) {
    const isNew = state.steps.length !== (states[at - 1]?.steps.length ?? 0);
    if (at % every === 0 || isNew || at === states.length - 1) expectReadable(state);
  }
}

describe('whatever the app makes, it can read again', () => {
  it('from any words, names, pictures and output, at every moment', async () => {
    const ends = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        given,
        turns,
        fc.constantFrom('nano-1', 'deepeyes', 'qwen-tools', 'zoom-json', 'no-such-dialect'),
        fc.constantFrom([], ['zoom'], ['zoom', 'rotate']),
        words(3_000),
        async (sent, script, dialect, tools, name) => {
          const { run, states } = await playScript(script, {
            given: sent,
            settings: { ...SETTINGS, tools: [...tools] },
            card: { ...card, dialect, name, version: name, image: { ...card.image, size: 8 } },
            modelUrl: name,
          });
          expectAllReadable(states);
          expect(run.status).not.toBe('running');
          // Told again, it is the same.
          if (!isDeepStrictEqual(foldAll(eventsOf(run)), run)) throw new Error('told again it is another');
          const end = run.stop?.code ?? run.stop?.reason ?? '';
          ends.set(end, (ends.get(end) ?? 0) + 1);
        },
      ),
      { numRuns: cases({ short: 80, long: 250 }) },
    );
    // Not one way to end alone; the script running out is the engine's `internal`.
    expect(ends.size).toBeGreaterThan(4);
  });

  it('where a model writes without end', async () => {
    const chunk = ` ${'a'.repeat(89)}`.repeat(2_000);
    for (const text of [`<think>|${chunk}|${chunk}`, `<tool_call>|${chunk}|${chunk}`, chunk + chunk]) {
      const { run, states } = await playScript([{ text }, { text: `<answer>|${chunk}|${chunk}` }]);
      expectReadable(run);
      expect(run.stop?.reason).toMatch(/length|answer/);
      expect(states.length).toBeGreaterThan(10);
      const written = run.steps.map((step) => ('text' in step ? step.text : 'written' in step ? step.written : ''));
      // As much of it as may be kept.
      expect(written.join('').length).toBeGreaterThan(190_000);
    }
  });

  it('where a model opens thought after thought', async () => {
    const { run } = await playScript([{ text: '<think>a</think>|'.repeat(TRAJECTORY_LIMITS.steps + 10) }]);
    expectReadable(run);
    expect(run.stop?.reason).toBe('length');
    expect(run.steps.length).toBeGreaterThan(4_000);
  });

  it('where a run goes on and on', async () => {
    const call = (turn: number) =>
      `{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [${turn % 900}, 0, 999, 99]}}`;
    const script = Array.from({ length: 60 }, (_, at) => ({
      text: `<think>|${'long '.repeat(38_000)}|</think>|<tool_call>|${call(60 * at)}|</tool_call>`,
    }));
    const { run } = await playScript(script, {
      settings: { ...SETTINGS, maxTurns: 1_000 },
      card: { ...card, image: { ...card.image, size: 4 } },
    });
    expectReadable(run);
    expect(run.stop?.reason).toBe('length');
    expect(run.steps.length).toBeGreaterThan(15);
  });

  it('a piece of a text that came at once has no id of its own, and ends in no half of a character', async () => {
    const { run } = await playScript([{ text: `<answer>${'🐕'.repeat(3_000)}</answer>` }]);
    const [answer] = run.steps;
    expect(answer).toMatchObject({ type: 'answer', text: '🐕'.repeat(3_000) });
    const { tokens = [] } = answer ?? {};
    expect(tokens.map(({ id }) => id).slice(0, 3)).toEqual([null, null, null]);
    expect(tokens.every(({ text }) => !/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(text))).toBe(true);
  });
});
