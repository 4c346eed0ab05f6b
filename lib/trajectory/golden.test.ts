/** What must be sayable: ten documents written by hand (fixtures/golden), and what is read from each at every cursor. */
import { describe, expect, it } from 'vitest';
import { toImageBox, type ImageBox } from '@/lib/geometry';
import { goldenJson, goldenNames, goldenRun } from './fixtures/golden-run';
import {
  activeCrop,
  answerOf,
  boxesAt,
  callCount,
  cursorAtTime,
  eventsOf,
  foldAll,
  foldEvent,
  givenPictures,
  hashesOf,
  mainPicture,
  pictureAt,
  pictureOf,
  questionOf,
  resultOf,
  runTime,
  seenOf,
  timeline,
  tokenCount,
  wordsOf,
} from './index';
import { parseTrajectory } from './document';
import type { Trajectory } from './index';

const box = (x1: number, y1: number, x2: number, y2: number): ImageBox => ({ x1, y1, x2, y2 });

/** At every cursor from nothing to the end. */
function atEach<T>(run: Trajectory, read: (run: Trajectory, cursor: number) => T): T[] {
  return Array.from({ length: run.steps.length + 1 }, (_, cursor) => read(run, cursor));
}

const labelsAt = (run: Trajectory) => atEach(run, (one, cursor) => boxesAt(one, cursor).map(({ label }) => label));
const picturesAt = (run: Trajectory) => atEach(run, (one, cursor) => pictureAt(one, cursor)?.id);
const cropsAt = (run: Trajectory) => atEach(run, activeCrop);
const boxesOf = (run: Trajectory) =>
  boxesAt(run, run.steps.length).map(({ label, picture, asked, executed }) => ({ label, picture, asked, executed }));

