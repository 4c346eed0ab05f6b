/** A scene being made, with the way back and forth through what was done to it. Selecting is no change. Pure. */
import { reduceDraft, type Draft, type DraftAction } from './scene-draft';

export interface DraftHistory {
  readonly now: Draft;
  /** Last first. */
  readonly past: readonly Draft[];
  /** Next first. */
  readonly future: readonly Draft[];
  /** What was done last: more of the same is one change, as a drag and a word typed are. */
  readonly last: string | null;
}

export type HistoryAction = DraftAction | { readonly type: 'undo' | 'redo' | 'settle' };

/** Changes that can be taken back. */
const MOST = 100;

export const beginHistory = (now: Draft): DraftHistory => ({ now, past: [], future: [], last: null });

export function reduceHistory(history: DraftHistory, action: HistoryAction): DraftHistory {
  const { now, past, future, last } = history;
  switch (action.type) {
    case 'undo': {
      const [before, ...rest] = past;
      return before ? { now: before, past: rest, future: [now, ...future], last: null } : history;
    }
    case 'redo': {
      const [after, ...rest] = future;
      return after ? { now: after, past: [now, ...past], future: rest, last: null } : history;
    }
    case 'settle':
      return last === null ? history : { ...history, last: null };
    case 'select':
      return { ...history, now: reduceDraft(now, action), last: null };
    default: {
      const next = reduceDraft(now, action);
      const name = nameOf(action);
      const isMore = name !== null && name === last;
      return { now: next, past: isMore ? past : [now, ...past].slice(0, MOST), future: [], last: name };
    }
  }
}

/** Null: each is a change of its own. */
function nameOf(action: DraftAction): string | null {
  switch (action.type) {
    case 'move':
    case 'resize':
      return `${action.type} ${action.id}`;
    case 'tag':
      return 'text' in action.patch ? `tag ${action.id}` : null;
    default:
      return null;
  }
}
