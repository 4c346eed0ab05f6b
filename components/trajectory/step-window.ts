/**
 * Which steps of a long run are made: the last ones before the cursor, as many as a page can draw at once. The others come when they are
 * asked for.
 */
import { useState } from 'react';
import { wordsOf, type Step } from '@/lib/trajectory';

/** Elements, about. */
const BUDGET = 3_000;
const OF_A_STEP = 40;
/** A step of more words is drawn in part (token-text.tsx). */
export const MOST_TOKENS = 1_500;
/** So many letters without tokens are laid out about as fast as an element is made; of a step no more are drawn (long-text.tsx). */
const LETTERS = 40;
const MOST_LETTERS = 20_000;

/** What a step takes to draw, in elements. */
function weightOf(step: Step | undefined): number {
  if (!step) return OF_A_STEP;
  const tokens = Math.min(MOST_TOKENS, step.tokens.length);
  return OF_A_STEP + (tokens > 0 ? tokens : Math.floor(lettersOf(step) / LETTERS));
}

function lettersOf(step: Step): number {
  if (step.type !== 'result' && step.type !== 'said') return Math.min(MOST_LETTERS, wordsOf(step).length);
  return step.parts.reduce((sum, part) => sum + ('text' in part ? Math.min(MOST_LETTERS, part.text.length) : 0), 0);
}

/** The first of the steps before `end` that fits with all behind it into `budget`; the last one always does. */
export function windowStart(steps: readonly Step[], end: number, budget: number): number {
  let left = budget;
  for (let at = end - 1; at > 0; at -= 1) {
    left -= weightOf(steps[at]);
    if (left < OF_A_STEP) return at;
  }
  return 0;
}

/** @param runId another run begins anew */
export function useStepWindow(runId: string, visible: readonly Step[]) {
  const [asked, setAsked] = useState({ runId, budget: BUDGET });
  const budget = asked.runId === runId ? asked.budget : BUDGET;
  const first = windowStart(visible, visible.length, budget);
  return { first, showEarlier: () => setAsked({ runId, budget: budget + BUDGET }) };
}
