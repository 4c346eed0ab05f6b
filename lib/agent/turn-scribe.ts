/**
 * Writes one turn as trajectory events while its tokens arrive: the parser says what the text means, the scribe gives each
 * token to the step in which its first character lies, so that a step's tokens are all its tokens: a thought has its
 * `<think>` tags, a call its scaffold, and the last step of a turn the stop token. No engine and no clock of its own.
 */
import type { Token, TrajectoryEvent } from '@/lib/trajectory';
import type { ParserEvent, StreamParser } from './contract';
import type { Range } from './begun';
import type { Verdict } from './judge';

export interface ScribeRules {
  readonly turn: number;
  /** Which of the run's models writes; left out: the first. */
  readonly model?: number;
  readonly nextCallId: () => string;
  /** Characters of the turn, tags included, that a person wrote, in order; left out: none. */
  readonly person?: readonly Range[];
  readonly judge: (written: string) => Pick<Verdict, 'tool' | 'input' | 'label' | 'asked' | 'place'>;
}

export interface TurnScribe {
  token(token: Token, at: number): readonly TrajectoryEvent[];
  end(how: 'complete' | 'interrupted', at: number): readonly TrajectoryEvent[];
}

type Kind = 'think' | 'call' | 'answer';
type Closing = (at: number) => TrajectoryEvent;

export function createTurnScribe(parser: StreamParser, rules: ScribeRules): TurnScribe {
  const { turn, model, person = [] } = rules;
  const opening = { turn, ...(model !== undefined && { model }) };
  let read = 0;
  /** Tokens not yet given to a step, each with where its text begins. */
  let waiting: { readonly token: Token; readonly from: number }[] = [];
  let kind: Kind | null = null;
  let written = '';
  /** Characters of the step's words so far, and which of them a person wrote. */
  let length = 0;
  let theirs: readonly Range[] = [];
  /** How the last step ends, said when the next begins or the turn is over, so that a stop token still finds its step. */
  let closing: Closing | null = null;
  let out: TrajectoryEvent[] = [];

  const claim = (upTo: number): readonly Token[] => {
    const taken = waiting.filter(({ from }) => from < upTo);
    waiting = waiting.filter(({ from }) => from >= upTo);
    return taken.map(({ token }) => token);
  };

  /** @param upTo characters of the turn read so far, of which the words are the last */
  const delta = (at: number, words: string, tokens: readonly Token[], upTo = 0): void => {
    if (kind === null || (words === '' && tokens.length === 0)) return;
    const before = theirs;
    const moved = length - (upTo - words.length);
    for (const range of person) {
      const from = Math.max(range.from + moved, length);
      const to = Math.min(range.to + moved, length + words.length);
      if (from < to) theirs = joined(theirs, { from, to });
    }
    length += words.length;
    const isNew = theirs !== before;
    out.push({ type: `${kind}-delta`, at, text: words, tokens, ...(isNew && { person: [...theirs] }) });
  };

  const close = (at: number): void => {
    if (closing !== null) out.push(closing(at));
    closing = null;
  };

  const open = (next: Kind, at: number, upTo: number): void => {
    close(at);
    kind = next;
    length = 0;
    theirs = [];
    if (next === 'call') {
      written = '';
      out.push({ type: 'call-start', at, callId: rules.nextCallId(), ...opening });
    } else {
      out.push({ type: `${next}-start`, at, ...opening });
    }
    delta(at, '', claim(upTo));
  };

  const readCall = (): Closing => {
    const { tool, input, label, asked, place } = rules.judge(written);
    return (at) => ({ type: 'call-end', at, tool, input, label, asked, place });
  };

  const take = (event: ParserEvent, at: number): void => {
    switch (event.type) {
      case 'think-start':
        return open('think', at, event.upTo);
      case 'call-start':
        return open('call', at, event.upTo);
      case 'answer-start':
        return open('answer', at, event.upTo);
      case 'think-delta':
      case 'answer-delta':
        return delta(at, event.text, claim(event.upTo), event.upTo);
      case 'call-delta':
        written += event.text;
        return delta(at, event.text, claim(event.upTo), event.upTo);
      case 'think-end':
      case 'answer-end': {
        const { type } = event;
        delta(at, '', claim(event.upTo));
        closing = (when) => ({ type, at: when });
        return;
      }
      case 'call-end':
        delta(at, '', claim(event.upTo));
        closing = readCall();
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
      waiting.push({ token, from: read });
      read += token.text.length;
      for (const event of parser.push(token.text)) take(event, at);
      return taken();
    },
    end(how, at) {
      for (const event of parser.end(how)) take(event, at);
      delta(at, '', claim(Number.POSITIVE_INFINITY));
      close(at);
      return taken();
    },
  };
}

/** One range where two touch. */
function joined(ranges: readonly Range[], next: Range): readonly Range[] {
  const last = ranges.at(-1);
  return last?.to === next.from ? [...ranges.slice(0, -1), { from: last.from, to: next.to }] : [...ranges, next];
}
