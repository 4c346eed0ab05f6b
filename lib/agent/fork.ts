/**
 * A fork: a prefix of a run, a change, and the same loop behind it (run-agent.ts). Here the first two are made: what is kept, how the turn
 * that was changed begins, and what the new run says of where it comes from. Pure. Boxes are in pixels of the picture that has pixels of
 * its own (`rootOf`), as the canvas draws them.
 */
import { boxToView, clampBox, isEmpty, type ImageBox } from '@/lib/geometry';
import {
  isOpenCall,
  pictureOf,
  picturesNamedBy,
  picturesOf,
  rootOf,
  seenOf,
  wordsOf,
  type Alternative,
  type Json,
  type Step,
  type StepOf,
  type Trajectory,
} from '@/lib/trajectory';
import { isSameModel, modelOf } from './beginning';
import {
  saidByPerson,
  spellsItself,
  textOf,
  tokensOf,
  upToCharacter,
  withTokens,
  withWords,
  writtenTurn,
  type Begun,
  type WrittenTurn,
} from './begun';
import type { Dialect } from './contract';
import { situationOf } from './judge';
import type { Situation } from './tools/tool';
import { seenAs } from './tools/zoom';
import type { AgentRun } from './order';
import { withOtherCode } from './write-code';
import { renumber, writeLook } from './write-look';

/** What a person changes. `step` is an index of the run's steps. */
export type ForkChange =
  /** A look is moved: `step` is its call. */
  | { readonly kind: 'box'; readonly step: number; readonly box: ImageBox }
  /**
   * A look of one's own, in place of the next call or answer from `step` on; after the last step, of what would follow. `picture`: its id;
   * left out: the first that was given.
   */
  | { readonly kind: 'look'; readonly step: number; readonly box: ImageBox; readonly picture?: string | undefined }
  /** How the words of a thought, a call or an answer begin. */
  | { readonly kind: 'words'; readonly step: number; readonly text: string }
  /** Other code in a call that runs some; it is run again. */
  | { readonly kind: 'code'; readonly step: number; readonly text: string }
  /** Another of the likeliest tokens, by its place among `top`. */
  | { readonly kind: 'token'; readonly step: number; readonly token: number; readonly taken: number }
  /** Nothing but what the new run is ordered with: another model, other settings. */
  | { readonly kind: 'settings'; readonly step: number }
  /** A next question. */
  | { readonly kind: 'said'; readonly text: string };

/** What a run that is forked is ordered with, beside all that any run is. */
export type Fork = Required<Pick<AgentRun, 'from' | 'parent'>> & Pick<AgentRun, 'begun' | 'said'>;

/** `no-form`: the model's dialect has no words for it. `not-here`: there is no such step, or it is none that can be changed so. */
export type ForkProblem = 'not-here' | 'no-form' | 'outside' | 'cannot-go-on';

export type Forked = { readonly ok: true; readonly fork: Fork } | { readonly ok: false; readonly problem: ForkProblem };

/** The model that goes on. */
export type Goer = Pick<AgentRun, 'card' | 'device' | 'modelUrl' | 'engineName'> & { readonly dialect: Dialect };

const no = (problem: ForkProblem): Forked => ({ ok: false, problem });

export function forkOf(run: Trajectory, change: ForkChange, goer: Goer): Forked {
  if (change.kind === 'said') {
    const from = { ...run, status: 'running', stop: null } as const;
    return { ok: true, fork: { from, said: change.text, parent: parentOf(run, run.steps.length, change) } };
  }
  const at = changedAt(run, change);
  if (at === null) return no('not-here');
  const { turn, kept } = at;
  const from = prefixOf(run, turn);
  const theirs = turnSteps(run, turn);
  const isOwner = isOwn(run, theirs, goer);
  // Another model's tokens are in another dialect's tags.
  const steps = isOwner ? theirs : theirs.map((step) => ({ ...step, tokens: [] }));
  const written = writtenTurn(steps, goer.dialect);
  const made = begin(run, change, { ...goer, from, steps, written, kept });
  if (typeof made === 'string') return no(made);
  const begun = made && !isOwner ? saidByPerson(made) : made;
  if (begun && !begun.ends && !goer.card.can.goOn) return no('cannot-go-on');
  const shared = run.steps.findIndex((step) => step.turn === turn && isWritten(step));
  const same = (shared < 0 ? run.steps.length : shared) + kept;
  return { ok: true, fork: { from, ...(begun && { begun }), parent: parentOf(run, same, change) } };
}

