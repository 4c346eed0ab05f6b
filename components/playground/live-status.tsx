'use client';
/**
 * Tells those who cannot see the page what happens, once a step and never once a token.
 */
import { usePlayer, type PlayerState } from '@/lib/player';
import { useSession, type SessionState } from '@/lib/session';

/** One sentence for the state of the page; empty when nothing is worth saying. */
export function statusText(
  state: Pick<SessionState, 'phase' | 'load'>,
  { run, source }: Pick<PlayerState, 'run' | 'source'>,
): string {
  if (state.phase === 'opening') return 'Opening the picture.';
  if (state.phase === 'loading') {
    if (state.load?.phase === 'compile') return 'Compiling the model.';
    if (state.load?.phase === 'wait') return 'Waiting for another page of Loupe to finish.';
    if (state.load?.phase === 'self-test') return 'Checking the model.';
    return 'Loading the model.';
  }
  const last = run?.steps.at(-1);
  if (state.phase === 'running') {
    if (!last) return 'The model is looking at the picture.';
    if (last.type === 'call') return `Turn ${last.turn}: it looks closer at ${last.label || 'a part of the picture'}.`;
    if (last.type === 'result') {
      return last.refused
        ? `Turn ${last.turn}: a call could not be carried out.`
        : `Turn ${last.turn}: it got the crop.`;
    }
    return last.type === 'answer' ? 'It answers.' : `Turn ${last.turn}: it thinks.`;
  }
  if (!run) return source ? `Picture ready: ${source.ref.name}.` : '';
  const answer = run.steps.findLast((step) => step.type === 'answer');
  if (run.status === 'stopped') return 'Stopped.';
  if (run.status === 'failed') return 'The run failed.';
  return answer ? `Answer: ${answer.text}` : 'The run ended without an answer.';
}

export function LiveStatus() {
  const state = useSession((session) => session);
  const text = usePlayer((shown) => statusText(state, shown));
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
