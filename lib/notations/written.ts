/** What stands in a text, before anybody has decided how its numbers count. */
import type { Mark } from '@/lib/trajectory';

export type Order = Mark['read']['order'];

/**
 * How long both axes of the picture are as the numbers count: 1 (fractions), 100, 500, 999, 1000, 1024; or its own pixels; or the pixels of the
 * picture as the model saw it.
 */
export type Range = number | 'pixels' | 'seen-pixels';

/** A box has four numbers, a point two, a polygon a pair a corner. */
export interface Written {
  readonly kind: Mark['shape']['kind'];
  readonly numbers: readonly number[];
  /** As its tag or key has it; null where that says nothing. */
  readonly order: Order | null;
  readonly range: Range | null;
  /** Who writes so: what else may decide depends on it. */
  readonly notation: Notation;
  /** Its numbers can mean nothing else: bins, cells, per cent. Nobody can choose otherwise. */
  readonly closed: boolean;
  /** Nothing near says that these numbers are a place. */
  readonly bare: boolean;
  readonly label: string;
  /** Which of several pictures, from 1; null where it is not said. */
  readonly image: number | null;
  /** Characters of the text that say it, its label included. */
  readonly from: number;
  readonly to: number;
}

export type Notation =
  | 'tag'
  | 'glm'
  | 'ui-tars'
  | 'bins'
  | 'box-2d'
  | 'bbox-2d'
  | 'gemini-point'
  | 'key'
  | 'named'
  | 'edges'
  | 'code'
  | 'list';

export type Found = Omit<Written, 'closed' | 'bare' | 'image' | 'label'> &
  Partial<Pick<Written, 'closed' | 'bare' | 'image' | 'label'>>;

export function written(found: Found): Written {
  return { closed: false, bare: false, image: null, label: '', ...found };
}

/** Reads one kind of notation. What it returns is in the order of the text; ranges never overlap. */
export type Scanner = (text: string) => readonly Written[];
