import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginHistory, reduceHistory, type DraftHistory, type HistoryAction } from './draft-history';
import type { IconCatalog } from './icon-catalog';
import { readDraft } from './kept-draft';
import { randomObject, randomScene } from './random-scene';

const catalog = JSON.parse(readFileSync('public/icons/index.json', 'utf8')) as IconCatalog;
const seeded = (seed: number) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const scene = randomScene(seeded(7), catalog, 5);
const all = (history: DraftHistory, actions: readonly HistoryAction[]) => actions.reduce(reduceHistory, history);

const id = fc.constantFrom(...scene.objects.map((object) => object.id));
const action: fc.Arbitrary<HistoryAction> = fc.oneof(
  fc.record({ type: fc.constant('move' as const), id, x: fc.nat(1600), y: fc.nat(1200) }),
  fc.record({ type: fc.constant('resize' as const), id, size: fc.integer({ min: -50, max: 900 }) }),
  fc.record({ type: fc.constant('remove' as const), id }),
  fc.record({ type: fc.constant('duplicate' as const), id }),
  fc.record({ type: fc.constant('tag' as const), id, patch: fc.record({ text: fc.constantFrom('K7', 'X1', '') }) }),
  fc.record({ type: fc.constant('select' as const), id }),
  fc.constant({ type: 'settle' as const }),
  fc.constant({ type: 'replace' as const, draft: { ...scene, objects: [] } }),
);
const unselected = ({ now }: DraftHistory) => ({ ...now, selected: null });

describe('undo and redo', () => {
  it('lead all the way back, and all the way forth', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const end = all(beginHistory(scene), actions);
        const times = end.past.length;
        const back = all(end, Array<HistoryAction>(times).fill({ type: 'undo' }));
        expect(unselected(back)).toEqual({ ...scene, selected: null });
        const forth = all(back, Array<HistoryAction>(times).fill({ type: 'redo' }));
        expect(unselected(forth)).toEqual(unselected(end));
      }),
    );
  });

  it('a drag, and a word typed, is one change each; what is done anew ends the way forth', () => {
    const at = scene.objects[0]!.id;
    const drag = [1, 2, 3].map((x) => ({ type: 'move' as const, id: at, x: 500 + x, y: 500 }));
    const moved = all(beginHistory(scene), [...drag, { type: 'settle' }, ...drag]);
    expect(moved.past).toHaveLength(2);
    const undone = reduceHistory(moved, { type: 'undo' });
    expect(undone.future).toHaveLength(1);
    expect(reduceHistory(undone, { type: 'remove', id: at }).future).toEqual([]);
  });

  it('a size stays within what the model was taught on', () => {
    const at = scene.objects[0]!.id;
    const sized = (size: number) =>
      reduceHistory(beginHistory(scene), { type: 'resize', id: at, size }).now.objects[0]?.size;
    expect([sized(5), sized(5000), sized(200)]).toEqual([100, 360, 200]);
  });
});

describe('a kept scene', () => {
  it('is read back as it was', () => {
    const drawn = randomObject(seeded(3), catalog, 'whale', scene.objects[0]!.style, scene.objects);
    const kept = {
      ...scene,
      objects: [...scene.objects.filter(({ noun }) => noun !== 'whale'), drawn],
      selected: null,
    };
    expect(readDraft(JSON.parse(JSON.stringify(kept)), catalog)).toEqual(kept);
  });

  it('is none where it does not fit the icons', () => {
    const [first, ...rest] = scene.objects;
    for (const broken of [null, 7, {}, { ...scene, font: 99 }, { ...scene, pattern: 'lava' }]) {
      expect(readDraft(broken, catalog)).toBeNull();
    }
    expect(readDraft({ ...scene, objects: [{ ...first, noun: 'dragon' }, ...rest] }, catalog)).toBeNull();
    expect(readDraft({ ...scene, objects: [first, first] }, catalog)).toBeNull();
  });
});
