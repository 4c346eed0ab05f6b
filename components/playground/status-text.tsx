'use client';
/** What live-status.tsx says, once a step and never once a token. */
import { usePlayer, type PlayerState } from '@/lib/player';
import { useSession, type SessionState } from '@/lib/session';
import type { Words } from '@/lib/words';
import { useStatusWords } from '@/lib/words/status';

/** One sentence for the state of the page; empty when nothing is worth saying. */
function statusText(
  state: Pick<SessionState, 'phase' | 'load'>,
  { run, source }: Pick<PlayerState, 'run' | 'source'>,
  words: Words['status'],
): string {
  if (state.phase === 'opening') return words.opening;
  if (state.phase === 'loading') {
    if (state.load?.phase === 'compile') return words.compiling;
    if (state.load?.phase === 'wait') return words.waiting;
    if (state.load?.phase === 'self-test') return words.checking;
    return words.loading;
  }
  const last = run?.steps.at(-1);
  if (state.phase === 'running') {
    if (!last) return words.looking;
    if (last.type === 'call') return words.looksCloser(last.turn, last.label);
    if (last.type === 'result') return last.refused ? words.refused(last.turn) : words.gotCrop(last.turn);
    return last.type === 'answer' ? words.answers : words.thinks(last.turn);
  }
  if (!run) return source ? words.ready(source.ref.name) : '';
  const answer = run.steps.findLast((step) => step.type === 'answer');
  if (run.status === 'stopped') return words.stopped;
  if (run.status === 'failed') return words.failed;
  return answer ? words.answer(answer.text) : words.noAnswer;
}

export function StatusText() {
  const words = useStatusWords();
  const state = useSession((session) => session);
  return usePlayer((shown) => statusText(state, shown, words));
}
