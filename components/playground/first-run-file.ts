/** The recorded run of the start page as a file: what was thought, where was looked, what was answered. Boxes are shares of the sides. */

export type FirstStep =
  | { readonly type: 'think' | 'answer'; readonly text: string }
  | { readonly type: 'look'; readonly label: string; readonly box: Box };

interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface FirstRunFile {
  /** Id of the gallery's picture. */
  readonly picture: string;
  readonly question: string;
  readonly steps: readonly FirstStep[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;

function readStep(value: unknown): FirstStep | null {
  if (!isRecord(value)) return null;
  const { type, text, label, box } = value;
  if ((type === 'think' || type === 'answer') && typeof text === 'string') return { type, text };
  if (type !== 'look' || typeof label !== 'string' || !isRecord(box)) return null;
  const { x1, y1, x2, y2 } = box;
  if (!isShare(x1) || !isShare(y1) || !isShare(x2) || !isShare(y2) || x1 >= x2 || y1 >= y2) return null;
  return { type, label, box: { x1, y1, x2, y2 } };
}

/** Null for what is no such file: the page then shows none. */
export function readFirstRun(value: unknown): FirstRunFile | null {
  if (!isRecord(value) || !Array.isArray(value.steps)) return null;
  const { picture, question } = value;
  const steps = value.steps.map(readStep);
  if (typeof picture !== 'string' || typeof question !== 'string' || steps.length === 0) return null;
  return steps.every((step) => step !== null) ? { picture, question, steps } : null;
}
