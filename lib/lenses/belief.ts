/**
 * Belief after each look (the potential of AntiSD, arXiv 2605.11609, with looks in the place of tokens). Before the run the model is asked
 * without tools, which it knows how to answer; after a look the reading sentence of its dialect is said, and its answer's part scored;
 * after the last thought, the answer. Models without such a sentence are asked after each of their own thoughts.
 */
import { frameOf } from '@/lib/agent';
import type { MessageContent, TurnPiece } from '@/lib/engine';
import type { Belief, BeliefPoint } from '@/lib/review/lenses';
import { chanceOf, readQuestion } from '@/lib/scene';
import { answerOf, questionOf, type Step, type Trajectory } from '@/lib/trajectory';
import { LensError, type LensMeans } from './contract';
import { readingSentence } from './reading-sentence';
import { isWritten, logprobWithin, tellRun } from './told-run';

interface Asked {
  readonly cursor: number;
  readonly moment: BeliefPoint['moment'];
  readonly messages: Parameters<Awaited<ReturnType<typeof tellRun>>['score']>[0];
  /** What stands before the answer: tokens of the run, or nothing. */
  readonly begun: readonly number[];
  readonly begins: string;
  readonly before: string;
  readonly after: string;
}

/**
 * @param truth what is accepted, where that is known: the first is scored; null: the run's own answer
 * @throws LensError, and what the engine and the pictures throw
 */
export async function measureBelief(
  run: Trajectory,
  truth: readonly string[] | null,
  means: LensMeans,
): Promise<Belief> {
  const { dialect, card } = means;
  const told = await tellRun(run, means);
  const answer = truth?.[0] ?? answerOf(run)?.trim() ?? '';
  if (answer === '') throw new LensError('no-answer');
  const kind = readQuestion(questionOf(run))?.kind ?? null;
  const sentence = readingSentence(dialect.id, kind);
  const [answerBefore, answerAfter] = around(dialect.write([said('answer')]));
  const given = run.given.map((part): MessageContent =>
    'text' in part
      ? { type: 'text', text: part.text, typed: true }
      : { type: 'image', image: told.imageOf(part.picture) },
  );
  const systemPrompt = dialect.systemPrompt(false, frameOf(dialect, card));
  const nothing = { begun: [], begins: '' };
  const ends = { before: answerBefore, after: answerAfter };
  const asked: Asked[] = [
    {
      cursor: 0,
      moment: 'before',
      messages: dialect.opening({ systemPrompt, given, tools: false }),
      ...nothing,
      ...ends,
    },
  ];
  const last = told.turns.at(-1)!;
  for (const turn of told.turns) {
    const steps = run.steps.flatMap((step, index) => (step.turn === turn ? [{ step, index }] : []));
    const spoken = steps.filter(({ step }) => isWritten(step));
    const end = spoken.find(({ step }) => step.type !== 'think')?.index ?? spoken.at(-1)!.index + 1;
    if (turn === last || !sentence) {
      const tokens = run.steps.slice(spoken[0]!.index, end).flatMap((step) => step.tokens);
      const begun = tokens.map(({ id }) => id!);
      const begins = tokens.map(({ text }) => text).join('');
      asked.push({ cursor: end, moment: 'thought', messages: told.messages(turn), begun, begins, ...ends });
    }
    const result = steps.find(({ step }) => step.type === 'result' && step.refused === null);
    if (sentence && result) {
      const [open, close] = around(dialect.write([said('think')]));
      const before = open + sentence.before;
      const after = sentence.after + close;
      asked.push({
        cursor: result.index + 1,
        moment: 'look',
        messages: told.messages(turn + 1),
        ...nothing,
        before,
        after,
      });
    }
  }
  asked.sort((a, b) => a.cursor - b.cursor);
  const points: BeliefPoint[] = [];
  for (const { cursor, moment, messages, begun, begins, before, after } of asked) {
    const pieces: TurnPiece[] = [...begun, before + answer + after];
    const scored = await told.score(messages, pieces);
    const from = begins.length + before.length;
    points.push({ moment, cursor, logprob: logprobWithin(scored, from, from + answer.length) });
    means.told(points.length, asked.length);
  }
  return { answer, isTruth: truth !== null, chance: kind === null ? null : chanceOf(kind) || null, points };
}

/** Stands where the words will. */
const MARK = '\uE010';

function said(type: 'think' | 'answer'): Step {
  return { type, text: MARK, turn: 1, span: null, tokens: [] };
}

function around(written: string): readonly [string, string] {
  const [before = '', after = ''] = written.split(MARK);
  return [before, after];
}
