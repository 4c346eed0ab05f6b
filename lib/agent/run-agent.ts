/**
 * The loop: think, look closer, think again, answer (DeepEyes, arXiv 2505.14362; docs/protocol.md N8 to N13). It turns what a person
 * gave into the stream of events a trajectory is made of, and knows neither a page nor a worker, nor any tool by name. It remembers
 * nothing but the trajectory, so that a run that is continued from any prefix is the same loop. What a model gets wrong is a refusal; what
 * goes wrong around it ends the run as `failed` with a code; nothing is thrown.
 */
import type { CallGrammar, EngineProblem, GenerateEvent, Message, ModelCard, ToldUsage, TurnPiece } from '@/lib/engine';
import { ImageError, type SourceImage } from '@/lib/image';
import { readAnswer } from '@/lib/notations';
import { fitName, foldEvent, givenPictures, isOpenCall, TRAJECTORY_LIMITS } from '@/lib/trajectory';
import type { StepOf, StopReason, Token, Trajectory, TrajectoryEvent } from '@/lib/trajectory';
import { writePhrase } from '@/lib/words/phrase';
import { beginning, modelIndex } from './beginning';
import { piecesOf, turnPieces, type Begun } from './begun';
import type { Dialect } from './contract';
import { conversationOf } from './conversation';
import { findDialect } from './dialects';
import { boundsOf, judge, repeatsOf, situationOf, TOO_MANY, toldOf, type Verdict } from './judge';
import { createLook, pixelsOf, type Look } from './look';
import type { AgentRun } from './order';
import { roomOf, type Room } from './room';
import { shownPictures } from './shown-pictures';
import { callsSinceAsked, stateOf, stopReasonOf, type RunState } from './stop-conditions';
import { TOOLS } from './tools';
import type { Means } from './tools/tool';
import { seenAs } from './tools/zoom';
import { createTurnScribe, type TurnScribe } from './turn-scribe';

type End = Omit<Extract<TrajectoryEvent, { type: 'run-end' }>, 'at' | 'type'>;
type Told<R> = AsyncGenerator<TrajectoryEvent, R, undefined>;

/**
 * Streams a run from `run-start` to `run-end`. Aborting ends it as `stopped` within one token; an `EngineError` or
 * `ImageError` ends it as `failed` with that error's code and keeps every finished step.
 */
export async function* runAgent(order: AgentRun): AsyncGenerator<TrajectoryEvent, void, undefined> {
  const began = order.now();
  const dialect = order.dialect ?? findDialect(order.card.dialect);
  let run: Trajectory | null = null;
  // Steps that were there before took their time before this run began.
  let before = 0;
  const at = (): number => before + Math.max(0, order.now() - began);
  const take = (told: TrajectoryEvent): TrajectoryEvent => {
    const event = withMarks(told, run);
    run = foldEvent(run, event);
    return event;
  };
  for (const event of beginning(order, dialect)) {
    before = Math.max(before, event.at);
    yield take(event);
  }
  const loop = converse(order, dialect, at, () => run!);
  try {
    for (;;) {
      const { done, value } = await loop.next();
      if (done) return void (yield { type: 'run-end', at: at(), ...value });
      yield take(value);
    }
  } finally {
    // Nobody listens any more: the engine is let go of, too.
    await loop.return({ status: 'stopped', reason: 'abort', message: '', code: null });
  }
}

/** An answer in words may point at places all the same. */
function withMarks(event: TrajectoryEvent, run: Trajectory | null): TrajectoryEvent {
  const step = run?.steps.at(-1);
  if (event.type !== 'answer-end' || !run || step?.type !== 'answer' || event.marks) return event;
  const { marks } = readAnswer(run, run.steps.length - 1, step.text, {}, run.models[step.model ?? 0]?.name);
  return marks.length > 0 ? { ...event, marks: [...marks] } : event;
}

