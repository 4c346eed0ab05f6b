/**
 * The line that stands for a run in a list, kept beside the run so that listing a thousand runs reads no trajectory. Made
 * from the trajectory on every save; read back through a schema, like everything that comes from disk.
 */
import * as z from 'zod/mini';
import { answerOf, boxesAt, callCount, trajectorySchema, type Trajectory } from '@/lib/trajectory';
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
  imageHash: trajectorySchema.shape.image.shape.hash,
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

/** The row as stored. `imageBytes`: size of the picture's file. */
export function summarise(
  trajectory: Trajectory,
  imageBytes: number,
  tags: readonly string[],
): SummaryRow & Omit<RunSummary, 'removedAt'> {
  const { id, title, question, createdAt, updatedAt, status, image } = trajectory;
  return {
    id,
    title,
    question,
    answer: answerOf(trajectory) ?? '',
    createdAt,
    updatedAt,
    status,
    calls: callCount(trajectory),
    steps: trajectory.steps.length,
    bytes: imageBytes + JSON.stringify(trajectory).length,
    tags: [...tags],
    boxes: boxesAt(trajectory, trajectory.steps.length)
      .slice(0, MAX_BOXES)
      .map(({ turn, executed: { x1, y1, x2, y2 } }) => ({
        turn,
        x1: x1 / image.width,
        y1: y1 / image.height,
        x2: x2 / image.width,
        y2: y2 / image.height,
      })),
    parentId: trajectory.parent?.trajectoryId ?? null,
    imageHash: image.hash,
    imageName: image.name,
    aspect: image.width / image.height,
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