describe('every golden document', () => {
  it('is there', () => {
    expect(goldenNames().map((name) => Number.parseInt(name, 10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each(goldenNames())('%s passes the door as it is', (name) => {
    const json = goldenJson(name);
    expect(parseTrajectory(json)).toEqual({ ok: true, trajectory: json });
  });

  it.each(goldenNames())('%s is the fold of its events, and passes the door after each', (name) => {
    const run = goldenRun(name);
    expect(foldAll(eventsOf(run))).toEqual(run);
    let live: Trajectory | null = null;
    for (const event of eventsOf(run)) {
      live = foldEvent(live, event);
      expect(parseTrajectory(live)).toEqual({ ok: true, trajectory: live });
    }
  });

  it.each(goldenNames())('%s: its asked boxes, read in their frames, are its places', (name) => {
    const run = goldenRun(name);
    for (const step of run.steps) {
      if (step.type !== 'call' || !step.asked || !step.place) continue;
      const picture = pictureOf(run.pictures, step.place.picture)!;
      const seen = seenOf(run, picture.id) ?? picture;
      expect(toImageBox(step.asked.box, step.asked.frame, picture, seen)).toEqual(step.place.box);
    }
  });
});

it('1. two given pictures, the question between them', () => {
  const run = goldenRun('1-two-pictures');
  expect(run.given.map((part) => ('text' in part ? 'words' : part.picture))).toEqual(['may', 'words', 'october']);
  expect(questionOf(run)).toBe('This was the street in May. Which shop had closed by October?');
  expect(givenPictures(run).map(({ id }) => id)).toEqual(['may', 'october']);
  expect(boxesOf(run)).toEqual([
    { label: 'sign in May', picture: 'may', asked: box(600, 200, 900, 400), executed: box(575, 175, 925, 425) },
    { label: 'sign in October', picture: 'october', asked: box(400, 150, 600, 300), executed: box(375, 125, 625, 325) },
  ]);
  expect(picturesAt(run)).toEqual(['may', 'may', 'may', 'may', 'october', 'october', 'october']);
  const [may, october] = [box(575, 175, 925, 425), box(375, 125, 625, 325)];
  expect(cropsAt(run)).toEqual([null, null, may, may, october, october, null]);
});

it('2. a crop of a crop of a picture turned by 90°, in pixels of the picture as given', () => {
  const run = goldenRun('2-crop-of-a-crop-of-a-turned-picture');
  // The photo is 1600 × 1200. Turned clockwise its left edge is at the top, so (x, y) of `turned` is (y, 1200 − x) of the photo.
  // `meter` begins at (200, 400) of `turned`, so (x, y) of it is (400 + y, 1200 − 200 − x) of the photo.
  // The digit was asked for at 20…40, 130…160 of `meter`: 400+130…400+160 across, 1000−40…1000−20 down. It was cut at 10…50, 120…170.
  expect(boxesOf(run)).toEqual([
    { label: 'meter', picture: 'photo', asked: box(400, 600, 700, 1000), executed: box(400, 600, 700, 1000) },
    { label: 'digit', picture: 'photo', asked: box(530, 960, 560, 980), executed: box(520, 950, 570, 990) },
  ]);
  expect(labelsAt(run)).toEqual([
    [],
    [],
    [],
    [],
    ['meter'],
    ['meter'],
    ['meter', 'digit'],
    ['meter', 'digit'],
    ['meter', 'digit'],
  ]);
  expect(new Set(picturesAt(run))).toEqual(new Set(['photo']));
  const [meter, digit] = [box(400, 600, 700, 1000), box(520, 950, 570, 990)];
  expect(cropsAt(run)).toEqual([null, null, null, null, meter, meter, digit, digit, null]);
  expect(hashesOf(run)).toHaveLength(1);
});

it('3. a call that brings back text only', () => {
  const run = goldenRun('3-text-only');
  expect(resultOf(run, 'call-1')!.parts).toEqual([
    {
      text: 'The bridge was opened on 19 March 1932.',
      address: 'https://encyclopedia.example/sydney-harbour-bridge',
    },
  ]);
  expect(callCount(run)).toBe(1);
  expect(labelsAt(run).flat()).toEqual([]);
  expect(cropsAt(run)).toEqual([null, null, null, null, null]);
  expect(picturesAt(run)).toEqual(['bridge', 'bridge', 'bridge', 'bridge', 'bridge']);
  expect(answerOf(run)).toBe('On 19 March 1932');
});

it('4. text and two pictures it made, and a look into the second', () => {
  const run = goldenRun('4-text-and-two-pictures');
  expect(resultOf(run, 'call-1')!.parts.map((part) => ('text' in part ? part.text : part.picture))).toEqual([
    '12 rows, 2 charts',
    'bars',
    'lines',
  ]);
  // Of several, the first is shown; a look at the second shows that one.
  expect(picturesAt(run)).toEqual(['table', 'table', 'bars', 'lines', 'lines', 'lines']);
  expect(boxesOf(run)).toEqual([
    { label: 'peak', picture: 'lines', asked: box(350, 60, 450, 140), executed: box(300, 50, 500, 150) },
  ]);
  const peak = box(300, 50, 500, 150);
  expect(cropsAt(run)).toEqual([null, null, null, peak, peak, null]);
  expect(hashesOf(run)).toHaveLength(3);
  // What a tool made is there from its result on, and not before.
  const types = [...eventsOf(run)].map(({ type }) => type);
  expect(types.slice(types.indexOf('call-end') + 1).slice(0, 3)).toEqual(['picture', 'picture', 'result']);
});

it('5. two calls in one turn, one carried out and one refused', () => {
  const run = goldenRun('5-two-calls-in-one-turn');
  expect(run.steps.filter(({ turn }) => turn === 1).map(({ type }) => type)).toEqual([
    'think',
    'call',
    'call',
    'result',
    'result',
  ]);
  expect(resultOf(run, 'call-1')!.refused).toBeNull();
  expect(resultOf(run, 'call-2')!.refused!.problem).toBe('box-empty');
  expect(callCount(run)).toBe(1);
  expect(labelsAt(run)).toEqual([[], [], ['clock'], ['clock'], ['clock'], ['clock'], ['clock']]);
  const clock = box(850, 100, 1150, 300);
  expect(cropsAt(run)).toEqual([null, null, clock, clock, clock, clock, null]);
});

it('6. a refused call, what the model was told, and a better one', () => {
  const run = goldenRun('6-refused-call');
  const result = resultOf(run, 'call-1')!;
  expect(result.refused).toEqual({ problem: 'box-empty', told: 'Error: bad box.' });
  expect(result.parts).toEqual([]);
  const [refused] = run.steps.filter((step) => step.type === 'call');
  // What was asked is kept as it was written; it is nowhere in the picture.
  expect(refused).toMatchObject({ asked: { box: box(1200, 300, 1100, 500) }, place: null, label: 'sign' });
  expect(boxesOf(run)).toEqual([
    { label: 'sign', picture: 'road', asked: box(900, 150, 1000, 250), executed: box(875, 138, 1000, 263) },
  ]);
  expect(boxesAt(run, 6)[0]).toMatchObject({ number: 1, callId: 'call-2', stepIndex: 3 });
  const sign = box(875, 138, 1000, 263);
  expect(cropsAt(run)).toEqual([null, null, null, null, sign, sign, null]);
});

it('7. without tokens or times, nothing pretends to have them', () => {
  const run = goldenRun('7-without-tokens-or-times');
  expect([tokenCount(run), runTime(run), cursorAtTime(run, 1000)]).toEqual([0, null, 0]);
  expect(timeline(run).map(({ start, end, tokens }) => [start, end, tokens])).toEqual(
    run.steps.map(() => [null, null, 0]),
  );
  expect(run.settings).toBeNull();
  expect(seenOf(run, 'park')).toBeNull();
  expect(run.source).toMatchObject({
    kind: 'direct_attributes',
    trainingStep: 80,
    scores: [{ name: 'acc', value: 1 }, {}],
  });
  expect(run.steps[3]).toMatchObject({ type: 'other', kind: 'critic', json: { value: 0.5 } });
  expect(boxesOf(run)).toEqual([
    { label: 'umbrella', picture: 'park', asked: box(100, 200, 500, 500), executed: box(100, 200, 500, 500) },
  ]);
  // Words of a step of unknown kind do not end a look.
  const umbrella = box(100, 200, 500, 500);
  expect(cropsAt(run)).toEqual([null, null, umbrella, umbrella, umbrella, null]);
  expect(answerOf(run)).toBe('(B) blue');
});

it('8. what a person wrote is told apart from what a model did, and which model', () => {
  const run = goldenRun('8-person-and-model');
  const byPerson = run.steps.map((step) => (step.person ?? []).map(({ from, to }) => wordsOf(step).slice(from, to)));
  expect(byPerson).toEqual([['I look above the door.'], ['460, 260, 540, 340'], [], [], ['14']]);
  expect(timeline(run).map(({ person }) => person)).toEqual([true, true, false, false, true]);
  expect(run.steps.map((step) => run.models[step.model ?? 0]!.id)).toEqual([
    'loupe-nano',
    'loupe-nano',
    'loupe-nano',
    'qwen3-vl-8b',
    'loupe-nano',
  ]);
  // Tokens of a person have neither an id nor a probability.
  expect(run.steps[0]!.tokens.map(({ logprob }) => logprob)).toEqual([null, null, -0.3, -0.2, -0.1]);
  const types = [...eventsOf(run)].map(({ type }) => type);
  expect(types.indexOf('model')).toBe(types.lastIndexOf('think-start') - 1);
  expect(run.parent).toMatchObject({ steps: 0, change: { kind: 'words' } });
  expect([900, 1499, 1500].map((ms) => cursorAtTime(run, ms))).toEqual([4, 4, 5]);
});

it('9. a missing picture still has its boxes', () => {
  const run = goldenRun('9-missing-picture');
  expect(hashesOf(run)).toEqual(['a1'.repeat(32)]);
  expect(mainPicture(run)?.id).toBe('front');
  expect(picturesAt(run)).toEqual(['front', 'back', 'back', 'back']);
  expect(pictureAt(run, 1)).toMatchObject({
    file: { hash: null, address: 'https://pictures.example/back.jpg' },
    assumedSize: true,
  });
  expect(boxesOf(run)).toEqual([
    { label: 'nutrition label', picture: 'back', asked: box(300, 600, 700, 800), executed: box(300, 600, 700, 800) },
  ]);
  expect(run.given[2]).toMatchObject({ address: 'https://pictures.example/back.jpg' });
});

it('10. a box in each frame, what was asked and what was cut; and a box, a point and a polygon in words', () => {
  const run = goldenRun('10-box-in-each-frame');
  const frames = run.steps.flatMap((step) => (step.type === 'call' && step.asked ? [step.asked] : []));
  expect(frames.map(({ frame }) => frame)).toEqual(['thousandths', 'original-pixels', 'resized-pixels', 'fractions']);
  expect(frames.map((one) => Object.values(one.box))).toEqual([
    [200, 200, 300, 300],
    [400, 200, 600, 300],
    [200, 100, 300, 150],
    [0.2, 0.2, 0.3, 0.3],
  ]);
  expect(boxesOf(run)).toEqual(
    ['thousandths', 'original pixels', 'resized pixels', 'fractions'].map((frame) => ({
      label: `lamp in ${frame}`,
      picture: 'room',
      asked: box(400, 200, 600, 300),
      executed: box(375, 188, 625, 313),
    })),
  );
  const answer = run.steps.at(-1);
  const marks = answer?.type === 'answer' ? answer.marks! : [];
  expect(marks.map(({ shape }) => shape.kind)).toEqual(['box', 'point', 'polygon']);
  expect(marks.map(({ at }) => answerOf(run)!.slice(at!.from, at!.to))).toEqual([
    '[0.2, 0.2, 0.3, 0.3]',
    '(0.25, 0.28)',
    '(400, 200), (600, 200), (500, 260)',
  ]);
  expect(marks.map(({ read }) => [read.frame, read.order, read.by])).toEqual([
    ['fractions', 'xyxy', 'model'],
    ['fractions', 'xy', 'model'],
    ['original-pixels', 'xy', 'values'],
  ]);
});
