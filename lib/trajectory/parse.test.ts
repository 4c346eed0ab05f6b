import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTrajectory } from './fixtures/arbitrary';
import { goldenNames } from './fixtures/golden-run';
import oldTwoZooms from './fixtures/version-1/two-zooms.json';
import twoZooms from './fixtures/two-zooms.json';
import { TRAJECTORY_LIMITS as LIMITS } from './index';
import { parseTrajectory } from './document';

/** What is wrong with a document, each as its code and where. */
function problemsIn(value: unknown): string[] {
  const parsed = parseTrajectory(value);
  return parsed.ok ? [] : parsed.problems.map(({ code, path }) => `${code} ${path}`.trim());
}

/** Puts `value` at a dotted path of a document, whatever its type was. */
function put(document: unknown, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
  (holder as Record<string, unknown>)[last] = value;
}

/** The fixture with one thing changed, or several, and what is then wrong with it. */
function after(...changes: readonly (readonly [path: string, value: unknown])[]): string[] {
  const document: unknown = structuredClone(twoZooms);
  for (const [path, value] of changes) put(document, path, value);
  return problemsIn(document);
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < depth; n += 1) value = n % 2 === 0 ? [value] : { inner: value };
  return value;
}

const many = <T>(length: number, value: T): T[] => Array.from({ length }, () => value);

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
        expect(parsed.ok ? parsed.trajectory : parsed.problems).toEqual(wire);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a newer version, and what is no trajectory, by name', () => {
    expect(after(['format', 'loupe-trajectory/3'])).toEqual(['newer-version']);
    const others = [null, undefined, 3, 'x', [], {}, { format: 'other/1' }, { format: 'loupe-trajectory/0' }];
    for (const value of [...others, { format: 'loupe-trajectory/2x' }, { format: 2 }]) {
      expect(problemsIn(value)).toEqual(['not-a-trajectory']);
    }
  });

  it('says where the schema is not met', () => {
    expect(after(['pictures.0.file.hash', 'nope'])).toEqual(['schema pictures.0.file.hash']);
    expect(after(['pictures.1.turn', 45])).toEqual(['schema pictures.1.turn']);
    expect(after(['pictures.0.from', 'afar'])).toEqual(['schema pictures.0.from']);
    expect(after(['steps.0.type', 'dream'])).toEqual(['schema steps.0.type']);
    expect(after(['steps.1.place.box.x1', null])).toEqual(['schema steps.1.place.box.x1']);
    expect(after(['steps.1.input', undefined])).toEqual(['schema steps.1.input']);
    expect(after(['steps.0.turn', 1.5])).toEqual(['schema steps.0.turn']);
    expect(after(['settings.temperature', -1])).toEqual(['schema settings.temperature']);
    // Of a part, what is said is of the kind of part that it nearly is.
    expect(after(['given.1.text', 5])).toEqual(['schema given.1.text']);
    expect(after(['given.0.seen', 5])).toEqual(['schema given.0.seen']);
    expect(after(['given.0.seen.width', -1])).toEqual(['schema given.0.seen.width']);
  });

  it('tells of the first bad entry of a list, and at most twenty problems', () => {
    expect(after(['usage', [twoZooms.usage[0], ...many(1000, null)]])).toEqual(['schema usage.1']);
    expect(after(['steps', many(1000, twoZooms.steps[1])])).toHaveLength(20);
  });

  it('drops what it does not know', () => {
    const parsed = parseTrajectory({ ...twoZooms, extra: 1 });
    expect(parsed.ok && parsed.trajectory).toEqual(twoZooms);
  });
});

