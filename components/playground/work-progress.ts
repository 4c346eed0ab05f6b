/**
 * What is being done right now, in words and as parts of one bar. Pure: reads the session's state. Every number shown is one
 * that was reported; where the amount of work is not known the bar runs without one.
 */
import type { LoadProgress } from '@/lib/engine';
import type { SessionState } from '@/lib/session';
import { isOpenCall, type Trajectory } from '@/lib/trajectory';

export interface BarPart {
  readonly name: string;
  /** Its share of the bar's width. */
  readonly share: number;
  /** 0 … 1; null while going on without a known end. */
  readonly filled: number | null;
}

export interface WorkProgress {
  readonly title: string;
  /** Numbers, to be set in tabular figures. */
  readonly detail: string;
  readonly parts: readonly BarPart[];
}

const MEGA = 1_000_000;

function megabytes(bytes: number): string {
  return (bytes / MEGA).toFixed(1);
}

/** Downloading takes most of the first time; the shares only lay out the bar, they claim no times. */
const LOAD_SHARES = { download: 0.6, compile: 0.22, check: 0.18 } as const;

function loadParts(download: number | null, compile: number | null, check: number | null): readonly BarPart[] {
  return [
    { name: 'Download', share: LOAD_SHARES.download, filled: download },
    { name: 'Compile', share: LOAD_SHARES.compile, filled: compile },
    { name: 'Self-test', share: LOAD_SHARES.check, filled: check },
  ];
}

const ratio = (done: number, total: number): number => (total > 0 ? Math.min(1, done / total) : 0);

export function loadingProgress(load: LoadProgress | null): WorkProgress {
  if (load === null) return { title: 'Starting the model', detail: '', parts: loadParts(0, 0, 0) };
  switch (load.phase) {
    case 'download':
      return {
        title: 'Downloading the model',
        detail: `${megabytes(load.loaded)} of ${megabytes(load.total)} MB`,
        parts: loadParts(ratio(load.loaded, load.total), 0, 0),
      };
    case 'compile':
      return {
        title: 'Compiling the model',
        detail: `${load.done} of ${load.total}`,
        parts: loadParts(1, ratio(load.done, load.total), 0),
      };
    case 'wait':
      return {
        title: 'Waiting for another page of Loupe to finish',
        detail: 'There is room for one model',
        parts: [{ name: 'Waiting', share: 1, filled: null }],
      };
    case 'self-test':
      return { title: 'Checking it against a known answer', detail: '', parts: loadParts(1, 1, null) };
    case 'ready':
      return { title: 'The model is ready', detail: '', parts: loadParts(1, 1, 1) };
  }
}

function writtenTokens(trajectory: Trajectory | null): number {
  return trajectory?.steps.reduce((sum, step) => sum + step.tokens.length, 0) ?? 0;
}

/**
 * What a run is busy with; the number is of what was reported last. Cutting reports nothing: it is known by what was written
 * before it, and by what has not begun after it.
 */
export function runningWork(
  progress: SessionState['progress'],
  trajectory: Trajectory | null,
): Pick<WorkProgress, 'title' | 'detail'> {
  const last = trajectory?.steps.at(-1);
  if (last?.type === 'call' && !isOpenCall(last)) return { title: 'Cutting out a part', detail: '' };
  if (progress?.phase === 'vision') {
    const { done, total } = progress;
    return { title: 'Looking', detail: total > 1 ? `${Math.min(done + 1, total)} of ${total} pictures` : '' };
  }
  if (progress?.phase === 'prefill') {
    return { title: 'Reading', detail: `${progress.done} of ${progress.total} tokens` };
  }
  const written = writtenTokens(trajectory);
  if (written === 0 && progress === null) return { title: 'Preparing the picture', detail: '' };
  return { title: 'Writing', detail: written === 1 ? '1 token' : `${written} tokens` };
}
