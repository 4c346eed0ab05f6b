import { expect, it } from 'vitest';
import cropOfCrop from './fixtures/golden/2-crop-of-a-crop-of-a-turned-picture.json';
import { marksAt } from './marks';
import type { Mark, Trajectory } from './schema';
import { parseTrajectory } from './parse';

function marked(shape: Mark['shape']): Trajectory {
  const read = { frame: 'original-pixels', order: 'xyxy', by: 'model' };
  const document = structuredClone(cropOfCrop);
  Object.assign(document.steps.at(-1)!, {
    marks: [{ label: 'digit', picture: document.pictures.at(-1)!.id, shape, read, at: null }],
  });
  const parsed = parseTrajectory(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.trajectory;
}

it('marks of a view of a view lie on the picture that has the pixels, and are there from their step on', () => {
  const { width, height } = cropOfCrop.pictures.at(-1)!;
  const run = marked({ kind: 'box', box: { x1: 0, y1: 0, x2: width, y2: height } });
  const count = run.steps.length;
  expect(marksAt(run, count - 1)).toEqual([]);
  expect(marksAt(run, count)).toEqual([
    {
      stepIndex: count - 1,
      index: 0,
      turn: run.steps.at(-1)!.turn,
      label: 'digit',
      picture: run.pictures[0]!.id,
      // As docs/trajectory-format.md works it out.
      shape: { kind: 'box', box: { x1: 520, y1: 950, x2: 570, y2: 990 } },
      active: true,
    },
  ]);
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
  ];
  const [polygon] = marksAt(marked({ kind: 'polygon', points: corners }), count);
  const points = polygon?.shape.kind === 'polygon' ? polygon.shape.points : [];
  expect(points.map(({ x, y }) => [x, y].join()).toSorted()).toHaveLength(3);
  for (const { x, y } of points) {
    expect([520, 570]).toContain(x);
    expect([950, 990]).toContain(y);
  }
});
