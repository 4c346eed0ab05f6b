/** The rules of made scenes, held against the drawing material that ships. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScene } from '@/lib/scene';
import { draftScene } from './draft-scene';
import type { IconCatalog } from './icon-catalog';
import { spriteRegion } from './icon-catalog';
import { randomScene } from './random-scene';
import { maker } from '@/lib/words/en/maker';
import { fitTagText, PLATE_HEIGHT, reduceDraft, SCENE_SIZE, tagWords, type Draft } from './scene-draft';
import { sceneQuestions } from './scene-questions';

const catalog = JSON.parse(readFileSync('public/icons/index.json', 'utf8')) as IconCatalog;

/** The same chances every time (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const scenes = Array.from({ length: 40 }, (_, seed) => randomScene(chanceOf(seed), catalog, 9));

test('a random scene stays within the world: different nouns, on the picture, tags that may be written', () => {
  for (const { objects } of scenes) {
    expect(new Set(objects.map(({ noun }) => noun)).size).toBe(9);
    for (const { x, y, size, tag, style, noun } of objects) {
      expect(spriteRegion(catalog, style, noun)).not.toBeNull();
      expect(Math.min(x - size / 2, y - size / 2)).toBeGreaterThanOrEqual(0);
      expect(x + size / 2).toBeLessThanOrEqual(SCENE_SIZE.width);
      expect(y + size / 2 + PLATE_HEIGHT).toBeLessThanOrEqual(SCENE_SIZE.height);
      expect(catalog.inks[tag.color]).toContain(tag.ink);
      if (tag.kind === 'text') expect(fitTagText(catalog, tag.text)).toEqual({ text: tag.text, refused: '' });
      else expect(tag.dots).toBeGreaterThan(0);
    }
  }
});

test('tags lie under 6 px in a 256 px overview, so that they have to be looked at', () => {
  expect((PLATE_HEIGHT / SCENE_SIZE.height) * 256).toBeLessThan(6);
});

test('a tag takes upper case letters of the alphabet, three at most, and says what it refused', () => {
  expect(fitTagText(catalog, 'k7')).toEqual({ text: 'K7', refused: '' });
  expect(fitTagText(catalog, 'oq7-')).toEqual({ text: '7', refused: 'OQ-' });
  expect(fitTagText(catalog, 'abcdef').text).toBe('ABC');
  expect(fitTagText(catalog, ' a b ').text).toBe('AB');
});

test('an object can be moved to the edge and no further, and removed', () => {
  const [scene] = scenes as [Draft];
  const [{ id, size }] = scene.objects as [Draft['objects'][number]];
  const moved = reduceDraft(scene, { type: 'move', id, x: -500, y: 9000 });
  const at = moved.objects.find((object) => object.id === id);
  expect(at).toMatchObject({ x: Math.round(size / 2), y: Math.round(SCENE_SIZE.height - size / 2 - PLATE_HEIGHT) });
  const without = reduceDraft({ ...scene, selected: id }, { type: 'remove', id });
  expect(without.objects).toHaveLength(scene.objects.length - 1);
  expect(without.selected).toBeNull();
});

test('a copy is the same but for its place, on the picture and in sight of the first, and no question names either', () => {
  for (const scene of scenes.slice(0, 8)) {
    for (const { id } of scene.objects) {
      const copied = reduceDraft(scene, { type: 'duplicate', id });
      const [first, copy] = [scene.objects.find((one) => one.id === id)!, copied.objects.at(-1)!];
      expect(copied.selected).toBe(copy.id);
      expect(scene.objects.map((one) => one.id)).not.toContain(copy.id);
      expect({ ...copy, id, x: first.x, y: first.y }).toEqual(first);
      expect(Math.hypot(copy.x - first.x, copy.y - first.y)).toBeGreaterThan(first.size / 3);
      expect(reduceDraft(copied, { type: 'move', id: copy.id, x: copy.x, y: copy.y }).objects).toEqual(copied.objects);
      const { suggested, all } = sceneQuestions(copied);
      expect(suggested.length).toBeGreaterThan(0);
      for (const { question, targets } of all) {
        expect(question).not.toMatch(new RegExp(` ${first.noun}\\b`));
        expect(targets.map((target) => copied.objects[target]!.noun)).not.toContain(first.noun);
      }
    }
  }
});

test('questions are about what is in the scene, first about what was touched last', () => {
  for (const scene of scenes) {
    const { suggested, all } = sceneQuestions(scene);
    expect(suggested.length).toBeGreaterThan(0);
    expect(all.slice(0, suggested.length)).toEqual(suggested);
    expect(new Set(all.map(({ question }) => question)).size).toBe(all.length);
    const nouns = scene.objects.map(({ noun }) => noun);
    for (const { question } of all) expect(nouns.some((noun) => question.includes(` ${noun}`))).toBe(true);
  }
  const [scene] = scenes as [Draft];
  const last = scene.objects.at(-1)!; // nine of them
  const tagged = reduceDraft(scene, { type: 'tag', id: last.id, patch: { kind: 'text', text: 'K7' } });
  const { suggested } = sceneQuestions({ ...tagged, selected: last.id });
  expect(suggested[0]).toEqual({
    id: 'q0',
    kind: 'read-tag',
    question: `What does the tag on the ${last.noun} say?`,
    answer: 'K7',
    accepted: ['K7'],
    targets: [8],
    needsZoom: true,
  });
  expect(tagWords(maker, tagged.objects.at(-1)!.tag)).toBe(maker.tag('K7'));
});

test('a made scene is a scene of the format, and every answer follows from what is in it', () => {
  for (const draft of scenes) {
    const { all } = sceneQuestions(draft);
    const parsed = parseScene(JSON.parse(JSON.stringify(draftScene(catalog, draft, all))));
    expect(parsed).toMatchObject({ ok: true });
    if (!parsed.ok) continue;
    const { objects, questions } = parsed.scene;
    for (const { kind, targets, answer, accepted, needsZoom, question } of questions) {
      const [one, two] = targets.map((target) => objects[target]!);
      expect(accepted).toContain(answer);
      expect(needsZoom).toBe(kind !== 'left-right');
      expect(question).toContain(` ${one!.noun}`);
      const middle = (object: typeof one) => (object!.box[0] + object!.box[2]) / 2;
      const truth: Partial<Record<typeof kind, string | undefined>> = {
        'read-tag': one?.tag,
        'count-dots': one?.tag,
        'tag-color': one?.tagColor,
        'dot-color': one?.inkColor,
        'larger-number': Number(one?.tag) > Number(two?.tag) ? one?.noun : two?.noun,
        'left-right': two && middle(one) < middle(two) ? 'left' : 'right',
      };
      expect(answer).toBe(truth[kind]);
    }
  }
  const kinds = new Set(scenes.flatMap((draft) => sceneQuestions(draft).all.map(({ kind }) => kind)));
  expect([...kinds].sort()).toEqual([
    'count-dots',
    'dot-color',
    'larger-number',
    'left-right',
    'read-tag',
    'tag-color',
  ]);
});
