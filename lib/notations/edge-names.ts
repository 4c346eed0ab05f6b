/** Names that the four numbers of a box go by where each has one of its own: in models' texts, and in the arguments of tools. Pure. */
import type { Order } from './written';

type Four = readonly [string, string, string, string];

/** In the order in which they are tried. */
const NAMES: readonly { readonly order: Order; readonly names: readonly Four[] }[] = [
  {
    order: 'xyxy',
    names: [
      ['x1', 'y1', 'x2', 'y2'],
      ['x0', 'y0', 'x1', 'y1'],
      ['x_min', 'y_min', 'x_max', 'y_max'],
      ['xmin', 'ymin', 'xmax', 'ymax'],
      ['left', 'top', 'right', 'bottom'],
      ['left', 'upper', 'right', 'lower'],
    ],
  },
  {
    order: 'xywh',
    names: [
      ['x', 'y', 'width', 'height'],
      ['x', 'y', 'w', 'h'],
      ['left', 'top', 'width', 'height'],
    ],
  },
  {
    order: 'cxcywh',
    names: [
      ['cx', 'cy', 'w', 'h'],
      ['x_center', 'y_center', 'width', 'height'],
    ],
  },
];

/** The numbers of a box whose edges all have names; null where one is missing. `valueOf`: of a name, null where it has none. */
export function numbersByEdge(
  valueOf: (name: string) => number | null,
): { readonly numbers: readonly number[]; readonly order: Order } | null {
  for (const { order, names } of NAMES) {
    for (const four of names) {
      const numbers = four.flatMap((name) => valueOf(name) ?? []);
      if (numbers.length === 4) return { numbers, order };
    }
  }
  return null;
}