/** Turn after turn until a stop condition holds; never throws. `run` is the trajectory as folded so far. */
async function* converse(order: AgentRun, dialect: Dialect | null, at: () => number, run: () => Trajectory): Told<End> {
  const { card, signal } = order;
  if (dialect === null) {
    const message = writePhrase({ code: 'unknown-dialect', params: { dialect: card.dialect } } satisfies EngineProblem);
    return { status: 'failed', reason: 'error', message, code: 'unsupported-model' };
  }
  const sources = new Map(order.given.flatMap((one) => ('source' in one ? [[one.source.ref.hash, one.source]] : [])));
  const fileOf = (hash: string): SourceImage | null => sources.get(hash) ?? null;
  const keepFile = (file: SourceImage) => {
    sources.set(file.ref.hash, file);
    return order.onFile?.(file);
  };
  const look = createLook(order.images, card, fileOf);
  const carrying = { card, dialect, look, signal, at, means: meansOf(order, fileOf, run), keepFile };
  const writer: { scribe: TurnScribe | null } = { scribe: null };
  try {
    let turn = lastTurn(run());
    yield* settleCalls(run, turn, null, carrying);
    for (let { begun } = order; ; begun = undefined) {
      signal.throwIfAborted();
      turn += 1;
      yield { type: 'turn-start', at: at(), turn };
      const ended = yield* write(order, dialect, turn, { look, writer, at, run, begun });
      const reason = stopReasonOf(stateOf(run(), turn, ended));
      yield* settleCalls(run, turn, reason, carrying);
      if (reason !== null) return finished(reason);
    }
  } catch (error) {
    if (writer.scribe !== null) yield* writer.scribe.end('interrupted', at());
    return signal.aborted ? finished('abort') : failed(error);
  }
}

function meansOf(
  { images, search = null, sandbox = null }: AgentRun,
  fileOf: Means['fileOf'],
  run: () => Trajectory,
): Omit<Means, 'callId'> {
  return {
    search,
    sandbox,
    fileOf,
    pixelsOf: (picture, most, signal) => pixelsOf(images, run(), picture, { fileOf, most, signal }),
    openPicture: (bytes, name, signal) => {
      if (!images.open) throw new ImageError('worker-failed', 'not-here');
      return images.open(bytes, name, signal);
    },
  };
}

function lastTurn({ steps }: Trajectory): number {
  return steps.reduce((latest, { turn }) => Math.max(latest, turn), 0);
}

interface Carrying {
  readonly card: ModelCard;
  readonly dialect: Dialect;
  readonly look: Look;
  readonly signal: AbortSignal;
  readonly at: () => number;
  readonly means: Omit<Means, 'callId'>;
  readonly keepFile: (file: SourceImage) => void | Promise<void>;
}

/**
 * Carries out or refuses the calls of a turn that wait for a result. Where the run ends with this turn (`ending`) nothing is carried out
 * and nobody is told.
 */
async function* settleCalls(
  run: () => Trajectory,
  turn: number,
  ending: StopReason | null,
  { card, dialect, look, signal, at, means, keepFile }: Carrying,
): Told<void> {
  const waiting = waitingCalls(run(), turn);
  const preferred = waiting.findLastIndex(({ written }) => dialect.prefers?.(written) === true);
  const last = preferred < 0 ? waiting.length - 1 : preferred;
  for (const [index, call] of waiting.entries()) {
    const start = at();
    if (dialect.carriesOut === 'last' && index !== last) {
      // Nobody is told: the model wrote over it.
      const refused = { problem: 'superseded', told: '' };
      yield { type: 'result', turn, callId: call.callId, start, at: start, parts: [], refused };
      continue;
    }
    const situation = situationOf(run(), card, dialect);
    const verdict = ending === null && isTooMany(call, run(), dialect) ? TOO_MANY : judgeAgain(call, run(), situation);
    const result = { type: 'result' as const, turn, callId: call.callId, start };
    if (verdict.plan === null) {
      const problem = verdict.problem ?? 'refused';
      const told = ending === null ? toldOf(problem, verdict, situation, call.written) : '';
      yield { ...result, at: at(), parts: [], refused: { problem, told } };
    } else if (ending === null) {
      const { pictures, parts, files = [] } = await verdict.plan.carryOut(signal, { ...means, callId: call.callId });
      for (const file of files) await keepFile(file);
      const shown = { ...run(), pictures: [...run().pictures, ...pictures] };
      await look.prepare(
        shown,
        pictures.map(({ id }) => id),
        signal,
      );
      for (const picture of pictures) yield { type: 'picture', at: at(), picture };
      yield { ...result, at: at(), parts, refused: null };
    }
  }
}

