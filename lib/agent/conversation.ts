/**
 * What a model has been told so far, read from the run alone: message for message and token for token what the loop sent, for every
 * prefix of a run. A turn whose tokens were not kept is written out in its dialect.
 */
import type { Message, MessageContent } from '@/lib/engine';
import { picturesOf, type Part, type Step, type Trajectory } from '@/lib/trajectory';
import { isSameModel } from './beginning';
import { spellsItself, textOf, turnPieces } from './begun';
import type { Dialect, ImageOf } from './contract';
import { TOOLS } from './tools';

/**
 * @param imageOf every picture that the run shows to the model
 * @param reader which of the run's models is told; left out: the one that wrote last
 */
export function conversationOf(
  run: Trajectory,
  dialect: Dialect,
  imageOf: ImageOf,
  reader = lastModel(run),
): readonly Message[] {
  const content = (parts: readonly Part[]): MessageContent[] =>
    parts.map((part) =>
      'text' in part ? { type: 'text', text: part.text, typed: true } : { type: 'image', image: imageOf(part.picture) },
    );
  const messages: Message[] = [
    ...dialect.opening({
      systemPrompt: run.systemPrompt,
      given: content(run.given),
      tools: (run.settings?.tools.length ?? 0) > 0,
    }),
  ];
  const isNamed = dialect.several === true && picturesOf(run.given).length > 1;
  let looks = 0;
  let shown = picturesOf(run.given).length;
  for (const turn of turnsOf(run)) {
    const said = turn.filter((step) => step.type === 'said');
    for (const step of said) {
      messages.push(dialect.said(content(step.parts)));
      shown += picturesOf(step.parts).length;
    }
    const written = turn.filter(({ type }) => type !== 'result' && type !== 'said');
    if (written.length === 0) continue;
    const isOwn = written.every((step) => isReaders(run, step, reader));
    messages.push(spoken(written, dialect, isOwn));
    for (const step of turn) {
      if (step.type !== 'result') continue;
      const tool = calledName(turn, step.callId);
      if (step.refused === null) {
        looks += 1;
        messages.push(dialect.result(content(step.parts), tool, looks, isNamed ? shown + 1 : undefined));
        shown += picturesOf(step.parts).length;
      } else if (step.refused.told !== '') messages.push(dialect.refusal(step.refused.told, tool));
    }
  }
  return messages;
}

/** What the model called a tool by: of one that this app has the call says its id, of others the name that was written. */
function calledName(turn: readonly Step[], callId: string): string {
  const called = turn.flatMap((step) => (step.type === 'call' && step.callId === callId ? [step.tool] : [])).join('');
  return TOOLS.find(({ id }) => id === called)?.name ?? called;
}

function turnsOf({ steps }: Trajectory): readonly (readonly Step[])[] {
  const turns = new Map<number, Step[]>();
  for (const step of steps) {
    const turn = turns.get(step.turn);
    if (turn) turn.push(step);
    else turns.set(step.turn, [step]);
  }
  return [...turns.values()];
}

function lastModel({ steps }: Trajectory): number {
  return steps.findLast(({ type }) => type !== 'result')?.model ?? 0;
}

/** Whether a step's tokens are the reader's own, and those of its words: a document may have been edited since. */
function isReaders({ models }: Trajectory, step: Step, reader: number): boolean {
  const [by, of] = [models[step.model ?? 0], models[reader]];
  return (!step.person?.length || spellsItself(step)) && by !== undefined && of !== undefined && isSameModel(by, of);
}

/** @param isOwn whether the tokens, where they were kept, mean to the reader what they say */
function spoken(steps: readonly Step[], dialect: Dialect, isOwn: boolean): Message {
  const tokens = isOwn ? steps.flatMap((step) => step.tokens) : [];
  const text = tokens.length > 0 ? textOf(tokens) : dialect.write(steps);
  // All of them or none: a turn of which some ids are missing is another turn, unless a person wrote there.
  const isKnown = tokens.every(({ id }) => id !== null) || steps.some(({ person }) => person?.length);
  const tokenIds = isKnown ? turnPieces(tokens) : [];
  const isTold = tokenIds.some((piece) => typeof piece === 'number');
  return { role: 'assistant', text, ...(isTold && { tokenIds }) };
}
