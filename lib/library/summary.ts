/**
 * The line that stands for a run in a list, kept beside the run so that listing a thousand runs reads no trajectory. Made
 * from the trajectory on every save; read back field by field, like everything that comes from disk, and by hand: the list is what a page
 * begins with, and a library of schemas would come before it.
 */
import { answerOf, boxesAt, callCount, hashesOf, mainPicture, questionOf, type Trajectory } from '@/lib/trajectory';
import type { SummaryRow } from './database';
import type { RunSummary, SummaryBox } from './contract';

/** So many boxes are drawn on a thumbnail; more would hide it. */
const MAX_BOXES = 12;

/** The row as stored. `fileBytes`: size of all files of its pictures. */
export function summarise(
  trajectory: Trajectory,
  fileBytes: number,
  tags: readonly string[],
): SummaryRow & Omit<RunSummary, 'removedAt'> {
  const { id, title, createdAt, updatedAt, status } = trajectory;
  const picture = mainPicture(trajectory);
  return {
    id,
    title,
    question: questionOf(trajectory),
    answer: answerOf(trajectory) ?? '',
    createdAt,
    updatedAt,
    status,
    calls: callCount(trajectory),
    steps: trajectory.steps.length,
    bytes: fileBytes + JSON.stringify(trajectory).length,
    tags: [...tags],
    boxes: boxesAt(trajectory, trajectory.steps.length)
      .filter((box) => box.picture === picture?.id)
      .slice(0, MAX_BOXES)
      .map(({ turn, executed: { x1, y1, x2, y2 } }) => ({
        turn,
        x1: x1 / (picture?.width ?? 1),
        y1: y1 / (picture?.height ?? 1),
        x2: x2 / (picture?.width ?? 1),
        y2: y2 / (picture?.height ?? 1),
      })),
    parentId: trajectory.parent?.runId ?? null,
    change: trajectory.parent?.change?.kind ?? null,
    imageHash: picture?.file.hash ?? null,
    files: hashesOf(trajectory),
    imageName: picture?.file.name ?? '',
    aspect: picture ? picture.width / picture.height : 4 / 3,
  };
}

const STATUSES: readonly RunSummary['status'][] = ['running', 'done', 'stopped', 'failed'];

/** Null for a row that is not a summary. What a row may lack without being left out of the list has a value of its own then. */
export function parseSummary(row: unknown): RunSummary | null {
  if (typeof row !== 'object' || row === null) return null;
  const of = row as Readonly<Record<string, unknown>>; // any object may be read by string keys
  const { id, title, question, answer, createdAt, updatedAt, calls, imageHash } = of;
  const status = STATUSES.find((one) => one === of.status);
  if (!isText(id) || !isText(title) || !isText(question) || !isText(answer)) return null;
  if (!isText(createdAt) || !isText(updatedAt) || status === undefined || !isCount(calls)) return null;
  if (imageHash !== null && !(isText(imageHash) && /^[0-9a-f]{64}$/.test(imageHash))) return null;
  const { steps, bytes, tags, boxes, parentId, change, imageName, aspect, removedAt } = of;
  return {
    id,
    title,
    question,
    answer,
    createdAt,
    updatedAt,
    status,
    calls,
    imageHash,
    steps: isCount(steps) ? steps : 0,
    bytes: isCount(bytes) ? bytes : 0,
    tags: Array.isArray(tags) && tags.every(isText) ? tags : [],
    boxes: readBoxes(boxes),
    parentId: isText(parentId) ? parentId : null,
    change: isText(change) ? change : null,
    imageName: isText(imageName) ? imageName : '',
    aspect: isCount(aspect) && aspect > 0 ? aspect : 4 / 3,
    removedAt: isText(removedAt) ? removedAt : null,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** All of them or none. */
function readBoxes(value: unknown): readonly SummaryBox[] {
  if (!Array.isArray(value)) return [];
  const boxes = value.flatMap((one: unknown): SummaryBox[] => {
    if (typeof one !== 'object' || one === null) return [];
    const { turn, x1, y1, x2, y2 } = one as Readonly<Record<string, unknown>>; // as above
    const numbers = [turn, x1, y1, x2, y2].filter((number) => typeof number === 'number' && Number.isFinite(number));
    const [first, left, top, right, bottom] = numbers as readonly number[]; // filtered to numbers
    if (numbers.length < 5) return [];
    return [{ turn: first!, x1: left!, y1: top!, x2: right!, y2: bottom! }];
  });
  return boxes.length === value.length ? boxes : [];
}

/** What can be read of many rows. */
export function parseSummaries(rows: readonly unknown[]): RunSummary[] {
  return rows.map(parseSummary).filter((summary): summary is RunSummary => summary !== null);
}

/** Order of `list()`: by creation, newest first; renaming or replaying a run does not move it. */
export function newestFirst(a: RunSummary, b: RunSummary): number {
  return compare(b.createdAt, a.createdAt) || compare(a.id, b.id);
}

/** Order of `listRemoved()`. */
export function lastRemovedFirst(a: RunSummary, b: RunSummary): number {
  return compare(b.removedAt ?? '', a.removedAt ?? '') || newestFirst(a, b);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