function waitingCalls({ steps }: Trajectory, turn: number): readonly StepOf<'call'>[] {
  const answered = new Set(steps.flatMap((step) => (step.type === 'result' ? [step.callId] : [])));
  return steps.filter(
    (step): step is StepOf<'call'> =>
      step.type === 'call' && step.turn === turn && !isOpenCall(step) && !answered.has(step.callId),
  );
}

/** Of several calls in a turn those that are more than the run may make are told so; the next turn is then the last. */
function isTooMany(call: StepOf<'call'>, run: Trajectory, { carriesOut }: Dialect): boolean {
  if (carriesOut === 'last') return false;
  const calls = callsSinceAsked(run);
  const at = calls.findIndex(({ callId }) => callId === call.callId);
  const isFirst = calls[at - 1]?.turn !== call.turn;
  return !isFirst && at >= (run.settings?.maxTurns ?? 0);
}

/** N13: what was just asked for is not done twice. */
function judgeAgain(call: StepOf<'call'>, run: Trajectory, situation: ReturnType<typeof situationOf>): Verdict {
  const verdict = judge(call.written, situation);
  const upTo = run.steps.findIndex((step) => step.type === 'call' && step.callId === call.callId);
  const isRepeated = verdict.plan !== null && repeatsOf({ steps: run.steps.slice(0, upTo + 1) }) > 0;
  return isRepeated ? { ...verdict, plan: null, problem: 'repeated-call' } : verdict;
}

interface Writing {
  readonly look: Look;
  /** Holds the scribe while a turn is written, so that what breaks off is told to its end. */
  readonly writer: { scribe: TurnScribe | null };
  readonly at: () => number;
  readonly run: () => Trajectory;
  /** How the turn begins already. */
  readonly begun?: Begun | undefined;
}

/** One turn, written to its end. @returns how it ended */
async function* write(
  order: AgentRun,
  dialect: Dialect,
  turn: number,
  { look, writer, at, run, begun }: Writing,
): Told<RunState['ended']> {
  const { settings, card, signal } = order;
  const before = run();
  await look.prepare(before, shownPictures(before), signal);
  const situation = situationOf(before, card, dialect);
  const calls = callsSinceAsked(before).length;
  const model = Math.max(0, modelIndex(before.models, order));
  const scribe = createTurnScribe(dialect.parser(), {
    turn,
    ...(model > 0 && { model }),
    nextCallId: callIds(before),
    ...(begun && { person: begun.person }),
    judge: (written) => judge(written, situationOf(run(), card, dialect)),
  });
  writer.scribe = scribe;
  for (const token of begun?.tokens ?? []) yield* scribe.token(token, at());
  if (begun?.ends) {
    yield* scribe.end('complete', at());
    writer.scribe = null;
    return 'stop';
  }
  const { tools } = settings;
  const bounds = boundsOf(situation);
  const { usage, ended } = yield* generate(order, turn, scribe, at, {
    messages: conversationOf(before, dialect, look.imageOf, model),
    grammar:
      settings.grammar && bounds && tools.every(hasForms)
        ? dialect.grammar({ ...bounds, tools, mayCall: tools.length > 0 && calls < settings.maxTurns })
        : null,
    begun: begun ? turnPieces(begun.tokens) : [],
    tools: dialect.nativeTools?.(tools, situation.frame, givenPictures(before).length) ?? [],
    unseen: unseenParts(before, look, card),
    room: roomOf(run),
  });
  yield* scribe.end(ended === 'abort' ? 'interrupted' : 'complete', at());
  writer.scribe = null;
  if (usage !== null) yield { type: 'turn-end', at: at(), usage: { turn, ...usage } };
  return ended;
}

/** A grammar writes no code: where a tool takes such, turns are free. */
function hasForms(id: string): boolean {
  const tool = TOOLS.find((one) => one.id === id);
  return !tool || tool.forms !== undefined;
}

/** Ids that no call of the run has: `call-1` for the first, and so on. */
function callIds({ steps }: Trajectory): () => string {
  const taken = steps.flatMap((step) => (step.type === 'call' ? [step.callId] : []));
  let number = taken.length;
  return () => {
    do number += 1;
    while (taken.includes(`call-${number}`));
    return `call-${number}`;
  };
}

/** A picture that was given and of which nothing is told yet. */
interface Unseen {
  readonly index: number;
  readonly key: string;
  readonly seen: Extract<TrajectoryEvent, { type: 'given-seen' }>['seen'];
}

