/**
 * Writes one turn as trajectory events while its tokens arrive: the parser says what the text means, the scribe gives each
 * token to the step in which its first character lies, so that a step's tokens are all its tokens: a thought has its
 * `<think>` tags, a call its scaffold, and the last step of a turn the stop token. No engine and no clock of its own.
 */
import type { Frame, ModelBox } from '@/lib/geometry';
import type { StepOf, Token, TrajectoryEvent } from '@/lib/trajectory';
import type { ParsedCall, ParserEvent, StreamParser } from './contract';

/** What the loop decides about a call that could be read. */
export type Verdict =
  | { readonly ok: true; readonly frame: Frame; readonly askedInImage: Box; readonly executed: Box }
  | { readonly ok: false; readonly problem: StepOf<'malformed'>['problem'] };

type Box = StepOf<'call'>['executed'];

export interface ScribeRules {
  readonly turn: number;
  readonly nextCallId: () => string;
  readonly judge: (call: ParsedCall) => Verdict;
  readonly tell: (problem: StepOf<'malformed'>['problem']) => string;
}

/** What a turn came to, besides its text. */
export type Held =
  | { readonly type: 'nothing' }
  | { readonly type: 'answer' }
  | { readonly type: 'call'; readonly callId: string; readonly executed: Box }
  | { readonly type: 'malformed'; readonly problem: StepOf<'malformed'>['problem'] };

export interface TurnScribe {
  token(token: Token, at: number): readonly TrajectoryEvent[];
  end(how: 'complete' | 'interrupted', at: number): readonly TrajectoryEvent[];
  /** What the turn holds so far. */
  held(): Held;
  /** All text of the turn. */
  text(): string;
}

type Kind = 'think' | 'call' | 'answer';
type Closing = (at: number) => TrajectoryEvent;

export function createTurnScribe(parser: StreamParser, rules: ScribeRules): TurnScribe {
  let text = '';
  let held: Held = { type: 'nothing' };
  let callId = '';
  /** Tokens not yet given to a step, each with where its text begins. */
  let waiting: { readonly token: Token; readonly from: number }[] = [];
  let kind: Kind | null = null;
  /** How the last step ends, said when the next begins or the turn is over, so that a stop token still finds its step. */
  let closing: Closing | null = null;
  let out: TrajectoryEvent[] = [];

  const claim = (upTo: number): readonly Token[] => {
    const taken = waiting.filter(({ from }) => from < upTo);
    waiting = waiting.filter(({ from }) => from >= upTo);
    return taken.map(({ token }) => token);
  };

  const delta = (at: number, words: string, tokens: readonly Token[]): void => {
    if (kind === null || (words === '' && tokens.length === 0)) return;
    out.push({ type: `${kind}-delta`, at, text: words, tokens });
  };

  const close = (at: number): void => {
    if (closing !== null) out.push(closing(at));
    closing = null;
  };

  const open = (next: Kind, at: number, upTo: number): void => {
    close(at);
    kind = next;
    const { turn } = rules;
    if (next === 'call') {
      callId = rules.nextCallId();
      out.push({ type: 'call-start', at, turn, callId });
    } else {
      out.push({ type: `${next}-start`, at, turn });
    }
    delta(at, '', claim(upTo));
  };

  const refuse = (problem: StepOf<'malformed'>['problem'], words: string): Closing => {
    held = { type: 'malformed', problem };
    const told = problem === 'interrupted' ? '' : rules.tell(problem);
    return (at) => ({ type: 'malformed', at, problem, told, text: words });
  };

  let written = '';

  const execute = (call: ParsedCall): Closing => {
    const verdict = rules.judge(call);
    if (!verdict.ok) return refuse(verdict.problem, written);
    const { frame, askedInImage, executed } = verdict;
    const asked: { box: ModelBox; frame: Frame } = { box: call.box, frame };
    held = { type: 'call', callId, executed };
    const id = callId;
    return (at) => ({ type: 'call-end', at, callId: id, label: call.label, asked, askedInImage, executed });
  };

  const take = (event: ParserEvent, at: number): void => {
    switch (event.type) {
      case 'think-start':
        return open('think', at, event.upTo);
      case 'call-start':
        written = '';
        return open('call', at, event.upTo);
      case 'answer-start':
        held = { type: 'answer' };
        return open('answer', at, event.upTo);
      case 'think-delta':
      case 'answer-delta':
        return delta(at, event.text, claim(event.upTo));
      case 'call-delta':
        written += event.text;
        return delta(at, event.text, claim(event.upTo));
      case 'think-end':
        delta(at, '', claim(event.upTo));
        closing = (when) => ({ type: 'think-end', at: when });
        return;
      case 'answer-end':
        delta(at, '', claim(event.upTo));
        closing = (when) => ({ type: 'answer-end', at: when });
        return;
      case 'call-end':
        delta(at, '', claim(event.upTo));
        closing = execute(event.call);
        return;
      case 'malformed':
        delta(at, '', claim(event.upTo));
        closing = refuse(event.problem, event.text);
        return;
      default:
        return event satisfies never;
    }
  };

  const taken = (): readonly TrajectoryEvent[] => {
    const events = out;
    out = [];
    return events;
  };

  return {
    token(token, at) {
      waiting.push({ token, from: text.length });
      text += token.text;
      for (const event of parser.push(token.text)) take(event, at);
      return taken();
    },
    end(how, at) {
      for (const event of parser.end(how)) take(event, at);
      delta(at, '', claim(Number.POSITIVE_INFINITY));
      close(at);
      return taken();
    },
    held: () => held,
    text: () => text,
  };
}
