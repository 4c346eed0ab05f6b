import { expect, test } from 'vitest';
import type { Trajectory } from '@/lib/trajectory';
import { answerReading, readAnswersAgain, withAnswerMarks } from './answer-marks';

const file = (id: string, width: number, height: number) => ({
  id,
  width,
  height,
  from: 'file' as const,
  file: { hash: null, mimeType: '', name: id },
});
const base = { turn: 1, span: null, tokens: [] };
const model = (name: string) => ({ id: name, name, version: '', device: 'remote' as const });

const RUN: Pick<Trajectory, 'pictures' | 'given' | 'steps' | 'models'> = {
  pictures: [file('p1', 2000, 1000), file('p2', 500, 500)],
  given: [{ picture: 'p1', seen: null }, { text: 'Where is the door?' }],
  models: [model('qwen3-vl-8b')],
  steps: [
    { type: 'answer', text: '{"bbox_2d": [100, 100, 200, 200]}', ...base },
    { type: 'said', parts: [{ picture: 'p2', seen: null }], ...base },
    { type: 'answer', text: 'Here: {"bbox_2d": [100, 100, 200, 200]}', ...base },
    { type: 'answer', text: 'No box.', ...base },
  ],
};

test('each answer points into the picture that was sent last before it', () => {
  const marks = withAnswerMarks(RUN).steps.map((step) => (step.type === 'answer' ? step.marks : undefined));
  expect(marks[0]?.[0]).toMatchObject({ picture: 'p1', shape: { box: { x1: 200, y1: 100, x2: 400, y2: 200 } } });
  expect(marks[2]?.[0]).toMatchObject({ picture: 'p2', shape: { box: { x1: 50, y1: 50, x2: 100, y2: 100 } } });
  expect(marks[3]).toBeUndefined();
});

test('what was recorded stays; a choice reads all of it anew, and is told', () => {
  const once = withAnswerMarks(RUN);
  expect(withAnswerMarks(once, { range: 'pixels' })).toBe(once);
  expect(answerReading(once)).toMatchObject({ frame: 'thousandths', by: 'model' });
  const again = readAnswersAgain(once, { range: 'pixels' });
  expect(again.steps[0]).toMatchObject({ marks: [{ shape: { box: { x1: 100, y1: 100, x2: 200, y2: 200 } } }] });
  expect(answerReading(again)).toEqual({ frame: 'original-pixels', order: 'xyxy', by: 'person' });
  expect(readAnswersAgain(again, {})).toEqual(once);
});

test('a run without places is the very same', () => {
  const plain = { ...RUN, steps: RUN.steps.slice(3) };
  expect(withAnswerMarks(plain)).toBe(plain);
});