function unseenParts({ given }: Trajectory, look: Look, card: ModelCard): Unseen[] {
  return given.flatMap((part, index) => {
    if (!('picture' in part) || part.seen !== null) return [];
    const { key, width, height, source } = look.imageOf(part.picture);
    const { tokens } = seenAs(card, source ?? { width, height });
    return [{ index, key, seen: { width, height, tokens } }];
  });
}

interface Generated {
  readonly ended: RunState['ended'];
  readonly usage: ToldUsage | null;
}

interface TurnOrder {
  readonly messages: readonly Message[];
  readonly grammar: CallGrammar | null;
  readonly tools: readonly unknown[];
  readonly unseen: Unseen[];
  readonly room: Room;
  readonly begun: readonly TurnPiece[];
}

/** One turn's tokens, as events. */
async function* generate(
  order: AgentRun,
  turn: number,
  scribe: TurnScribe,
  at: () => number,
  { messages, grammar, tools, unseen, room, begun }: TurnOrder,
): Told<Generated> {
  const { settings, signal } = order;
  const { temperature, topP, topK, seed, maxNewTokens } = settings;
  // Every turn draws anew: the same draws again would lead the model round in circles.
  const request = {
    messages: [...messages],
    sampling: { temperature, topP, topK, seed: seed + turn - 1 },
    maxNewTokens,
    ...(begun.length > 0 && { begun }),
    ...(grammar && { grammar }),
    ...(tools.length > 0 && { tools }),
  };
  let count = 0;
  let waiting = unseen;
  for await (const event of order.engine.generate(request, signal)) {
    // Stop means within one token, also for an engine that is slow to notice.
    if (event.type === 'token' && signal.aborted) return { ended: 'abort', usage: null };
    switch (event.type) {
      case 'progress':
        yield { type: 'progress', at: at(), phase: event.phase, done: event.done, total: event.total };
        break;
      case 'image-encoded': {
        const { key, tokens, world } = event;
        for (const one of waiting.filter((part) => part.key === key)) {
          const seen = { ...one.seen, tokens, ...(world && { distance: world }) };
          yield { type: 'given-seen', at: at(), index: one.index, seen };
        }
        waiting = waiting.filter((part) => part.key !== key);
        break;
      }
      case 'token': {
        // An engine whose cache already held the picture need not have spoken of it.
        for (const { index, seen } of waiting) yield { type: 'given-seen', at: at(), index, seen };
        waiting = [];
        count += 1;
        for (const token of tokensOf(event)) {
          if (!room.take(token)) return { ended: 'length', usage: null };
          yield* scribe.token(token, at());
        }
        yield { type: 'progress', at: at(), phase: 'decode', done: count, total: maxNewTokens };
        break;
      }
      case 'end':
        return { ended: event.reason, usage: event.usage };
      default:
        event satisfies never;
    }
  }
  return { ended: signal.aborted ? 'abort' : 'stop', usage: null };
}

/** JSON knows no infinity; no token that is written is less likely than this. */
const LEAST_LOGPROB = -10_000;

function tokensOf({ id, text, logprob, top }: Extract<GenerateEvent, { type: 'token' }>): Token[] {
  const finite = (value: number): number => (Number.isFinite(value) ? value : LEAST_LOGPROB);
  const [first = '', ...more] = piecesOf(text);
  const token: Token = {
    // A piece of a token has no id of its own, nor has what is left of it.
    id: more.length > 0 ? null : id,
    text: first,
    logprob: logprob === null ? null : finite(logprob),
    top: top
      .slice(0, TRAJECTORY_LIMITS.alternatives)
      .map((other) => ({ id: other.id, text: fitName(other.text), logprob: finite(other.logprob) })),
  };
  return [token, ...more.map((piece) => ({ id: null, text: piece, logprob: null, top: [] }))];
}

function finished(reason: StopReason): End {
  return { status: reason === 'abort' ? 'stopped' : 'done', reason, message: '', code: null };
}

/** World errors carry a code from a closed union of their subsystem; anything else is ours. */
function failed(error: unknown): End {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  return { status: 'failed', reason: 'error', message: fitName(message, TRAJECTORY_LIMITS.text), code: fitName(code) };
}
