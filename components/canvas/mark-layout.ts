/**
 * Where a box and its badge lie on the stage, at any camera: lines and badges keep their size on screen, only places
 * move. Pure; drawing is draw-mark.ts.
 */
import { intersection, isEmpty, toStage, type Camera, type Point, type Size, type StageBox } from '@/lib/geometry';
import type { BoxAt } from '@/lib/trajectory';

export const BADGE = { height: 22, padding: 7, gap: 6, margin: 4 } as const;

export interface MarkLayout {
  readonly executed: StageBox;
  readonly asked: StageBox;
  /** The plate with the number, and the label where it shows. */
  readonly badge: StageBox;
}

/** @param badgeWidth width of the number and label as measured, without padding */
export function layoutMark(box: BoxAt, camera: Camera, stage: Size, badgeWidth: number): MarkLayout {
  const executed = toStage(box.executed, camera);
  const width = Math.max(BADGE.height, badgeWidth + 2 * BADGE.padding);
  return { executed, asked: toStage(box.asked, camera), badge: badgePlace(executed, stage, width) };
}

/** Above the box's top left corner; inside it where there is no room above; never off a stage that shows the box. */
export function badgePlace(executed: StageBox, stage: Size, width: number): StageBox {
  const above = executed.y1 - BADGE.height - BADGE.margin;
  const inside = executed.y1 + BADGE.margin;
  const shown = !isEmpty(intersection(executed, { x1: 0, y1: 0, x2: stage.width, y2: stage.height }));
  let y = above >= BADGE.margin ? above : inside;
  let x = above >= BADGE.margin ? executed.x1 : executed.x1 + BADGE.margin;
  if (shown) {
    x = Math.max(BADGE.margin, Math.min(x, stage.width - width - BADGE.margin));
    y = Math.max(BADGE.margin, Math.min(y, stage.height - BADGE.height - BADGE.margin));
  }
  return { x1: x, y1: y, x2: x + width, y2: y + BADGE.height };
}

/** How near an edge counts as on it, in CSS pixels. */
const EDGE_REACH = 7;

/** The mark under `point`: badges first (they lie on top), then the smallest box around it. -1 for none. */
export function markAt(layouts: readonly MarkLayout[], point: Point): number {
  const badge = layouts.findLastIndex(({ badge }) => holds(badge, point, 2));
  if (badge >= 0) return badge;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  layouts.forEach(({ executed }, index) => {
    const size = (executed.x2 - executed.x1) * (executed.y2 - executed.y1);
    if (holds(executed, point, EDGE_REACH) && size < least) {
      best = index;
      least = size;
    }
  });
  return best;
}

/** Whether a press at `point` means the mark itself rather than the picture inside it. */
export function pressesMark({ executed, badge }: MarkLayout, point: Point): boolean {
  const within = holds(executed, point, EDGE_REACH);
  return holds(badge, point, 2) || (within && !holds(executed, point, -EDGE_REACH));
}

function holds(region: StageBox, point: Point, reach: number): boolean {
  return (
    point.x >= region.x1 - reach &&
    point.x <= region.x2 + reach &&
    point.y >= region.y1 - reach &&
    point.y <= region.y2 + reach
  );
}
