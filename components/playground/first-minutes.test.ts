/** Small rules of the first minutes: the recorded run's file, how high the words stand. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRight } from '@/lib/scene';
import { readFirstRun } from './first-run-file';
import { readGallery } from './gallery-index';
import { nearestSize } from './words-sheet';

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('the recorded run', () => {
  const run = readFirstRun(json('public/app/first-run.json'));

  it('is about a picture of the gallery, looks, and answers right', () => {
    const picture = readGallery(json('public/gallery/index.json')).find(({ id }) => id === run?.picture);
    expect(picture?.questions.map(({ question }) => question)).toContain(run?.question);
    expect(run?.steps.some(({ type }) => type === 'look')).toBe(true);
    const { pictures } = json('public/gallery/index.json') as {
      pictures: { id: string; questions: { question: string; accepted: string[] }[] }[];
    };
    const asked = pictures
      .find(({ id }) => id === run?.picture)
      ?.questions.find(({ question }) => question === run?.question);
    const last = run?.steps.at(-1);
    expect(last?.type === 'answer' && isRight(last.text, asked?.accepted ?? [])).toBe(true);
  });

  it('is none where the file is something else', () => {
    for (const value of [null, 7, {}, { picture: 'a', question: 'b', steps: [] }])
      expect(readFirstRun(value)).toBeNull();
    const look = { type: 'look', label: 'dog', box: { x1: 0.5, y1: 0, x2: 0.4, y2: 1 } };
    expect(readFirstRun({ picture: 'a', question: 'b', steps: [look] })).toBeNull();
  });
});

it('let go of, the sheet takes the nearest of its sizes', () => {
  expect([0, 0.3, 0.45, 0.6, 0.75, 1].map(nearestSize)).toEqual(['peek', 'peek', 'half', 'half', 'full', 'full']);
});
