/**
 * A loaded model's grammars: the vocabulary is laid out when the first turn asks for one, and grammars are kept, because the
 * turns of a run share theirs.
 */
import type { CallGrammar } from '../../../call-grammar';
import {
  compileGrammar,
  createVocabulary,
  type CompiledGrammar,
  type Constraint,
  type TokenTexts,
  type TurnStart,
  type Vocabulary,
} from './constraint';

/** @throws EngineError `bad-request`, `unsupported-model` (see `compileGrammar`) */
export type Constrain = (grammar: CallGrammar, turn: TurnStart) => Constraint;

/** A run needs two: with a call, and without one in its last turn. */
const KEPT = 4;

/** @param vocab number of logits */
export function createConstrain(texts: TokenTexts, stopIds: readonly number[], vocab: number): Constrain {
  let vocabulary: Vocabulary | null = null;
  const kept = new Map<string, CompiledGrammar>();
  return (grammar, turn) => {
    const key = JSON.stringify(grammar);
    let compiled = kept.get(key);
    if (!compiled) {
      vocabulary ??= createVocabulary(texts, stopIds, vocab);
      compiled = compileGrammar(grammar, vocabulary);
      kept.set(key, compiled);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? key);
    }
    return compiled.begin(turn);
  };
}
