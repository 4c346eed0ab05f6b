'use client';
/**
 * Tells those who cannot see the page what happens, once a step and never once a token.
 */
import { useSession, type SessionState } from '@/lib/session';
import type { Words } from '@/lib/words';
import { usePlaygroundWords } from '@/lib/words/playground';

/** One sentence for the state of the page; empty when nothing is worth saying. */
export function statusText(state: SessionState, words: Words['playground']['status']): string {
  if (state.phase === 'opening') return words.opening;
  if (state.phase === 'loading') {
    if (state.load?.phase === 'compile') return words.compiling;
    if (state.load?.phase === 'wait') return words.waiting;
    if (state.load?.phase === 'self-test') return words.checking;
    return words.loading;
  }
  const { trajectory } = state;
  const last = trajectory?.steps.at(-1);
  if (state.phase === 'running') {
    if (!last) return words.looking;
    if (last.type === 'call') return words.looksCloser(last.turn, last.label);
    if (last.type === 'result') return last.refused ? words.refused(last.turn) : words.gotCrop(last.turn);
    return last.type === 'answer' ? words.answers : words.thinks(last.turn);
  }
  if (!trajectory) return state.source ? words.ready(state.source.ref.name) : '';
  const answer = trajectory.steps.findLast((step) => step.type === 'answer');
  if (trajectory.status === 'stopped') return words.stopped;
  if (trajectory.status === 'failed') return words.failed;
  return answer ? words.answer(answer.text) : words.noAnswer;
}

export function LiveStatus() {
  const words = usePlaygroundWords().status;
  const text = useSession((state) => statusText(state, words));
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
