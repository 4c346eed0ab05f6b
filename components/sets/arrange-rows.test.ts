/** Filters combine, what says nothing stands last, and an address brings the same rows again. */
import { describe, expect, it } from 'vitest';
import type { SetRow } from '@/lib/formats';
import { factsOf } from '@/lib/sets';
import { madeRun } from '@/lib/sets/fixtures/made-run';
import {
  arrangeRows,
  FILE_ORDER,
  NO_FILTER,
  readPlace,
  writePlace,
  type SetFilter,
  type SetSort,
} from './arrange-rows';

type Made = NonNullable<Parameters<typeof madeRun>[0]>;

const row = (index: number, made: Made, more: Partial<Extract<SetRow, { facts: unknown }>> = {}): SetRow => ({
  index,
  file: 0,
  record: index,
  facts: factsOf(madeRun(made)),
  notes: [],
  wanted: [],
  system: 'deepeyes',
  rule: 'evaluation',
  boxes: null,
  ...more,
});

const LOOK = [0, 0, 100, 100] as const;
const FAR = [500, 500, 600, 600] as const;
const rows: readonly SetRow[] = [
  row(0, {
    question: 'What color is the cap?',
    kind: 'color',
    answers: ['red'],
    calls: [LOOK],
    places: [LOOK],
    step: 8,
  }),
  row(1, {
    question: 'Where is the bag?',
    kind: 'place',
    answer: 'left',
    answers: ['right'],
    calls: [LOOK, FAR, FAR],
    places: [FAR],
  }),
  { index: 2, file: 0, record: 2, problem: { code: 'not-json' } },
  row(
    3,
    { question: 'What color is the bag?', kind: 'color', answer: null },
    { wanted: [{ names: ['a.jpg'] }], notes: [{ code: 'box-outside' }] },
  ),
];

const shown = (filter: Partial<SetFilter> = {}, sort: SetSort = FILE_ORDER) =>
  arrangeRows(rows, { ...NO_FILTER, ...filter }, sort).map(({ index }) => index);

describe('rows', () => {
  it.each<[Partial<SetFilter>, readonly number[]]>([
    [{}, [0, 1, 2, 3]],
    [{ words: 'BAG what' }, [3]],
    [{ words: 'left' }, [1]],
    [{ verdict: 'right' }, [0]],
    [{ verdict: 'unknown' }, [3]],
    [{ kind: 'color' }, [0, 3]],
    [{ kind: 'color', verdict: 'right' }, [0]],
    [{ calls: 3 }, [1]],
    [{ iou: 'hit' }, [0, 1]],
    [{ iou: 'miss' }, []],
    [{ state: 'problem' }, [2]],
    [{ state: 'noted' }, [3]],
    [{ state: 'no-picture' }, [3]],
    [{ outcome: 'no-call' }, [3]],
    [{ step: 8 }, [0]],
    [{ pattern: 'visual-search' }, [1]],
  ])('%j', (filter, indices) => expect(shown(filter)).toEqual(indices));

  it('stand in the order asked for, those of which nothing is known last, both ways', () => {
    expect(shown({}, { by: 'bestIou', down: true })).toEqual([0, 1, 2, 3]);
    expect(shown({}, { by: 'calls', down: true })).toEqual([1, 0, 3, 2]);
    expect(shown({}, { by: 'question', down: false })).toEqual([3, 0, 1, 2]);
    expect(shown({}, { by: 'row', down: true })).toEqual([3, 2, 1, 0]);
  });
});

describe('an address', () => {
  it('says what is chosen and brings it back', () => {
    const place = {
      filter: {
        words: 'a b',
        verdict: 'wrong',
        kind: '',
        calls: 2,
        iou: 'hit',
        state: 'noted',
        outcome: 'answer',
        step: 8,
        pattern: 'visual-search',
      },
      sort: { by: 'bestIou', down: true },
      row: 12,
      step: 3,
      pair: 'left-only',
    } as const;
    expect(readPlace(writePlace('set=x', place))).toEqual(place);
  });

  it('says nothing of what is not, and reads past nonsense', () => {
    expect(writePlace('', { filter: NO_FILTER, sort: FILE_ORDER, row: null, step: 4, pair: null })).toBe('');
    expect(readPlace('?answer=maybe&calls=x&sort=-nothing&row=-1')).toEqual({
      filter: NO_FILTER,
      sort: FILE_ORDER,
      row: null,
      step: null,
      pair: null,
    });
  });
});
