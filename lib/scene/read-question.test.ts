/** Questions in any wording, and their answers: held to every wording of the training code and to every question of the gallery. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answerInScene } from './answer';
import { EXAMPLE_QUESTIONS } from './examples';
import { NOUNS } from './nouns';
import { chanceOf, readQuestion } from './read-question';
import { parseScene, type Scene } from './scene';
import { isRight } from './scoring';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(ROOT + path, 'utf8');

function gallery(): Scene[] {
  const files = readdirSync(`${ROOT}public/gallery`).filter((name) => name.endsWith('.json') && name !== 'index.json');
  return files.map((name) => {
    const parsed = parseScene(JSON.parse(read(`public/gallery/${name}`)));
    if (!parsed.ok) throw new Error(parsed.problem);
    return parsed.scene;
  });
}

/** `"kind": ("wording", …)` of the training code. */
function wordings(): { kind: string; wording: string }[] {
  const table = /^WORDINGS.*?= \{(.*?)^\}/ms.exec(read('training/loupe_nano/world/questions.py'))?.[1] ?? '';
  return [...table.matchAll(/"([a-z-]+)": \((.*?)\n {4}\)/gs)].flatMap(([, kind = '', body = '']) =>
    [...body.matchAll(/"([^"]+)"/g)].map(([, wording = '']) => ({ kind, wording })),
  );
}

describe('a question about a scene', () => {
  it('is of the kind that training asked it as, in every wording', () => {
    const all = wordings();
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(8);
    expect(all.length).toBeGreaterThan(55);
    for (const { kind, wording } of all) {
      const question = wording.replaceAll('{an}', 'an').replaceAll('{a}', 'octopus').replaceAll('{b}', 'key');
      const nouns = wording.includes('{b}') ? ['octopus', 'key'] : ['octopus'];
      expect({ question, ...readQuestion(question) }).toMatchObject({ question, kind });
      expect([...(readQuestion(question)?.nouns ?? [])].sort()).toEqual(nouns.sort());
    }
  });

  it('has the answer that the gallery gives, from what is in the scene alone', () => {
    const questions = gallery().flatMap((scene) => scene.questions.map((question) => ({ scene, question })));
    expect(questions.length).toBeGreaterThan(90);
    for (const { scene, question } of questions) {
      const asked = readQuestion(question.question);
      const known = asked && answerInScene(scene, asked);
      expect({ question: question.question, known }).toMatchObject({
        known: { kind: question.kind, answer: question.answer, needsZoom: question.needsZoom },
      });
      expect(isRight(question.answer, known?.accepted ?? [])).toBe(true);
    }
  });

  it('is offered as an example in words that are known, one of six kinds', () => {
    expect(new Set(EXAMPLE_QUESTIONS.map((question) => readQuestion(question)?.kind)).size).toBe(6);
    expect(EXAMPLE_QUESTIONS.map(readQuestion)).not.toContain(null);
  });

  it('is known in words of one’s own', () => {
    expect(readQuestion('what’s on the DOG’s label??')).toEqual({ kind: 'read-tag', nouns: ['dog'] });
    expect(readQuestion('and how many dots on the cherries')).toEqual({ kind: 'count-dots', nouns: ['cherry'] });
    expect(readQuestion('colour of the plate of the bus')).toEqual({ kind: 'tag-color', nouns: ['bus'] });
    expect(readQuestion('Is there a frog anywhere?')).toEqual({ kind: 'exists', nouns: ['frog'] });
  });

  it.each([
    'Describe it',
    'Hello',
    'What animal is this?',
    'What is happening in this picture?',
    'Is it raining?',
    'Who is the man on the left?',
    'How many people are there?',
    'Translate the sign.',
    'What color is the sky?',
    'What breed is the dog?',
    'Why is the cat on the table?',
    'Is there a dragon?',
    '¿Qué dice la etiqueta?',
    '这是什么？',
    '',
    'Write a poem about the dog and the moon, and then tell me what you think that the moon would say to the dog at night in winter',
  ])('outside its world: %s', (question) => {
    expect(readQuestion(question)).toBeNull();
  });
});

it('a scene that names only what it asks about says nothing of what is not there', () => {
  const box = (x: number): [number, number, number, number] => [x, 0, x + 5, 5];
  const scene: Scene = {
    image: 'a.png',
    width: 100,
    height: 100,
    objects: [{ noun: 'dog', box: box(1) }],
    questions: [],
  };
  expect(answerInScene(scene, { kind: 'exists', nouns: ['cat'] })).toBeNull();
  const tagged = { tag: 'K7', tagKind: 'text', tagColor: 'red', tagBox: box(2) } as const;
  const two = { ...scene, objects: [1, 20].map((x) => ({ noun: 'dog', box: box(x), ...tagged })) };
  expect(answerInScene(two, { kind: 'exists', nouns: ['cat'] })?.answer).toBe('no');
  expect(answerInScene(two, { kind: 'read-tag', nouns: ['dog'] })).toBeNull(); // which of the two?
});

it('the nouns are those of the icons', () => {
  const { nouns } = JSON.parse(read('public/icons/index.json')) as { nouns: string[] };
  expect(NOUNS).toEqual(nouns);
});

it('chance is what a guess would have', () => {
  expect(['exists', 'tag-color', 'read-tag', 'vstar'].map((kind) => chanceOf(kind as 'exists'))).toEqual([
    0.5,
    0.125,
    0,
    null,
  ]);
});
