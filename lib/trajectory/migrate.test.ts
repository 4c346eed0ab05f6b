/** Documents of version 1, made by its own code, open as before: fixtures/version-1. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { anyTrajectory1 } from './fixtures/arbitrary-1';
import twoZooms from './fixtures/two-zooms.json';
import { fromVersion1 } from './from-version-1';
import { boxesAt, callCount, eventsOf, foldAll, questionOf, TRAJECTORY_LIMITS } from './index';
import { parseTrajectory } from './document';
import type { StepOf, Trajectory } from './index';
import { migrate } from './migrate';
import type { Trajectory1 } from './schema-1';

// Generated cases take longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const folder = new URL('./fixtures/version-1/', import.meta.url);

function old(name: string): Trajectory1 {
  // The files are of that version: their own code wrote them.
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Trajectory1;
}

function opened(value: unknown): Trajectory {
  const parsed = parseTrajectory(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.trajectory;
}

const results = ({ steps }: Trajectory): StepOf<'result'>[] => steps.filter((step) => step.type === 'result');
const calls = ({ steps }: Trajectory): StepOf<'call'>[] => steps.filter((step) => step.type === 'call');

describe('every document of version 1', () => {
  const names = readdirSync(folder).map((file) => file.replace('.json', ''));

  it.each(names)('%s opens, and is the fold of its events', (name) => {
    const run = opened(old(name));
    expect(foldAll(eventsOf(run))).toEqual(run);
    expect(opened(JSON.parse(JSON.stringify(run)))).toEqual(run);
  });

  it.each(names)('%s says what it said', (name) => {
    const before = old(name);
    const run = opened(before);
    expect(questionOf(run)).toBe(before.question);
    expect(run.pictures[0]).toMatchObject({ id: 'p1', width: before.image.width, file: { hash: before.image.hash } });
    const tokensIn = (steps: readonly { readonly tokens: readonly unknown[] }[]) =>
      steps.flatMap(({ tokens }) => tokens);
    // Of a label of 5,000 characters told as one token, the token is shortened as well.
    if (name !== 'long-label') expect(tokensIn(run.steps)).toEqual(tokensIn(before.steps));
    expect(tokensIn(run.steps)).toHaveLength(tokensIn(before.steps).length);
    expect(run.usage).toEqual(before.usage);
    const words = run.steps.flatMap((step) =>
      step.type === 'call' ? [step.written] : step.type === 'think' || step.type === 'answer' ? [step.text] : [],
    );
    expect(words).toEqual(before.steps.flatMap((step) => (step.type === 'result' ? [] : [step.text])));
    expect(results(run).flatMap(({ refused }) => refused ?? [])).toEqual(
      before.steps.flatMap((step) =>
        step.type !== 'malformed' || (step.problem === 'interrupted' && step.told === '')
          ? []
          : [{ problem: step.problem === 'repeated-box' ? 'repeated-call' : step.problem, told: step.told }],
      ),
    );
  });

  it.each(names)('%s shows the boxes it showed', (name) => {
    const before = old(name);
    const run = opened(before);
    const shown = boxesAt(run, run.steps.length).map(({ callId, label, asked, executed }) => ({
      callId,
      label,
      asked,
      executed,
    }));
    const answered = new Set(before.steps.flatMap((step) => (step.type === 'result' ? [step.callId] : [])));
    const were = before.steps.flatMap((step) =>
      step.type === 'call'
        ? [
            {
              callId: step.callId,
              label: step.label.length > TRAJECTORY_LIMITS.name ? expect.any(String) : step.label,
              asked: step.askedInImage,
              // A crop that was never cut is no longer kept.
              executed: answered.has(step.callId) ? step.executed : step.askedInImage,
            },
          ]
        : [],
    );
    expect(shown).toEqual(were);
  });

  it('of the generator passes the door', () => {
    fc.assert(
      fc.property(anyTrajectory1, (document) => {
        const wire: unknown = JSON.parse(JSON.stringify(document));
        const parsed = parseTrajectory(wire);
        expect(parsed.ok || parsed.problems).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what version 1 said otherwise', () => {
  it('is said in the new words by the migration', () => {
    expect(opened(old('two-zooms'))).toEqual(twoZooms);
  });

  it('a question that made its title too long for its own door: the title is shortened, the question whole', () => {
    const before = old('long-question');
    expect(before.title).toHaveLength(2027);
    const run = opened(before);
    expect(run.title).toHaveLength(TRAJECTORY_LIMITS.name);
    expect(run.title.endsWith('…')).toBe(true);
    expect(before.title.startsWith(run.title.slice(0, -1))).toBe(true);
    expect(questionOf(run)).toBe(before.question);
  });

  it('a label beyond the limit is shortened, and stands whole in the call as written', () => {
    const run = opened(old('long-label'));
    const [call] = calls(run);
    expect(call!.label.length).toBeLessThanOrEqual(TRAJECTORY_LIMITS.name);
    expect(call!.label.endsWith('…')).toBe(true);
    expect(call!.written).toContain(call!.label.slice(0, -1));
  });

  it('a call that could not be carried out is a call with a refusal', () => {
    const run = opened(old('refused'));
    const refused = results(run).filter((step) => step.refused);
    expect(refused.length).toBeGreaterThan(0);
    for (const { callId, parts, tokens } of refused) {
      expect(parts).toEqual([]);
      expect(tokens).toEqual([]);
      expect(calls(run).find((call) => call.callId === callId)).toMatchObject({ state: 'read', place: null });
    }
    expect(refused.map((step) => step.refused!.problem)).toContain('box-empty');
    const empty = refused.find((step) => step.refused!.problem === 'box-empty')!;
    expect(calls(run).find(({ callId }) => callId === empty.callId)).toMatchObject({
      tool: 'zoom',
      input: { bbox_2d: [300, 300, 300, 400], label: 'dog' },
    });
    expect(callCount(run)).toBe(calls(run).length - refused.length);
  });

  it('a call that broke off is one that is still being written', () => {
    const stopped = old('stopped');
    const bad = {
      type: 'malformed',
      text: '{"name": "ima',
      problem: 'interrupted',
      told: '',
      turn: 1,
      span: { start: 9, end: 12 },
      tokens: [],
    };
    const run = opened({ ...stopped, steps: [...stopped.steps, bad] });
    expect(run.steps.at(-1)).toMatchObject({
      type: 'call',
      written: '{"name": "ima',
      state: 'writing',
      tool: '',
      input: null,
      asked: null,
      place: null,
    });
    const nothing = { x1: 0, y1: 0, x2: 0, y2: 0 };
    const whole = old('two-zooms');
    const steps = whole.steps
      .slice(0, 2)
      .map((step) =>
        step.type === 'call'
          ? { ...step, label: '', asked: { ...step.asked, box: nothing }, askedInImage: nothing, executed: nothing }
          : step,
      );
    const running = opened({ ...whole, steps, status: 'running', stop: null });
    expect(running.steps[1]).toMatchObject({ state: 'writing', place: null, asked: null });
  });

  it('the same box asked twice is a repeated call', () => {
    const run = opened(old('repeated'));
    expect(run.stop?.reason).toBe('repeated-call');
    expect(results(run).map(({ refused }) => refused?.problem)).toContain('repeated-call');
  });

  it('tools were on or off', () => {
    expect(opened(old('two-zooms')).settings?.tools).toEqual(['zoom']);
    expect(opened(old('without-tools')).settings?.tools).toEqual([]);
  });

  it('ids for refused calls are free ones', () => {
    const before = old('refused');
    const taken = before.steps.map((step) =>
      step.type === 'call' || step.type === 'result' ? { ...step, callId: 'refused-2' } : step,
    );
    const ids = calls(fromVersion1({ ...before, steps: taken })).map(({ callId }) => callId);
    expect(ids.filter((id) => id === 'refused-2+').length).toBe(before.steps[1]?.type === 'malformed' ? 1 : 0);
    expect(ids).toContain('refused-2');
  });

  it('even as long as its own door allowed, passes this one', () => {
    const before = old('two-zooms');
    const [call, result] = [before.steps[1]!, before.steps[2]!];
    const longest = Array.from({ length: 2000 }, (_, at) => ({
      ...(at % 2 === 0 ? call : result),
      callId: `call-${at - (at % 2)}`,
    }));
    expect(opened({ ...before, steps: longest }).pictures).toHaveLength(1001);
    const bad = {
      type: 'malformed',
      text: 'x',
      problem: 'not-json',
      told: 'bad call.',
      turn: 1,
      span: call.span,
      tokens: [],
    };
    expect(opened({ ...before, steps: Array.from({ length: 2000 }, () => bad) }).steps).toHaveLength(4000);
  });

  it('what was kept far too long is shortened, and soon', () => {
    const before = old('two-zooms');
    const long = 'x'.repeat(10_000_000);
    const steps = before.steps.map((step) => (step.type === 'call' ? { ...step, label: long } : step));
    const run = opened({ ...before, steps, question: long, title: long });
    expect(calls(run).map(({ label }) => label.length)).toEqual([2000, 2000]);
    expect(questionOf(run)).toHaveLength(TRAJECTORY_LIMITS.text);
  });
});

describe('migrate', () => {
  it('leaves the newest alone and refuses the newer', () => {
    const value = { format: 'loupe-trajectory/2', whatever: 5 };
    expect(migrate(value)).toEqual({ ok: true, document: value });
    expect(migrate({ format: 'loupe-trajectory/3' })).toEqual({ ok: false, code: 'newer-version' });
    expect(migrate({ format: 'loupe-trajectory/999999' })).toEqual({ ok: false, code: 'newer-version' });
  });

  it('says where an older document does not meet its own schema', () => {
    const parsed = parseTrajectory({ ...old('two-zooms'), image: { ...old('two-zooms').image, hash: 'nope' } });
    expect(parsed.ok ? [] : parsed.problems.map(({ code, path }) => `${code} ${path}`)).toEqual(['schema image.hash']);
  });
});