describe('pictures', () => {
  it('have ids of their own', () => {
    expect(after(['pictures.2.id', 'p2'])).toContain('duplicate-picture pictures.2.id');
    expect(after(['pictures.2.id', ''])).toContain('duplicate-picture pictures.2.id');
  });

  it('are named by what speaks of them', () => {
    expect(after(['given.0.picture', 'p9'])).toEqual(['picture-unknown given.0']);
    expect(after(['steps.2.parts.0.picture', 'p9'])).toEqual(['picture-unknown steps.2.parts.0']);
    expect(after(['steps.1.place.picture', 'p9'])).toEqual(['picture-unknown steps.1.place']);
    const truth = {
      answers: [],
      options: null,
      places: [{ label: '', place: { ...twoZooms.steps[1]!.place, picture: 'p9' } }],
    };
    expect(after(['truth', truth])).toEqual(['picture-unknown truth.places.0']);
  });

  it('are views of what came before, inside it, as large as their region turned', () => {
    expect(after(['pictures.1.of', 'p3'])).toEqual(['picture-unknown pictures.1.of']);
    expect(after(['pictures.1.of', 'p2'])).toEqual(['picture-unknown pictures.1.of']);
    expect(after(['pictures.1.region.x2', 1700], ['pictures.1.width', 1553])).toEqual([
      'box-outside-image pictures.1.region',
    ]);
    expect(after(['pictures.1.width', 91])).toEqual(['schema pictures.1']);
    expect(after(['pictures.1.region.x2', 247])).toEqual(['schema pictures.1']);
    const long = { x1: 147, y1: 231, x2: 237, y2: 281 };
    expect(after(['pictures.1.region', long], ['pictures.1.height', 50])).toEqual([]);
    expect(after(['pictures.1.region', long], ['pictures.1.height', 50], ['pictures.1.turn', 90])).toEqual([
      'schema pictures.1',
    ]);
    expect(after(['pictures.1.region', long], ['pictures.1.width', 50], ['pictures.1.turn', 270])).toEqual([]);
  });

  it('are made by calls of the run', () => {
    const { file } = twoZooms.pictures[0]!;
    const made = { id: 'chart', from: 'call', callId: 'call-2', file, width: 64, height: 48 };
    expect(after(['pictures.3', made])).toEqual([]);
    expect(after(['pictures.3', { ...made, callId: 'call-9' }])).toEqual(['result-without-call pictures.3.callId']);
  });

  it('have sides of whole pixels, up to a limit', () => {
    expect(after(['pictures.0.width', 2000.5])).toEqual(['too-large pictures.0']);
    expect(after(['pictures.0.height', LIMITS.imageSide + 1])).toEqual(['too-large pictures.0.height']);
    expect(after(['pictures.0.height', 0])).toEqual(['schema pictures.0.height']);
  });
});

describe('steps', () => {
  it('ask about places inside the picture', () => {
    expect(after(['steps.1.place.box.x2', 1700])).toEqual(['box-outside-image steps.1.place']);
    expect(after(['steps.1.place.box.y1', -4])).toEqual(['box-outside-image steps.1.place']);
    expect(after(['steps.1.place.box.x1', 300])).toEqual(['box-outside-image steps.1.place']);
    expect(after(['steps.1.place.box.x2', 1600.0005])).toEqual([]);
  });

  it('mark what is inside the picture, in characters they have', () => {
    const mark = {
      label: 'dog',
      picture: 'p1',
      shape: { kind: 'point', point: { x: 1600, y: 0 } },
      read: { frame: 'fractions', order: 'xy', by: 'model' },
      at: { from: 4, to: 17 },
    };
    const marks = (change: object) => after(['steps.0.marks', [{ ...mark, ...change }]]);
    expect(marks({})).toEqual([]);
    expect(marks({ picture: 'p9' })).toEqual(['picture-unknown steps.0.marks.0']);
    expect(marks({ picture: 'p2' })).toEqual(['box-outside-image steps.0.marks.0']);
    expect(marks({ at: { from: 4, to: 18 } })).toEqual(['schema steps.0.marks.0.at']);
    expect(marks({ at: { from: 4, to: 3 } })).toEqual(['schema steps.0.marks.0.at']);
    const points = [
      { x: 0, y: 0 },
      { x: 9, y: 0 },
      { x: 9, y: 9 },
    ];
    expect(marks({ shape: { kind: 'polygon', points } })).toEqual([]);
    expect(marks({ shape: { kind: 'polygon', points: points.slice(1) } })).toEqual(['schema steps.0.marks.0.shape']);
    expect(marks({ shape: { kind: 'polygon', points: many(LIMITS.corners + 1, points[0]) } })).toEqual([
      'too-large steps.0.marks.0.shape.points',
    ]);
    const polygon = { kind: 'polygon', points: many(LIMITS.corners, points[0]) };
    const all = many(LIMITS.allCorners / LIMITS.corners + 1, { at: { from: 0, to: 1 }, shape: polygon });
    expect(after(['steps.0.marks', all])).toEqual(['too-large steps']);
  });

  it('say which of their characters a person wrote: in order, apart, and there', () => {
    const person = (...ranges: (readonly [number, number])[]) =>
      after(['steps.0.person', ranges.map(([from, to]) => ({ from, to }))]);
    expect(person([0, 3], [3, 17])).toEqual([]);
    expect(person()).toEqual([]);
    expect(person([0, 18])).toEqual(['schema steps.0.person.0']);
    expect(person([3, 3])).toEqual(['schema steps.0.person.0']);
    expect(person([3, 6], [5, 9])).toEqual(['schema steps.0.person.1']);
    expect(after(['steps.1.person', [{ from: 0, to: 5 }]])).toEqual([]);
    expect(after(['steps.2.person', [{ from: 0, to: 5 }]])).toEqual(['schema steps.2.person.0']);
  });

  it('are written by models of the run', () => {
    expect(after(['steps.0.model', 0])).toEqual([]);
    expect(after(['steps.0.model', 1])).toEqual(['schema steps.0.model']);
  });

  it('answer calls, once, and have no tokens then', () => {
    expect(after(['steps.2.callId', 'call-9'])).toEqual(['result-without-call steps.2.callId']);
    expect(after(['steps.4.callId', 'call-1'])).toContain('duplicate-call steps.4.callId');
    expect(after(['steps.5.callId', 'call-1'])).toEqual(['result-without-call steps.5.callId']);
    expect(after(['steps.1.callId', ''])).toContain('call-without-id steps.1.callId');
    expect(after(['steps.2.tokens', twoZooms.steps[0]!.tokens])).toEqual(['schema steps.2.tokens']);
  });

  it('wait for no result where the run ended, and are unfinished only at its end', () => {
    expect(after(['steps', twoZooms.steps.slice(0, 5)])).toEqual([]);
    const nothing = { tool: '', input: null, label: '', asked: null, place: null };
    const open = { ...twoZooms.steps[4], ...nothing, state: 'writing' };
    const upTo = (...last: unknown[]) => [...twoZooms.steps.slice(0, 4), ...last];
    const running = [['status', 'running'] as const, ['stop', null] as const];
    expect(after(['steps', upTo(open)], ...running)).toEqual([]);
    expect(after(['steps', upTo(open)])).toEqual([]);
    expect(after(['steps', upTo(open, twoZooms.steps[6])], ...running)).toEqual(['schema steps.4']);
    expect(after(['steps', upTo({ ...open, label: 'dog' })])).toEqual(['schema steps.4']);
  });

  it('end with the run, and time goes forward', () => {
    expect(after(['stop', null])).toEqual(['status-without-stop stop']);
    expect(after(['status', 'running'])).toEqual(['status-without-stop stop']);
    expect(after(['steps.0.span.end', 1])).toEqual(['time-order steps.0.span']);
  });
});

