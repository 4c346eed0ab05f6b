/**
 * The events a run is made of. A trajectory is the fold of them (fold.ts); watching live and replaying are the same
 * stream. `at` is milliseconds since the run began. Progress events are shown and not folded into the document.
 */
import type { ParseProblem, Seen, StepOf, StopReason, Token, Trajectory, TurnUsage } from './schema';

/**
 * Everything of the document that is known before the first token. `updatedAt` is given when a kept run is told again;
 * a live run leaves it out.
 */
export type RunHeader = Omit<
  Trajectory,
  'format' | 'steps' | 'usage' | 'status' | 'stop' | 'seen' | 'world' | 'updatedAt'
> & { readonly updatedAt?: string };

export type ProgressPhase = 'vision' | 'prefill' | 'decode';

type At = { readonly at: number };

export type TrajectoryEvent = At &
  (
    | { readonly type: 'run-start'; readonly header: RunHeader }
    | { readonly type: 'image-seen'; readonly seen: Seen; readonly world: Trajectory['world'] }
    | { readonly type: 'turn-start'; readonly turn: number }
    | { readonly type: 'progress'; readonly phase: ProgressPhase; readonly done: number; readonly total: number }
    | { readonly type: 'think-start'; readonly turn: number }
    | { readonly type: 'think-delta'; readonly text: string; readonly tokens: readonly Token[] }
    | { readonly type: 'think-end' }
    | { readonly type: 'call-start'; readonly turn: number; readonly callId: string }
    | { readonly type: 'call-delta'; readonly text: string; readonly tokens: readonly Token[] }
    | {
        readonly type: 'call-end';
        readonly callId: string;
        readonly label: string;
        readonly asked: StepOf<'call'>['asked'];
        readonly askedInImage: StepOf<'call'>['askedInImage'];
        readonly executed: StepOf<'call'>['executed'];
      }
    /** Closes the open call: what was written so far becomes a malformed step. */
    | { readonly type: 'malformed'; readonly problem: ParseProblem; readonly told: string; readonly text: string }
    | {
        readonly type: 'result';
        readonly turn: number;
        readonly callId: string;
        readonly executed: StepOf<'result'>['executed'];
        readonly seen: Seen;
        /** When the cut began; `at` when nothing is said. */
        readonly start?: number;
      }
    | { readonly type: 'answer-start'; readonly turn: number }
    | { readonly type: 'answer-delta'; readonly text: string; readonly tokens: readonly Token[] }
    | { readonly type: 'answer-end' }
    | { readonly type: 'turn-end'; readonly usage: TurnUsage }
    | {
        readonly type: 'run-end';
        readonly status: 'done' | 'stopped' | 'failed';
        readonly reason: StopReason;
        readonly message: string;
        readonly code: string | null;
        /** When a kept run is told again; a live run leaves it out and gets `createdAt` plus `at`. */
        readonly updatedAt?: string;
      }
  );
