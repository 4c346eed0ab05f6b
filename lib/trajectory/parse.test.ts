import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTrajectory } from './fixtures/arbitrary';
import twoZooms from './fixtures/two-zooms.json';
import { parseTrajectory, TRAJECTORY_LIMITS } from './index';
import { migrate } from './migrate';

type Plain = typeof twoZooms;

/** The fixture with one thing changed, and the codes of what is then wrong with it. */
function codesAfter(change: (document: Plain) => unknown): string[] {
  const document = structuredClone(twoZooms);
  const changed = change(document) ?? document;
  const parsed = parseTrajectory(changed);
  return parsed.ok ? [] : parsed.problems.map(({ code, path }) => `${code} ${path}`.trim());
}

/** Puts `value` at a dotted path of a document, whatever its type was. */
function put(document: unknown, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
  (holder as Record<string, unknown>)[last] = value;
}

const after = (path: string, value: unknown) => codesAfter((document) => put(document, path, value));

describe('the door', () => {
  it('lets a kept run in, as it is', () => {
    expect(parseTrajectory(twoZooms)).toEqual({ ok: true, trajectory: twoZooms });
  });

  it('lets every run of the generator in, also through JSON', () => {
    fc.assert(
      fc.property(anyTrajectory, (trajectory) => {
        // JSON has no minus zero; it reads back as zero.
        const wire: unknown = JSON.parse(JSON.stringify(trajectory));
        const parsed = parseTrajectory(wire);
        expect(parsed).toEqual({ ok: true, trajectory: wire });
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a newer version, and what is no trajectory, by name', () => {
    expect(after('format', 'loupe-trajectory/2')).toEqual(['newer-version']);
    for (const value of [null, 3, 'x', [], {}, { format: 'other/1' }, { format: 'loupe-trajectory/0' }]) {
      expect(codesAfter(() => value ?? 0)).toEqual(['not-a-trajectory']);
    }
  });

  it('says where the schema is not met', () => {
    expect(after('image.hash', 'nope')).toEqual(['schema image.hash']);
    expect(after('steps.0.type', 'dream')).toEqual(['schema steps.0.type']);
    expect(after('steps.1.executed.x1', null)).toEqual(['schema steps.1.executed.x1']);
    expect(after('settings.temperature', -1)).toEqual(['schema settings.temperature']);
  });

  it('drops what it does not know', () => {
    expect(codesAfter((document) => ({ ...document, extra: 1 }))).toEqual([]);
    const parsed = parseTrajectory({ ...twoZooms, extra: 1 });
    expect(parsed.ok && 'extra' in parsed.trajectory).toBe(false);
  });

  it('wants boxes inside the picture', () => {
    expect(after('steps.1.executed.x2', 1700)).toContain('box-outside-image steps.1.executed');
    expect(after('steps.1.askedInImage.y1', -4)).toContain('box-outside-image steps.1.askedInImage');
    expect(after('steps.1.askedInImage.x1', 300)).toContain('box-outside-image steps.1.askedInImage');
  });

  it('wants results to answer calls', () => {
    expect(after('steps.2.callId', 'call-9')).toEqual(['result-without-call steps.2.callId']);
    expect(after('steps.2.executed.x1', 100)).toEqual(['result-without-call steps.2.callId']);
    expect(after('steps.4.callId', 'call-1')).toContain('duplicate-call steps.4.callId');
    expect(after('steps.1.callId', '')).toContain('call-without-id steps.1.callId');
  });

  it('wants an end of what has ended, and time to go forward', () => {
    expect(after('stop', null)).toEqual(['status-without-stop stop']);
    expect(after('status', 'running')).toEqual(['status-without-stop stop']);
    expect(after('steps.0.span.end', 1)).toEqual(['time-order steps.0.span']);
  });

  it('wants unfinished calls only at the end of a running run', () => {
    const nothing = { x1: 0, y1: 0, x2: 0, y2: 0 };
    expect(after('steps.4.executed', nothing)).toContain('schema steps.4');
  });

  it('keeps within its limits', () => {
    expect(after('image.width', 2000.5)).toEqual(['too-large image']);
    expect(after('image.height', TRAJECTORY_LIMITS.imageSide + 1)).toEqual(['too-large image']);
    expect(after('question', 'a'.repeat(TRAJECTORY_LIMITS.text + 1))).toEqual(['too-large']);
    expect(after('title', 'a'.repeat(TRAJECTORY_LIMITS.name + 1))).toEqual(['too-large']);
    const step = twoZooms.steps[0];
    expect(
      after(
        'steps',
        Array.from({ length: TRAJECTORY_LIMITS.steps + 1 }, () => step),
      ),
    ).toEqual(['too-large steps']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...Object.keys(twoZooms)), (value, key) => {
        parseTrajectory(value);
        parseTrajectory({ ...twoZooms, [key]: value });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('migrations', () => {
  const rename = new Map([[1, ({ old, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, fresh: old })]]);

  it('go one version at a time', () => {
    expect(migrate({ format: 'loupe-trajectory/1', old: 5 }, rename, 2)).toEqual({
      ok: true,
      document: { format: 'loupe-trajectory/2', fresh: 5 },
    });
  });

  it('leave the newest alone and refuse the newer', () => {
    expect(migrate({ format: 'loupe-trajectory/2', old: 5 }, rename, 2).ok).toBe(true);
    expect(migrate({ format: 'loupe-trajectory/3' }, rename, 2)).toEqual({ ok: false, code: 'newer-version' });
  });
});

describe('docs/trajectory-format.md', () => {
  const text = readFileSync(new URL('../../docs/trajectory-format.md', import.meta.url), 'utf8');

  it('shows an example that passes the door', () => {
    const example: unknown = JSON.parse(/```json\n([^]*?)```/.exec(text)?.[1] ?? '');
    expect(parseTrajectory(example)).toEqual({ ok: true, trajectory: example });
  });

  it('names every field', () => {
    for (const field of Object.keys(twoZooms)) expect(text).toContain(`\`${field}\``);
  });
});