/** The turn that is changed, and how many of its thoughts, calls and answers stay as they were. Null: there is nothing to change. */
function changedAt(
  run: Trajectory,
  change: Exclude<ForkChange, { kind: 'said' }>,
): { readonly turn: number; readonly kept: number } | null {
  const here = run.steps[change.step];
  const last = run.steps.reduce((latest, { turn }) => Math.max(latest, turn), 0);
  const place = (index: number) => {
    const { turn } = run.steps[index]!;
    return { turn, kept: run.steps.slice(0, index).filter((step) => step.turn === turn && isWritten(step)).length };
  };
  switch (change.kind) {
    case 'box':
    case 'code':
    case 'words':
    case 'token':
      return here && isWritten(here) ? place(change.step) : null;
    case 'look': {
      const next = run.steps.findIndex(
        (step, index) => index >= change.step && (step.type === 'call' || step.type === 'answer'),
      );
      return next < 0 ? { turn: last + 1, kept: 0 } : place(next);
    }
    case 'settings': {
      const next = run.steps.findIndex((step, index) => index >= change.step && isWritten(step));
      return next < 0 ? null : place(next);
    }
    default:
      return change satisfies never;
  }
}

type Written = StepOf<'think'> | StepOf<'call'> | StepOf<'answer'>;

function isWritten(step: Step): step is Written {
  return step.type === 'think' || step.type === 'call' || step.type === 'answer';
}

function turnSteps({ steps }: Trajectory, turn: number): readonly Written[] {
  return steps.filter((step): step is Written => step.turn === turn && isWritten(step));
}

interface Beginning extends Goer {
  readonly from: Trajectory;
  readonly steps: readonly Written[];
  readonly written: WrittenTurn;
  /** Index of the changed one among `steps`. */
  readonly kept: number;
}

/** How the changed turn begins; null where it is written from its first token on. */
function begin(
  run: Trajectory,
  change: Exclude<ForkChange, { kind: 'said' }>,
  beginning: Beginning,
): Begun | null | ForkProblem {
  const { written, kept, steps } = beginning;
  const step = steps[kept];
  const start = upToCharacter(written, written.starts[kept] ?? 0);
  const words = written.words[kept] ?? null;
  switch (change.kind) {
    case 'settings':
      return kept === 0 ? null : start;
    case 'words': {
      if (!step || !words) return 'not-here';
      const same = commonLength(wordsOf(step), change.text);
      const before = upToCharacter(written, words.from + same);
      return withWords(before, change.text.slice(same), 'person');
    }
    case 'code': {
      if (step?.type !== 'call' || !words) return 'not-here';
      const call = withOtherCode(step, change.text);
      if (call === null) return 'no-form';
      const same = commonLength(step.written, call);
      const changed = withWords(upToCharacter(written, words.from + same), call.slice(same), 'person');
      const rest = textOf(written.tokens).slice(words.to, written.starts[kept + 1] ?? 0);
      return { ...withTokens(changed, tokensOf(rest), 'model'), ends: true };
    }
    case 'token': {
      const token = step?.tokens[change.token];
      const taken = token?.top[change.taken];
      if (!step || !token || !taken || !steps.every(spellsItself)) return 'not-here';
      const index = steps.slice(0, kept).reduce((sum, { tokens }) => sum + tokens.length, 0) + change.token;
      const tokens = written.tokens.slice(0, index);
      const until = textOf(tokens).length;
      const before = { ...upToCharacter(written, until), tokens };
      return withTokens(before, [{ ...taken, text: textOfTaken(run, taken), top: token.top }], 'person');
    }
    case 'box':
    case 'look':
      return withLook(change, beginning, start);
    default:
      return change satisfies never;
  }
}

