/**
 * The record of a training run as `python -m loupe_nano.rl.show` writes it (training/README.md): the log a line a step, what the
 * checkpoints did on the fixed test scenes, and their trajectories on a few of those scenes. Boxes are pixels of the full picture,
 * [x1, y1, x2, y2]; shares are 0–1.
 */
import * as z from 'zod/mini';

const share = z.nullable(z.number());
const count = z.number().check(z.int(), z.nonnegative());
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const means = {
  step: count,
  accuracy: share,
  zoomAccuracy: share,
  freeAccuracy: share,
  /** Of questions that need zoom: all tags asked for lie in crops. */
  hit: share,
  /** Of questions that need zoom: the best IoU of a look with the object and its tag. */
  iou: share,
  /** Looks a question, where zoom is needed and where not. */
  calls: share,
  freeCalls: share,
  answeredWithoutCall: share,
  /** The model's own, a trajectory. */
  tokens: share,
};

const steps = z.object({ ...means, level: count, reward: z.number(), entropy: z.optional(share) });
const checkpoint = z.object({ ...means, n: count });

const run = z.object({
  step: count,
  thoughts: z.array(z.string()),
  answer: z.nullable(z.string()),
  right: z.boolean(),
  /** null where the call was refused. */
  crops: z.array(z.nullable(box)),
  hit: z.boolean(),
  iou: z.number(),
});

const question = z.object({
  question: z.string(),
  kind: z.string(),
  needsZoom: z.boolean(),
  answer: z.string(),
  /** The asked objects with their tags. */
  targets: z.array(box),
  runs: z.array(run),
});

const scene = z.object({
  /** Beside run.json. */
  picture: z.string(),
  width: count,
  height: count,
  questions: z.array(question).check(z.minLength(1)),
});

const settings = z.object({
  variant: z.string(),
  seed: z.number(),
  scenes: count,
  questions: count,
  rollouts: count,
  lr: z.number(),
});

const record = z.object({
  /** Of the last steps; those of all steps where `legs` is not there or one. */
  settings,
  /** Which settings held from which step on, in order: a run may be taken up again with others. Older records have none. */
  legs: z.optional(z.array(z.object({ from: count, settings }))),
  about: z.object({
    /** Whether this run made the model that the app ships. */
    ships: z.boolean(),
    text: z.array(z.string()),
    measured: z.array(z.object({ what: z.string(), value: z.string(), command: z.string() })),
    /** On what that was measured, and why the checkpoints' own numbers are others. */
    note: z.optional(z.string()),
    /** The same in other languages, by their names; `measured` holds each `what` in the same order. */
    translations: z.optional(
      z.record(
        z.string(),
        z.object({ text: z.array(z.string()), measured: z.array(z.string()), note: z.optional(z.string()) }),
      ),
    ),
  }),
  log: z.array(steps).check(z.minLength(1)),
  checkpoints: z.array(checkpoint).check(z.minLength(1)),
  scenes: z.array(scene).check(z.minLength(1)),
});

export type TrainingRecord = z.infer<typeof record>;
export type TrainingStep = TrainingRecord['log'][number];
export type TestScene = TrainingRecord['scenes'][number];
export type TestQuestion = TestScene['questions'][number];
export type TestRun = TestQuestion['runs'][number];

/** @throws where the file is not such a record, naming the first thing that is wrong */
export function parseTrainingRecord(value: unknown): TrainingRecord {
  const parsed = record.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`run.json: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'wrong'}`);
}
