/**
 * A run as its model is told it, turn by turn, with another picture or question in the place of one where that is wanted; and what the
 * model thinks of tokens behind it.
 */
import { conversationOf, createLook, frameOf, isSameModel, shownPictures, type Dialect } from '@/lib/agent';
import type { EngineImage, Message, ScoredToken, TurnPiece } from '@/lib/engine';
import type { Step, Token, Trajectory } from '@/lib/trajectory';
import { LensError, type LensMeans } from './contract';

/** What is another one; left out: as it was. */
export interface Changed {
  readonly question?: string;
  /** By the id of the picture of the run that it takes the place of. */
  readonly images?: ReadonlyMap<string, EngineImage>;
}

/** A token of the run, by its step and its place among the step's tokens. */
export interface TokenAt {
  readonly step: number;
  readonly token: number;
}

export interface ToldRun {
  readonly run: Trajectory;
  /** Turns that the model wrote, in order. */
  readonly turns: readonly number[];
  /** All that was told before a turn. */
  messages(turn: number, changed?: Changed): readonly Message[];
  /** The run's picture as the model saw it. */
  imageOf(picture: string): EngineImage;
  /** The tokens of a turn, in order. */
  tokensOf(turn: number): readonly (TokenAt & { readonly id: number })[];
  /** Scores pieces behind messages. @throws EngineError, the abort's reason */
  score(messages: readonly Message[], pieces: readonly TurnPiece[]): Promise<readonly ScoredToken[]>;
}

/** The steps that the model wrote. */
export const isWritten = (step: Step): boolean =>
  step.type === 'think' || step.type === 'call' || step.type === 'answer' || step.type === 'other';

/** @throws LensError where the run cannot be told, ImageError, EngineError */
export async function tellRun(run: Trajectory, means: LensMeans): Promise<ToldRun> {
  const { card, dialect, engine, signal } = means;
  if (!engine.score || !card.can.score) throw new LensError('no-score');
  const reader = run.steps.findLast(isWritten)?.model ?? 0;
  const wrote = run.models[reader];
  const mine = { id: card.id, name: card.name, version: card.version, device: 'unknown' as const };
  if (!wrote || !isSameModel(wrote, mine)) throw new LensError('other-model');
  if (run.steps.some(({ type }) => type === 'said')) throw new LensError('follow-up');
  const written = run.steps.filter(isWritten);
  const isOwn = ({ tokens, person, model = 0 }: Step) =>
    tokens.length > 0 && !person?.length && model === reader && tokens.every(({ id }: Token) => id !== null);
  if (written.length === 0 || !written.every(isOwn)) throw new LensError('no-tokens');

  const look = createLook(means.images, card, means.sourceOf);
  await look.prepare(run, shownPictures(run), signal);
  const tools = dialect.nativeTools?.(run.settings?.tools ?? [], frameOf(dialect, card)) ?? [];
  return {
    run,
    turns: [...new Set(written.map(({ turn }) => turn))],
    imageOf: look.imageOf,
    messages(turn, { question, images } = {}) {
      const given = question === undefined ? run.given : withQuestion(run.given, question);
      const before = { ...run, given, steps: run.steps.filter((step) => step.turn < turn) };
      return conversationOf(before, dialect, (id) => images?.get(id) ?? look.imageOf(id), reader);
    },
    tokensOf: (turn) =>
      run.steps.flatMap((step, index) =>
        step.turn === turn && isWritten(step)
          ? step.tokens.map(({ id }, token) => ({ step: index, token, id: id! }))
          : [],
      ),
    async score(messages, pieces) {
      signal.throwIfAborted();
      const request = { messages, continuation: { pieces }, ...(tools.length > 0 && { tools }) };
      const scored: ScoredToken[] = [];
      for await (const event of engine.score!(request, signal)) {
        if (event.type === 'tokens') scored.push(...event.tokens);
        if (event.type === 'end' && event.reason === 'abort') signal.throwIfAborted();
      }
      if (scored.length === 0) throw new LensError('no-score');
      return scored;
    },
  };
}

function withQuestion(given: Trajectory['given'], question: string): Trajectory['given'] {
  const first = given.findIndex((part) => 'text' in part);
  return given.flatMap((part, index): Trajectory['given'] => {
    if (!('text' in part)) return [part];
    return index === first ? [{ text: question }] : [];
  });
}

/** Σ log p of those tokens whose characters lie, even in part, in a stretch of the text that all of them spell. */
export function logprobWithin(tokens: readonly ScoredToken[], from: number, to: number): number {
  let at = 0;
  let sum = 0;
  for (const { text, logprob } of tokens) {
    const end = at + text.length;
    // A token without text begins a character that the next one ends.
    if (end > from && at < to) sum += logprob;
    at = end;
  }
  return sum;
}

/** What a turn's text answers, as its dialect reads it; '' where it answers nothing. */
export function answerIn(text: string, dialect: Dialect): string {
  const parser = dialect.parser();
  return [...parser.push(text), ...parser.end('complete')]
    .flatMap((event) => (event.type === 'answer-delta' ? [event.text] : []))
    .join('')
    .trim();
}
