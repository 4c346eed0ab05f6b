/**
 * What is being done right now, in words and as parts of one bar. Pure: reads the session's state. Every number shown is one
 * that was reported; where the amount of work is not known the bar runs without one.
 */
import type { LoadProgress } from '@/lib/engine';
import type { SessionState } from '@/lib/session';
import { isOpenCall, type Trajectory } from '@/lib/trajectory';
import type { Words } from '@/lib/words';

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

type WorkWords = Words['workspace']['work'];

const MEGA = 1_000_000;

function megabytes(bytes: number): string {
  return (bytes / MEGA).toFixed(1);
}

/** Downloading takes most of the first time; the shares only lay out the bar, they claim no times. */
const LOAD_SHARES = { download: 0.6, compile: 0.22, check: 0.18 } as const;
const LOAD_PARTS = ['download', 'compile', 'check'] as const;

/** How far each part is; null while going on without a known end. */
type Filled = Readonly<Record<keyof typeof LOAD_SHARES, number | null>>;

const ratio = (done: number, total: number): number => (total > 0 ? Math.min(1, done / total) : 0);

export function loadingProgress(load: LoadProgress | null, words: WorkWords): WorkProgress {
  const parts = (filled: Filled): readonly BarPart[] =>
    LOAD_PARTS.map((part) => ({ name: words.parts[part], share: LOAD_SHARES[part], filled: filled[part] }));
  const at = (download: number, compile: number, check: number | null) => parts({ download, compile, check });
  if (load === null) return { title: words.starting, detail: '', parts: at(0, 0, 0) };
  switch (load.phase) {
    case 'download':
      return {
        title: words.downloading,
        detail: words.amount(megabytes(load.loaded), megabytes(load.total)),
        parts: at(ratio(load.loaded, load.total), 0, 0),
      };
    case 'compile':
      return {
        title: words.compiling,
        detail: words.some(load.done, load.total),
        parts: at(1, ratio(load.done, load.total), 0),
      };
    case 'wait':
      return {
        title: words.waiting,
        detail: words.waitingWhy,
        parts: [{ name: words.parts.wait, share: 1, filled: null }],
      };
    case 'self-test':
      return { title: words.checking, detail: '', parts: at(1, 1, null) };
    case 'ready':
      return { title: words.ready, detail: '', parts: at(1, 1, 1) };
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
  words: WorkWords,
): Pick<WorkProgress, 'title' | 'detail'> {
  const last = trajectory?.steps.at(-1);
  if (last?.type === 'call' && !isOpenCall(last)) return { title: words.cropping, detail: '' };
  if (progress?.phase === 'vision') {
    const { done, total } = progress;
    return { title: words.looking, detail: total > 1 ? words.pictures(Math.min(done + 1, total), total) : '' };
  }
  if (progress?.phase === 'prefill') {
    return { title: words.reading, detail: words.readTokens(progress.done, progress.total) };
  }
  const written = writtenTokens(trajectory);
  if (written === 0 && progress === null) return { title: words.preparing, detail: '' };
  return { title: words.writing, detail: words.tokens(written) };
}
