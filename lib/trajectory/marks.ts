/** What a run's words point at, at a cursor, in pixels of pictures that have pixels of their own. Pure. */
import { boxFromView, pointFromView } from '@/lib/geometry';
import { rootOf } from './pictures';
import type { Mark, Trajectory } from './schema';
import { stepsUpTo } from './select';

/** A mark of a visible step. */
export interface MarkAt {
  /** Index of the step in `steps`, and of the mark among the step's. */
  readonly stepIndex: number;
  readonly index: number;
  readonly turn: number;
  readonly label: string;
  /** The picture that the shape is of: always one with pixels of its own, whatever view the words spoke of. */
  readonly picture: string;
  readonly shape: Mark['shape'];
  /** It is of the step at the cursor. */
  readonly active: boolean;
}

export function marksAt(trajectory: Trajectory, cursor: number): readonly MarkAt[] {
  const visible = stepsUpTo(trajectory, cursor);
  return visible.flatMap((step, stepIndex) => {
    const marks = step.type === 'think' || step.type === 'answer' ? (step.marks ?? []) : [];
    return marks.flatMap((mark, index): readonly MarkAt[] => {
      const root = rootOf(trajectory.pictures, mark.picture);
      if (!root) return [];
      const { label } = mark;
      const shape = shapeFromView(mark.shape, root.view);
      const active = stepIndex === visible.length - 1;
      return [{ stepIndex, index, turn: step.turn, label, picture: root.picture.id, shape, active }];
    });
  });
}

function shapeFromView(shape: Mark['shape'], view: Parameters<typeof boxFromView>[1]): Mark['shape'] {
  switch (shape.kind) {
    case 'box':
      return { kind: 'box', box: boxFromView(shape.box, view) };
    case 'point':
      return { kind: 'point', point: pointFromView(shape.point, view) };
    case 'polygon':
      return { kind: 'polygon', points: shape.points.map((point) => pointFromView(point, view)) };
    default:
      return shape satisfies never;
  }
}
