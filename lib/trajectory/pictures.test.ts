import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { boxFromView, boxOfSize } from '@/lib/geometry';
import { anyTrajectory } from './fixtures/arbitrary';
import twoZooms from './fixtures/two-zooms.json';
import {
  filesOf,
  givenPictures,
  hashesOf,
  mainPicture,
  nextPictureId,
  pictureOf,
  questionOf,
  rootOf,
  rootPlace,
  seenOf,
  viewPicture,
} from './index';
import { parseTrajectory } from './document';
import type { Picture, PictureOf, Trajectory } from './index';

vi.setConfig({ testTimeout: 60_000 });

const parsed = parseTrajectory(twoZooms);
if (!parsed.ok) throw new Error('fixture');
const run = parsed.trajectory;

const photo: PictureOf<'file'> = {
  id: 'photo',
  from: 'file',
  file: { hash: 'ab'.repeat(32), mimeType: 'image/jpeg', name: 'photo.jpg' },
  width: 400,
  height: 300,
};

describe('where pictures lie in each other', () => {
  it('a crop of a crop of a turned picture leads back to the picture', () => {
    // Turned by a quarter clockwise, 400 × 300 is 300 × 400; its top is what was left.
    const turned = viewPicture('turned', photo, { region: { x1: 0, y1: 0, x2: 400, y2: 300 }, turn: 90 });
    const crop = viewPicture('crop', turned, { region: { x1: 100, y1: 50, x2: 200, y2: 250 }, turn: 0 });
    const inner = viewPicture('inner', crop, { region: { x1: 10, y1: 20, x2: 40, y2: 60 }, turn: 0 });
    expect([turned, crop, inner].map(({ width, height }) => [width, height])).toEqual([
      [300, 400],
      [100, 200],
      [30, 40],
    ]);
    const pictures = [photo, turned, crop, inner];
    // In `turned` it is x 110…140, y 70…110. A point (x, y) there is (y, 300 − x) of the photo.
    expect(rootOf(pictures, 'inner')).toEqual({
      picture: photo,
      view: { region: { x1: 70, y1: 160, x2: 110, y2: 190 }, turn: 90 },
    });
    expect(rootPlace(pictures, { picture: 'inner', box: { x1: 0, y1: 0, x2: 5, y2: 40 } })).toEqual({
      picture: photo,
      box: { x1: 70, y1: 185, x2: 110, y2: 190 },
    });
  });

  it('one step at a time or all at once is the same', () => {
    fc.assert(
      fc.property(anyTrajectory, ({ pictures }) => {
        for (const picture of pictures) {
          let box = boxOfSize<'image'>(picture);
          let at: Picture = picture;
          while (at.from === 'view') {
            box = boxFromView(box, at);
            at = pictureOf(pictures, at.of)!;
          }
          const root = rootOf(pictures, picture.id)!;
          expect(root.picture).toBe(at);
          for (const side of ['x1', 'y1', 'x2', 'y2'] as const)
            expect(root.view.region[side]).toBeCloseTo(box[side], 6);
        }
      }),
    );
  });

  it('a picture that is not there, or of one that is not, has no root', () => {
    const lost = viewPicture('lost', { ...photo, id: 'gone' }, { region: { x1: 0, y1: 0, x2: 4, y2: 4 }, turn: 0 });
    expect(rootOf([photo], 'gone')).toBeNull();
    expect(rootOf([photo, lost], 'lost')).toBeNull();
    expect(rootPlace([photo], { picture: 'gone', box: { x1: 0, y1: 0, x2: 1, y2: 1 } })).toBeNull();
  });

  it('a view as deep as a document may hold is found as fast as any', () => {
    const pictures: Picture[] = [photo];
    for (let n = 1; n < 1000; n += 1) {
      const of = pictures[n - 1]!;
      pictures.push(viewPicture(`v${n}`, of, { region: boxOfSize(of), turn: 90 }));
    }
    const asked = vi.spyOn(pictures, Symbol.iterator);
    for (let n = 0; n < 10_000; n += 1) expect(rootOf(pictures, 'v999')?.picture).toBe(photo);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});

describe('the pictures of a run', () => {
  const made: Picture = { ...photo, id: 'made', from: 'call', callId: 'call-1', file: { ...photo.file, hash: null } };
  const view = viewPicture('view', photo, { region: { x1: 0, y1: 0, x2: 10, y2: 10 }, turn: 0 });
  const many: Trajectory = {
    ...run,
    pictures: [made, photo, { ...photo, id: 'again' }, view],
    given: [{ text: 'Which of' }, { picture: 'view', seen: null }, { picture: 'gone', seen: null }, { text: 'these?' }],
  };

  it('files are kept beside it, each hash once, and views are not', () => {
    expect(filesOf(many)).toHaveLength(3);
    expect(hashesOf(many)).toEqual([photo.file.hash]);
  });

  it('the main one is the root of the first given, else the first there is', () => {
    expect(givenPictures(many)).toEqual([view]);
    expect(mainPicture(many)).toBe(photo);
    expect(mainPicture({ ...many, given: [] })).toBe(made);
    expect(mainPicture({ pictures: [], given: [] })).toBeNull();
  });

  it('the question is the words that were given', () => {
    expect(questionOf(many)).toBe('Which of\nthese?');
    expect(questionOf({ given: [] })).toBe('');
  });

  it('what the model saw is the latest it was told of', () => {
    expect(seenOf(run, 'p1')).toMatchObject({ width: 256, height: 256 });
    expect(seenOf(run, 'p2')).toEqual({ width: 256, height: 256, tokens: 64 });
    expect(seenOf(run, 'gone')).toBeNull();
  });

  it('ids of new pictures are free', () => {
    expect(nextPictureId(run)).toBe('p4');
    expect(nextPictureId({ pictures: [{ ...photo, id: 'p2' }] })).toBe('p3');
  });
});
