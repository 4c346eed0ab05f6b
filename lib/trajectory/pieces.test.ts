/** A run that crosses in pieces is the same run, and no piece is large. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyTrajectory } from './fixtures/arbitrary';
import { goldenRun } from './fixtures/golden-run';
import { joinPieces, piecesOf } from './pieces';
import type { Trajectory } from './schema';

function joined(run: Trajectory): Trajectory | null {
  const joiner = joinPieces();
  for (const piece of piecesOf(run)) joiner.take(structuredClone(piece));
  return joiner.run();
}

it('joins to the same run, whatever it is', () => {
  fc.assert(
    fc.property(anyTrajectory, (run) => {
      expect(joined(run)).toEqual(run);
    }),
    { numRuns: 50 },
  );
});

it('cuts a step of very many tokens', () => {
  const run = goldenRun('5-two-calls-in-one-turn');
  const [step] = run.steps;
  if (!step) throw new Error('the golden run has steps');
  const top = Array.from({ length: 5 }, () => ({ id: 1, text: 'a', logprob: -1 }));
  const tokens = Array.from({ length: 20_000 }, (_, id) => ({ id, text: 'a', logprob: -1, top }));
  const long = { ...run, steps: [{ ...step, tokens }, ...run.steps] };
  const pieces = [...piecesOf(long)];
  expect(pieces.length).toBeGreaterThan(20);
  for (const piece of pieces) if (piece.piece === 'tokens') expect(piece.tokens.length).toBeLessThan(1000);
  expect(joined(long)).toEqual(long);
  // What was cut is still whole.
  expect(long.steps[0]?.tokens).toHaveLength(20_000);
});