describe('limits', () => {
  const step = twoZooms.steps[0]!;
  const token = step.tokens[0]!;

  it('are kept by every text and every list', () => {
    expect(after(['given.1.text', 'a'.repeat(LIMITS.text + 1)])).toEqual(['too-large given.1.text']);
    expect(after(['title', 'a'.repeat(LIMITS.name + 1)])).toEqual(['too-large title']);
    expect(after(['steps.0.text', 'a'.repeat(LIMITS.text)])).toEqual([]);
    expect(after(['steps', many(LIMITS.steps + 1, step)])).toEqual(['too-large steps']);
    expect(after(['usage', many(LIMITS.usage + 1, twoZooms.usage[0])])).toEqual(['too-large usage']);
    expect(after(['steps.0.tokens.0.top', many(LIMITS.alternatives + 1, token.top[0])])).toEqual([
      'too-large steps.0.tokens.0.top',
    ]);
    expect(after(['given', many(LIMITS.parts + 1, { text: '' })])).toEqual(['too-large given']);
    expect(after(['settings.tools', many(LIMITS.tools + 1, '')])).toEqual(['too-large settings.tools']);
  });

  it('hold for all tokens and all text together', () => {
    const half = { ...step, tokens: many(LIMITS.tokens / 2 + 1, { ...token, text: '', top: [] }) };
    expect(after(['steps', [half, half]])).toEqual(['too-large steps']);
    const full = { ...token, top: many(LIMITS.alternatives, token.top[0]) };
    const some = { ...step, tokens: many(LIMITS.allAlternatives / LIMITS.alternatives + 1, full) };
    expect(after(['steps', [some]])).toEqual(['too-large steps']);
    const long = { ...step, text: 'a'.repeat(LIMITS.text), tokens: [] };
    expect(after(['steps', many(41, long)])).toEqual(['too-large']);
    const big = {
      ...twoZooms.steps[1],
      input: Object.fromEntries(many(100, 0).map((_, at) => [`${at}`.padEnd(LIMITS.name), 0])),
    };
    const calls = many(41, big).map((call, at) => ({ ...call, callId: `call-${at}` }));
    expect(after(['steps', calls.slice(0, 39)])).toEqual([]);
    expect(after(['steps', calls])).toEqual(['too-large']);
    const { file } = twoZooms.pictures[0]!;
    const named = {
      ...file,
      name: 'a'.repeat(LIMITS.name),
      address: 'a'.repeat(LIMITS.name),
      mimeType: 'a'.repeat(LIMITS.name),
    };
    const pictures = Array.from({ length: LIMITS.pictures }, (_, at) => ({
      ...twoZooms.pictures[0],
      id: `x${at}`,
      file: named,
    }));
    expect(after(['pictures', [...twoZooms.pictures, ...pictures.slice(0, 100)]])).toEqual([]);
    expect(after(['pictures', pictures], ['given', []], ['steps', []])).toEqual(
      LIMITS.pictures * 3 * LIMITS.name > LIMITS.allText ? ['too-large'] : [],
    );
  });

  it('refuse what is far too long, deep or many, without walking it', () => {
    expect(after(['steps.1.label', 'a'.repeat(10_000_000)])).toEqual(['too-large steps.1.label']);
    expect(after(['steps.1.input', nested(1_000_000)])).toEqual(['schema steps.1.input']);
    const other = { ...step, type: 'other', kind: 'note', json: nested(1_000_000) };
    expect(after(['steps.0', other])).toEqual(['schema steps.0.json']);
    expect(after(['steps.0', { ...other, json: nested(20) }])).toEqual([]);
    expect(after(['steps', many(1_000_000, 0)])).toEqual(['too-large steps']);
    expect(after(['steps.0.tokens', many(1_000_000, 0)])).toEqual(['too-large steps']);
    // As many as the limits allow: told one by one, they would overflow the stack.
    expect(after(['steps.0.tokens', many(LIMITS.tokens, 0)])).toEqual(['schema steps.0.tokens.0']);
    const bad = { ...step, tokens: many(LIMITS.tokens / LIMITS.steps, 0) };
    expect(after(['steps', many(LIMITS.steps, bad)])).toEqual(['schema steps.0.tokens.0']);
    for (const list of ['steps', 'usage']) {
      const old = { ...oldTwoZooms, [list]: many(1_000_000, 0) };
      expect(problemsIn(old)).toEqual([`too-large ${list}`]);
      expect(problemsIn({ ...old, [list]: many(2000, 0) })).toEqual([`schema ${list}.0`]);
    }
  });
});

