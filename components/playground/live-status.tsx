'use client';
/**
 * Tells those who cannot see the page what happens, once a step and never once a token.
 */
import { useSession, type SessionState } from '@/lib/session';

/** One sentence for the state of the page; empty when nothing is worth saying. */
export function statusText(state: SessionState): string {
  if (state.phase === 'opening') return 'Opening the picture.';
  if (state.phase === 'loading') {
    if (state.load?.phase === 'compile') return 'Compiling the model.';
    if (state.load?.phase === 'wait') return 'Waiting for another page of Loupe to finish.';
    if (state.load?.phase === 'self-test') return 'Checking the model.';
    return 'Loading the model.';
  }
  const { trajectory } = state;
  const last = trajectory?.steps.at(-1);
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
  if (!trajectory) return state.source ? `Picture ready: ${state.source.ref.name}.` : '';
  const answer = trajectory.steps.findLast((step) => step.type === 'answer');
  if (trajectory.status === 'stopped') return 'Stopped.';
  if (trajectory.status === 'failed') return 'The run failed.';
  return answer ? `Answer: ${answer.text}` : 'The run ended without an answer.';
}

export function LiveStatus() {
  const text = useSession(statusText);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
