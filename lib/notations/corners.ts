/** Four numbers in some order as corners: neither ordered nor clamped, in the space they were written in. Pure. */
import type { Order } from './written';

export interface Corners {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export function corners([a = 0, b = 0, c = 0, d = 0]: readonly number[], order: Order): Corners {
  switch (order) {
    case 'yxyx':
      return { x1: b, y1: a, x2: d, y2: c };
    case 'xywh':
      return { x1: a, y1: b, x2: a + c, y2: b + d };
    case 'cxcywh':
      return { x1: a - c / 2, y1: b - d / 2, x2: a + c / 2, y2: b + d / 2 };
    case 'xyxy':
    case 'xy':
    case 'yx':
      return { x1: a, y1: b, x2: c, y2: d };
    default:
      return order satisfies never;
  }
}
