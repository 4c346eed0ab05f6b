/**
 * A document in pieces, each little enough that taking it out of a message costs a page no more than a frame: what a worker has read is
 * handed over whole in one message only where it is small.
 */
import type { Step, Token, Trajectory } from './schema';

export type RunPiece =
  /** All but the steps. */
  | { readonly piece: 'run'; readonly run: Trajectory }
  | { readonly piece: 'steps'; readonly steps: readonly Step[] }
  /** More tokens of the last step. */
  | { readonly piece: 'tokens'; readonly tokens: readonly Token[] };

/** Objects in a piece, about. */
const MOST_OBJECTS = 4_000;

const weightOf = ({ top }: Token): number => 1 + top.length;

/** Objects in a step's marks: corners too, of which a document has a bounded number. */
function marksOf(step: Step): number {
  const marks = 'marks' in step ? (step.marks ?? []) : [];
  return marks.reduce((sum, { shape }) => sum + 4 + (shape.kind === 'polygon' ? shape.points.length : 0), 0);
}

export function* piecesOf(run: Trajectory): Generator<RunPiece, void, undefined> {
  yield { piece: 'run', run: { ...run, steps: [] } };
  let steps: Step[] = [];
  let weight = 0;
  for (const step of run.steps) {
    const [first = [], ...more] = bundles(step.tokens);
    steps.push(more.length > 0 ? { ...step, tokens: [...first] } : step);
    weight += 10 + first.reduce((sum, token) => sum + weightOf(token), 0) + marksOf(step);
    if (weight < MOST_OBJECTS && more.length === 0) continue;
    yield { piece: 'steps', steps };
    for (const tokens of more) yield { piece: 'tokens', tokens };
    [steps, weight] = [[], 0];
  }
  if (steps.length > 0) yield { piece: 'steps', steps };
}

function bundles(tokens: readonly Token[]): readonly Token[][] {
  const all: Token[][] = [];
  let weight = MOST_OBJECTS;
  for (const token of tokens) {
    if (weight >= MOST_OBJECTS) {
      all.push([]);
      weight = 0;
    }
    all.at(-1)?.push(token);
    weight += weightOf(token);
  }
  return all;
}

export interface RunJoiner {
  take(piece: RunPiece): void;
  /** Null before the first piece. */
  run(): Trajectory | null;
}

export function joinPieces(): RunJoiner {
  let head: Trajectory | null = null;
  const steps: Step[] = [];
  return {
    take(piece) {
      if (piece.piece === 'run') head = piece.run;
      else if (piece.piece === 'steps') for (const step of piece.steps) steps.push(step);
      // The piece before it brought the step, which nobody else has yet.
      else for (const token of piece.tokens) steps.at(-1)?.tokens.push(token);
    },
    run: () => head && { ...head, steps },
  };
}