/** What ends a turn has no text of its own: the run's turns say which token that is. */
function textOfTaken({ steps }: Trajectory, { id, text }: Alternative): string {
  const ends = steps.some((step, index) => {
    const last = step.tokens.at(-1);
    return last?.id === id && last.text === '' && steps[index + 1]?.turn !== step.turn;
  });
  return ends || text === '' ? '' : text;
}

function withLook(
  change: Extract<ForkChange, { kind: 'box' | 'look' }>,
  { from, card, dialect, written, steps, kept }: Beginning,
  start: Begun,
): Begun | ForkProblem {
  const { kind, box } = change;
  const call = steps[kept]?.type === 'call' ? steps[kept] : null;
  const general = situationOf(from, card, dialect);
  const words = written.words[kept];
  if (kind === 'box' && (!call || isOpenCall(call))) return 'not-here';
  if (kind === 'box' && call?.place && words) {
    const root = rootOf(from.pictures, call.place.picture);
    const picture = from.pictures.find(({ id }) => id === call.place?.picture);
    if (root && picture) {
      const inside = clampBox<'image'>(boxToView(box, root.view), picture);
      if (isEmpty(inside)) return 'outside';
      const situation = { ...general, target: { picture, seen: seenOf(from, picture.id) ?? seenAs(card, picture) } };
      const found = renumber(call.written, inside, situation);
      if (found) {
        const until = upToCharacter(written, words.from + found.at.from);
        const moved = withWords(until, found.numbers, 'person');
        const end = written.starts[kept + 1] ?? 0;
        const rest = textOf(written.tokens).slice(words.from + found.at.to, end);
        return { ...withTokens(moved, tokensOf(rest), 'model'), ends: true };
      }
    }
  }
  const target = kind === 'look' && change.picture !== undefined ? targetOf(general, change.picture) : general.target;
  if (!target) return 'no-form';
  const inside = clampBox<'image'>(box, target.picture);
  if (isEmpty(inside)) return 'outside';
  const look = writeLook(inside, call?.label ?? '', { ...general, target });
  return look === null ? 'no-form' : { ...withWords(start, look, 'person'), ends: true };
}

/** A picture that a call can mean; null where it cannot mean that one. */
function targetOf({ run, card, dialect, target }: Situation, id: string): Situation['target'] {
  if (target?.picture.id === id) return target;
  const picture = picturesOf(run.given).includes(id) ? pictureOf(run.pictures, id) : null;
  if (!picture || dialect.several !== true) return null;
  return { picture, seen: seenOf(run, id) ?? seenAs(card, picture) };
}

function commonLength(a: string, b: string): number {
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
  // Never between the halves of a character.
  return same > 0 && /[\uD800-\uDBFF]/.test(a[same - 1]!) ? same - 1 : same;
}

/** Whether the steps are of the model that goes on: another's words are put into its mouth by who changes them. */
function isOwn({ models }: Trajectory, steps: readonly Step[], goer: Goer): boolean {
  const model = modelOf(goer);
  return steps.every((step) => {
    const by = models[step.model ?? 0];
    return by !== undefined && isSameModel(by, model);
  });
}

/** All before a turn, and the pictures that it speaks of. What a person said before the turn is kept. */
function prefixOf(run: Trajectory, turn: number): Trajectory {
  const steps = run.steps.filter((step) => step.turn < turn || (step.turn === turn && step.type === 'said'));
  const named = new Set([...picturesOf(run.given), ...steps.flatMap(picturesNamedBy)]);
  for (const { place } of run.truth?.places ?? []) named.add(place.picture);
  for (const picture of run.pictures.toReversed()) {
    if (picture.from === 'view' && named.has(picture.id)) named.add(picture.of);
  }
  return {
    ...run,
    steps,
    pictures: run.pictures.filter(({ id }) => named.has(id)),
    usage: run.usage.filter((usage) => usage.turn < turn),
    status: 'running',
    stop: null,
  };
}

function parentOf(run: Trajectory, steps: number, { kind, ...what }: ForkChange): NonNullable<Trajectory['parent']> {
  // Numbers, words and a box: JSON by its type, which a type of its own fields cannot say.
  return { runId: run.id, steps, change: { kind, json: what as unknown as Json } };
}
