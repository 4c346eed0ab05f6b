import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScene, sceneOfVstar } from './scene';

const scene = {
  image: 'scene.png',
  width: 1600,
  height: 1200,
  objects: [
    {
      noun: 'dog',
      box: [100, 200, 300, 400],
      tag: 'K7',
      tagBox: [180, 380, 220, 400],
      tagKind: 'text',
      tagColor: 'red',
      inkColor: 'white',
      style: 'twemoji',
    },
  ],
  questions: [
    {
      id: 'q0',
      kind: 'read-tag',
      question: 'What does the tag on the dog say?',
      answer: 'K7',
      accepted: ['K7'],
      targets: [0],
      needsZoom: true,
    },
  ],
  provenance: { seed: 7, split: 'test', heldOut: ['font'] },
};

const change = (path: string, value: unknown) => {
  const copy: unknown = structuredClone(scene);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (holder as Record<string, unknown>)[last] = value;
  const parsed = parseScene(copy);
  return parsed.ok ? '' : parsed.problem.split(':')[0];
};

describe('scene.json', () => {
  it('is read as written', () => {
    expect(parseScene(scene)).toEqual({ ok: true, scene });
  });

  it('says where it is wrong', () => {
    expect(change('width', 0)).toBe('width');
    expect(change('questions.0.kind', 'guess')).toBe('questions.0.kind');
    expect(change('questions.0.accepted', [])).toBe('questions.0.accepted');
    expect(change('questions.0.targets', [3])).toBe('questions.0.targets');
    expect(change('objects.0.box', [1, 2, 3])).toBe('objects.0.box');
    expect(change('objects.0.box', [300, 200, 100, 400])).toBe('objects.0.box');
    expect(change('objects.0.tagBox', [180, 380, 2200, 400])).toBe('objects.0.tagBox');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        parseScene(value);
        sceneOfVstar(value, { image: 'x.jpg', width: 10, height: 10 });
      }),
    );
  });
});

describe('a file of V*', () => {
  const picture = { image: 'sa_1.jpg', width: 2250, height: 1500 };
  const file = {
    target_object: ['flag', 'dog'],
    bbox: [
      [1000, 500, 40, 30],
      [2240, 1490, 20, 20],
    ],
    question: 'Is the flag on the left or right side of the dog?',
    options: ['The flag is on the left side of the dog.', 'The flag is on the right side of the dog.'],
  };

  it('becomes a scene: widths become corners, the first option the answer', () => {
    const parsed = sceneOfVstar(file, picture);
    expect(parsed).toMatchObject({
      ok: true,
      scene: {
        ...picture,
        objects: [
          { noun: 'flag', box: [1000, 500, 1040, 530] },
          { noun: 'dog', box: [2240, 1490, 2250, 1500] },
        ],
        questions: [
          {
            kind: 'vstar',
            answer: file.options[0],
            question: `${file.question}\nOptions:\nA. ${file.options[0]}\nB. ${file.options[1]}`,
            accepted: [file.options[0], 'A', '(A)', `A. ${file.options[0]}`, `(A) ${file.options[0]}`],
            needsZoom: null,
            targets: [0, 1],
            options: file.options,
          },
        ],
      },
    });
  });

  it('is refused without an option or a box for each object', () => {
    expect(sceneOfVstar({ ...file, options: [] }, picture).ok).toBe(false);
    expect(sceneOfVstar({ ...file, bbox: [] }, picture).ok).toBe(false);
  });
});
