/**
 * The line that stands for a run in a list, kept beside the run so that listing a thousand runs reads no trajectory. Made
 * from the trajectory on every save; read back through a schema, like everything that comes from disk.
 */
import * as z from 'zod/mini';
import {
  answerOf,
  boxesAt,
  callCount,
  hashesOf,
  mainPicture,
  questionOf,
  trajectorySchema,
  type Trajectory,
} from '@/lib/trajectory';
import type { SummaryRow } from './database';
import type { RunSummary } from './contract';

const size = z.number().check(z.nonnegative());

const summarySchema = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  answer: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  status: trajectorySchema.shape.status,
  calls: size,
  imageHash: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  // What a row may lack without being left out of the list.
  steps: z.catch(size, 0),
  bytes: z.catch(size, 0),
  tags: z.catch(z.array(z.string()), []),
  boxes: z.catch(
    z.array(z.object({ turn: z.number(), x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() })),
    [],
  ),
  parentId: z.catch(z.nullable(z.string()), null),
  imageName: z.catch(z.string(), ''),
  aspect: z.catch(z.number().check(z.positive()), 4 / 3),
  removedAt: z.catch(z.nullable(z.string()), null),
});

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
    imageHash: picture?.file.hash ?? null,
    files: hashesOf(trajectory),
    imageName: picture?.file.name ?? '',
    aspect: picture ? picture.width / picture.height : 4 / 3,
  };
}

/** Null for a row that is not a summary. */
export function parseSummary(row: unknown): RunSummary | null {
  const parsed = summarySchema.safeParse(row);
  return parsed.success ? parsed.data : null;
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
