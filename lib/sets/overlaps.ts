/** How well calls met what was sought: IoU of each asked box with the place it fits best. */
import { iou } from '@/lib/geometry';
import { boxesAt, lastCursor, rootPlace, type Trajectory } from '@/lib/trajectory';

export interface Overlaps {
  /** Of every call that asked for a place, in order; null where nobody said what was sought. */
  readonly ious: readonly number[] | null;
  readonly bestIou: number | null;
  readonly lastIou: number | null;
  /** Calls that asked for much the same as an earlier one. */
  readonly wasted: number;
}

/** From this IoU with an earlier call on, a call brought nothing new. Ours. */
export const WASTED = 0.7;

export function overlapsOf(run: Trajectory): Overlaps {
  const boxes = boxesAt(run, lastCursor(run));
  const sought = (run.truth?.places ?? []).flatMap(({ place }) => rootPlace(run.pictures, place) ?? []);
  const ious =
    sought.length === 0
      ? null
      : boxes.map(({ picture, asked }) =>
          Math.max(0, ...sought.filter(({ picture: of }) => of.id === picture).map(({ box }) => iou(asked, box))),
        );
  return {
    ious,
    bestIou: ious && ious.length > 0 ? ious.reduce((best, one) => Math.max(best, one), 0) : null,
    lastIou: ious?.at(-1) ?? null,
    wasted: boxes.filter((box, index) =>
      boxes.slice(0, index).some((other) => other.picture === box.picture && iou(other.asked, box.asked) > WASTED),
    ).length,
  };
}