describe('whatever it is shown', () => {
  /** Every place of a document that holds something. */
  function pathsOf(value: unknown, path = ''): string[] {
    if (typeof value !== 'object' || value === null) return [path];
    return [
      ...(path ? [path] : []),
      ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, path ? `${path}.${key}` : key)),
    ];
  }
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
  });

  it('the door never throws', () => {
    fc.assert(
      fc.property(anything, (value) => {
        parseTrajectory(value);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([twoZooms, oldTwoZooms])('the door never throws, wherever it stands: $format', (document) => {
    const paths = pathsOf(document);
    fc.assert(
      fc.property(anything, fc.constantFrom(...paths), (value, path) => {
        const changed: unknown = structuredClone(document);
        put(changed, path, value);
        const parsed = parseTrajectory(changed);
        if (parsed.ok) expect(parseTrajectory(JSON.parse(JSON.stringify(parsed.trajectory))).ok).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('prototypes are no fields', () => {
    expect(problemsIn(Object.create(twoZooms))).toEqual(after());
    expect(problemsIn(JSON.parse('{"__proto__": {"format": "loupe-trajectory/2"}}'))).toEqual(['not-a-trajectory']);
    const polluted = JSON.stringify(twoZooms).replace(
      '"dialect"',
      '"__proto__":{"polluted":1},"constructor":{},"dialect"',
    );
    expect(problemsIn(JSON.parse(polluted))).toEqual([]);
    expect('polluted' in {}).toBe(false);
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

  it('links every golden document, and tells every limit', () => {
    for (const name of goldenNames()) {
      expect(text).toContain(`[${name}](../lib/trajectory/fixtures/golden/${name}.json)`);
    }
    const limits = text.slice(text.indexOf('| an id, a name'), text.indexOf('## Versions'));
    for (const limit of Object.values(LIMITS))
      expect(limits).toMatch(new RegExp(`\\b${limit.toLocaleString('en-US')}\\b`));
  });
});
