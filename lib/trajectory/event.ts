/**
 * The events a run is made of. A trajectory is the fold of them (fold.ts); watching live and replaying are the same
 * stream. `at` is milliseconds since the run began. Progress events are shown and not folded into the document.
 */
import type { Part, Picture, RunModel, Seen, StepOf, StopReason, Token, Trajectory, TurnUsage } from './schema';

/**
 * Everything of the document that is known before the first token: the pictures that the person gave among it. `updatedAt` is given
 * when a kept run is told again; a live run leaves it out.
 */
export type RunHeader = Omit<Trajectory, 'format' | 'steps' | 'usage' | 'status' | 'stop' | 'updatedAt'> & {
  readonly updatedAt?: string;
};

export type ProgressPhase = 'vision' | 'prefill' | 'decode';

type At = { readonly at: number };

/** How a step begins. `untimed`: nobody measured it, and `at` says nothing. */
type Opening = { readonly turn: number; readonly model?: number; readonly untimed?: true };

/** What is known of a step's words once they are all there. */
type Closing = Pick<StepOf<'think'>, 'marks' | 'person'>;

export type TrajectoryEvent = At &
  (
    | { readonly type: 'run-start'; readonly header: RunHeader }
    /** How the model saw the picture that was given as part `index`. */
    | { readonly type: 'given-seen'; readonly index: number; readonly seen: Seen }
    /** A picture that came after the run began; it comes before the step that speaks of it. */
    | { readonly type: 'picture'; readonly picture: Picture }
    | { readonly type: 'model'; readonly model: RunModel }
    | { readonly type: 'turn-start'; readonly turn: number }
    | { readonly type: 'progress'; readonly phase: ProgressPhase; readonly done: number; readonly total: number }
    | ({ readonly type: 'think-start' | 'answer-start' } & Opening)
    | ({ readonly type: 'call-start'; readonly callId: string } & Opening)
    | {
        readonly type: 'think-delta' | 'call-delta' | 'answer-delta';
        readonly text: string;
        readonly tokens: readonly Token[];
        /** Which characters of the step's words so far a person wrote; left out: as it was told before. */
        readonly person?: StepOf<'think'>['person'];
      }
    | ({ readonly type: 'think-end' | 'answer-end' } & Closing)
    | ({ readonly type: 'call-end' } & Pick<StepOf<'call'>, 'tool' | 'input' | 'label' | 'asked' | 'place' | 'person'>)
    | ({
        readonly type: 'result';
        readonly callId: string;
        readonly parts: readonly Part[];
        readonly refused: StepOf<'result'>['refused'];
        /** When the tool began; `at` when nothing is said. */
        readonly start?: number;
      } & Opening)
    | ({ readonly type: 'said'; readonly parts: readonly Part[]; readonly start?: number } & Opening)
    | ({
        readonly type: 'other';
        readonly kind: string;
        readonly json: StepOf<'other'>['json'];
        readonly start?: number;
      } & Opening &
        Pick<StepOf<'other'>, 'person'> & { readonly tokens?: readonly Token[] })
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
