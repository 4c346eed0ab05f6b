import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_PLACE, SAME_PLACE } from './fixtures/notations';
import { readMarks, type MarksRequest } from './read-marks';

const PICTURE = { id: 'p1', width: 1600, height: 800 };
const read = (text: string, more: Partial<MarksRequest> = {}) => readMarks(text, { pictures: [PICTURE], ...more });

/** As shares of the picture's sides. */
function sharesOf(shape: ReturnType<typeof read>['marks'][number]['shape']): readonly number[] {
  const { width, height } = PICTURE;
  if (shape.kind === 'box')
    return [shape.box.x1 / width, shape.box.y1 / height, shape.box.x2 / width, shape.box.y2 / height];
  if (shape.kind === 'point') return [shape.point.x / width, shape.point.y / height];
  const xs = shape.points.map(({ x }) => x / width);
  const ys = shape.points.map(({ y }) => y / height);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

test.each(SAME_PLACE.map((one) => [one.name, one] as const))(
  '%s',
  (_, { text, model, draws = ['box'], labels, off = 0.0015 }) => {
    const { marks, reading } = read(text, model === undefined ? {} : { model });
    expect(marks.map(({ shape }) => shape.kind)).toEqual(draws);
    expect(reading).not.toBeNull();
    if (labels) expect(marks.map(({ label }) => label)).toEqual(labels);
    const last = marks.at(-1)!;
    const wanted = last.shape.kind === 'point' ? [0.25, 0.5] : [0.25, 0.5, 0.75, 0.9];
    for (const [at, share] of sharesOf(last.shape).entries()) expect(Math.abs(share - wanted[at]!)).toBeLessThan(off);
    expect(text.slice(last.at!.from, last.at!.to)).toMatch(/\d/);
  },
);

test.each(NO_PLACE)('nothing to draw: %s', (text) => {
  expect(read(text).marks).toEqual([]);
});

describe('how numbers count', () => {
  const QWEN = '{"bbox_2d": [400, 400, 800, 720], "label": "door"}';

  test('what only the numbers say is told as unsure, and a person has the last word over all of it', () => {
    const guessed = read(QWEN);
    expect(guessed.reading).toMatchObject({ range: 1000, by: 'values', sure: false });
    const chosen = read(`${QWEN}\n${QWEN}`, { choice: { range: 'pixels' } });
    expect(chosen.reading).toMatchObject({ range: 'pixels', by: 'person', sure: true });
    const [a, b] = chosen.marks;
    expect(a?.shape).toEqual({ kind: 'box', box: { x1: 400, y1: 400, x2: 800, y2: 720 } });
    expect(a?.shape).toEqual(b?.shape);
    expect(a?.read).toEqual({ frame: 'original-pixels', order: 'xyxy', by: 'person' });
    const turned = read(QWEN, { choice: { range: 1, order: 'yxyx' } });
    expect(turned.marks).toEqual([]); // all of it lies outside
    expect(turned.notes.outside).toBe(1);
  });

  test('what cannot mean anything else is not the person’s to switch', () => {
    const text = 'door<loc_250><loc_500><loc_750><loc_900>';
    expect(read(text, { choice: { range: 'pixels', order: 'yxyx' } })).toEqual(read(text));
    expect(read(text).reading?.closed).toBe(true);
  });

  test.each([
    ['gemini-3-pro', '{"bbox": [500, 250, 900, 750]}', 'yxyx', 1000],
    ['qwen2.5-vl-72b', '{"bbox": [250, 500, 750, 799]}', 'xyxy', 'seen-pixels'],
    ['qwen3-vl-8b', '{"bbox": [250, 500, 750, 799]}', 'xyxy', 1000],
    ['glm-4.5v', '{"bbox": [250, 500, 750, 799]}', 'xyxy', 999],
    ['claude-opus-5', '{"bbox": [250, 500, 750, 799]}', 'xyxy', 'seen-pixels'],
    ['gpt-5', '{"bbox": [250, 500, 750, 799]}', 'xyxy', 'pixels'],
  ])('the model decides where nothing else does: %s', (model, text, order, range) => {
    expect(read(text, { model }).reading).toMatchObject({ order, range, by: 'model' });
    // Also where the log that was pasted names it.
    expect(read(`{"model": "${model}"}\n${text}`).reading).toMatchObject({ order, range });
  });

  test('a sentence about the range is heard', () => {
    expect(read('Coordinates are in pixels.\n"bbox": [250, 500, 750, 799]').reading?.range).toBe('pixels');
    expect(read('Normalized to 0-1000: "bbox": [1, 2, 3, 4]').reading?.range).toBe(1000);
  });

  test('numbers that contradict their model count by themselves', () => {
    expect(read('{"bbox_2d": [0.25, 0.5, 0.75, 0.9]}', { model: 'qwen3-vl' }).reading?.range).toBe(1);
    expect(read('{"bbox": [250, 500, 750, 799]}', { model: 'kimi-vl' }).reading?.range).toBe(1000);
  });

  test('a size that the model saw is used where it is told', () => {
    const { marks } = read('{"bbox_2d": [200, 200, 600, 360]}', {
      model: 'qwen2.5-vl',
      pictures: [{ ...PICTURE, seen: { width: 800, height: 400 } }],
    });
    expect(marks[0]?.shape).toEqual({ kind: 'box', box: { x1: 400, y1: 400, x2: 1200, y2: 720 } });
  });

  test('each of several pictures has its own', () => {
    const pictures = [PICTURE, { id: 'p2', width: 100, height: 100 }];
    const { marks, notes } = read('<points coords="1 1 848 757;2 1 200 300;3 1 5 5">signs</points>', { pictures });
    expect(marks.map(({ picture }) => picture)).toEqual(['p1', 'p2']);
    expect(notes.outside).toBe(1);
  });
});

describe('what is mended is told', () => {
  test('corners the wrong way round', () => {
    const { marks, notes } = read('{"box_2d": [900, 750, 500, 250]}');
    expect(notes).toMatchObject({ sorted: 1, clamped: 0 });
    expect(sharesOf(marks[0]!.shape)).toEqual([0.25, 0.5, 0.75, 0.9]);
  });

  test('beyond the edge', () => {
    const { marks, notes } = read('{"bbox_2d": [250, 500, 1015, 900]}', { model: 'qwen3-vl' });
    expect(notes).toMatchObject({ sorted: 0, clamped: 1 });
    expect(sharesOf(marks[0]!.shape)).toEqual([0.25, 0.5, 1, 0.9]);
  });

  test('outside altogether', () => {
    const { marks, notes } = read('{"bbox": [5000, 5000, 6000, 6000]}');
    expect(marks).toEqual([]);
    expect(notes.outside).toBe(1);
  });

  test('cut off within a box', () => {
    expect(read('[{"bbox_2d": [250, 500, 750, 900]}, {"bbox_2d": [12, 3').notes.cut).toBe(true);
    expect(read('[{"bbox_2d": [250, 500, 750, 900]}]').notes.cut).toBe(false);
  });

  test('numbers that nothing calls a box are offered', () => {
    const text = 'I looked from 1 to 9 (100, 200, 300, 400) and found it.';
    expect(read(text)).toMatchObject({ marks: [], notes: { offered: 1 } });
    expect(read(text, { choice: { bare: true } }).marks).toHaveLength(1);
    expect(read('The box (100, 200, 300, 400) shows it.').marks).toHaveLength(1);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...SAME_PLACE.map(({ text }) => text),
    ...NO_PLACE,
    '[',
    '{"bbox_2d": [',
    '<|box_start|>',
    '<ref>',
    '\n',
    '# [ymin, xmin, ymax, xmax]',
    '-1e9',
    '99999999',
  );
  const texts = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 12 })
    .map((list) => list.join(' '));
  const choices = fc.record(
    {
      range: fc.constantFrom(1, 100, 999, 1000, 'pixels' as const, 'seen-pixels' as const),
      order: fc.constantFrom('xyxy' as const, 'yxyx' as const, 'xywh' as const, 'cxcywh' as const),
      bare: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  test('gives marks inside their picture, over words inside the text', () => {
    fc.assert(
      fc.property(
        texts,
        choices,
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 5000 }),
        (text, choice, width, height) => {
          const { marks, reading } = readMarks(text, { pictures: [{ id: 'p1', width, height }], choice });
          expect(reading === null).toBe(marks.length === 0);
          for (const { shape, at } of marks) {
            expect(at!.from).toBeGreaterThanOrEqual(0);
            expect(at!.to).toBeGreaterThan(at!.from);
            expect(at!.to).toBeLessThanOrEqual(text.length);
            const points =
              shape.kind === 'box'
                ? [
                    { x: shape.box.x1, y: shape.box.y1 },
                    { x: shape.box.x2, y: shape.box.y2 },
                  ]
                : shape.kind === 'point'
                  ? [shape.point]
                  : shape.points;
            for (const { x, y } of points) {
              expect(x).toBeGreaterThanOrEqual(0);
              expect(x).toBeLessThanOrEqual(width);
              expect(y).toBeGreaterThanOrEqual(0);
              expect(y).toBeLessThanOrEqual(height);
            }
            if (shape.kind === 'box') expect(shape.box.x1 < shape.box.x2 && shape.box.y1 < shape.box.y2).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a box comes back from whichever notation it is written in', () => {
    const side = fc.tuple(fc.integer({ min: 0, max: 480 }), fc.integer({ min: 500, max: 998 }));
    const ways: readonly ((x1: number, y1: number, x2: number, y2: number) => string)[] = [
      (x1, y1, x2, y2) => `{"box_2d": [${y1}, ${x1}, ${y2}, ${x2}], "label": "a"}`,
      (x1, y1, x2, y2) => `<ref>a</ref><box>(${x1},${y1}),(${x2},${y2})</box>`,
      (x1, y1, x2, y2) => `a<loc_${x1}><loc_${y1}><loc_${x2}><loc_${y2}>`,
      (x1, y1, x2, y2) => `{"bbox_2d": [${x1 / 1000}, ${y1 / 1000}, ${x2 / 1000}, ${y2 / 1000}]}`,
      (x1, y1, x2, y2) => `img.crop((${x1 * 1.6}, ${y1 * 0.8}, ${x2 * 1.6}, ${y2 * 0.8}))`,
      (x1, y1, x2, y2) => `<bbox>${x1} ${y1} ${x2} ${y2}</bbox>`,
    ];
    fc.assert(
      fc.property(side, side, fc.constantFrom(...ways), ([x1, x2], [y1, y2], way) => {
        const { marks } = read(way(x1, y1, x2, y2));
        expect(marks).toHaveLength(1);
        const shares = sharesOf(marks[0]!.shape);
        for (const [at, value] of [x1, y1, x2, y2].entries())
          expect(Math.abs(shares[at]! - value / 1000)).toBeLessThan(0.0016);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['brackets', '['.repeat(200_000)],
    ['tags that are never closed', '<box>'.repeat(40_000)],
    ['keys', '{"bbox_2d": ['.repeat(15_000)],
    ['names', 'a_b '.repeat(50_000)],
    ['numbers', '1, '.repeat(60_000)],
    ['braces', '{"a": {'.repeat(28_000)],
    ['boxes', '{"bbox_2d": [1, 2, 300, 400]} '.repeat(6_000)],
  ])('a long text of %s ends', (_, text) => {
    expect(read(text).marks.length).toBeLessThanOrEqual(1000);
  });
});
