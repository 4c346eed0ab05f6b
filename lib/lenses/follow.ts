/**
 * Thought or picture, by intervention (CREDIT's question): the last turn's thought is kept and another crop stands in the place of the last
 * one, or the crop is kept and what the thought says was read is overwritten; then the model answers.
 */
import { textOf, turnPieces } from '@/lib/agent';
import type { Message, TurnPiece } from '@/lib/engine';
import type { Follow, FollowTrial } from '@/lib/review/lenses';
import { isRight, readQuestion } from '@/lib/scene';
import { answerOf, questionOf, type Trajectory } from '@/lib/trajectory';
import { LensError, type Draw, type LensMeans } from './contract';
import { lastView } from './draw';
import { seeDraws } from './others';
import { answerIn, tellRun } from './told-run';

/** More than any answer to a tag takes. */
const MOST_TOKENS = 48;

/** Questions of which one tag is the answer: another tag in the crop is another answer. */
const ONE_TAG = new Set(['read-tag', 'tag-color', 'dot-color', 'count-dots']);

/** @throws LensError, and what the engine and the pictures throw */
export async function measureFollow(run: Trajectory, draws: readonly Draw[], means: LensMeans): Promise<Follow> {
  const { engine, dialect, signal, card } = means;
  const told = await tellRun(run, means);
  const answer = answerOf(run)?.trim() ?? '';
  const at = run.steps.findLastIndex(({ type }) => type === 'answer');
  const turn = run.steps[at]?.turn;
  if (answer === '' || turn === undefined) throw new LensError('no-answer');
  if (!card.can.goOn) throw new LensError('no-score');
  const thought = run.steps.filter((step, index) => step.turn === turn && index < at).flatMap(({ tokens }) => tokens);
  const crop = lastView(run);
  const kind = readQuestion(questionOf(run))?.kind ?? null;
  const others = crop === null ? [] : await seeDraws(draws, means);
  const edits = editsOf(run, textOf(thought), answer, draws);
  const isTag = kind === null || ONE_TAG.has(kind);
  const swaps = isTag ? others : [];
  const total = swaps.length + edits.length;
  if (total === 0) throw new LensError('no-others');
  let done = 0;

  const answers = async (messages: readonly Message[], begun: readonly TurnPiece[], begins: string) => {
    let text = begins;
    const sampling = { temperature: 0, topP: 1, topK: 0, seed: 0 };
    const request = { messages, begun, sampling, maxNewTokens: thought.length + MOST_TOKENS };
    signal.throwIfAborted();
    for await (const event of engine.generate(request, signal)) if (event.type === 'token') text += event.text;
    signal.throwIfAborted();
    done += 1;
    means.told(done, total);
    return answerIn(text, dialect);
  };

  const trials: FollowTrial[] = [];
  for (const other of swaps) {
    const messages = told.messages(turn, { images: new Map([[crop!, other.crop]]) });
    const given = await answers(messages, turnPieces(thought), textOf(thought));
    const says = kind === null ? null : [...other.says];
    const followed = says && isRight(given, says) ? 'picture' : isRight(given, [answer]) ? 'thought' : 'neither';
    trials.push({ change: 'crop', pictureSays: says, thoughtSays: answer, answer: given, followed });
  }
  for (const { text, says } of edits) {
    const given = await answers(told.messages(turn), [text], text);
    const followed = isRight(given, [says]) ? 'thought' : isRight(given, [answer]) ? 'picture' : 'neither';
    trials.push({ change: 'thought', pictureSays: [answer], thoughtSays: says, answer: given, followed });
  }
  return { trials };
}

interface Edit {
  readonly text: string;
  /** What one who follows it answers. */
  readonly says: string;
}

/**
 * Another reading in the place of the thought's: where it names the answer, those of the draws; where it compares two numbers, the one in
 * the place of the other. None where there is no reading in it.
 */
export function editsOf(run: Trajectory, thought: string, answer: string, draws: readonly Draw[]): readonly Edit[] {
  const named = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(answer)}(?![\\p{L}\\p{N}])`, 'gu');
  const asked = readQuestion(questionOf(run));
  if (asked?.kind === 'larger-number') {
    const [first, second] = [...new Set(thought.match(/\d+/g) ?? [])];
    const other = asked.nouns.find((noun) => noun !== answer);
    if (first === undefined || second === undefined || other === undefined) return [];
    const text = thought.replace(/\d+/g, (found) => (found === first ? second : found === second ? first : found));
    return [{ text, says: other }];
  }
  if (!named.test(thought)) return [];
  return draws.flatMap(({ says: [says] }) =>
    says === undefined || isRight(says, [answer]) ? [] : [{ text: thought.replace(named, () => says), says }],
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
