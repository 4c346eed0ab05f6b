/**
 * Writes one turn as trajectory events while its tokens arrive: the parser says what the text means, the scribe gives each
 * token to the step in which its first character lies, so that a step's tokens are all its tokens: a thought has its
 * `<think>` tags, a call its scaffold, and the last step of a turn the stop token. No engine and no clock of its own.
 */
import type { Token, TrajectoryEvent } from '@/lib/trajectory';
import type { ParserEvent, StreamParser } from './contract';
import type { Verdict } from './judge';

export interface ScribeRules {
  readonly turn: number;
  /** Which of the run's models writes; left out: the first. */
  readonly model?: number;
  readonly nextCallId: () => string;
  readonly judge: (written: string) => Pick<Verdict, 'tool' | 'input' | 'label' | 'asked' | 'place'>;
}

export interface TurnScribe {
  token(token: Token, at: number): readonly TrajectoryEvent[];
  end(how: 'complete' | 'interrupted', at: number): readonly TrajectoryEvent[];
}

type Kind = 'think' | 'call' | 'answer';
type Closing = (at: number) => TrajectoryEvent;

export function createTurnScribe(parser: StreamParser, rules: ScribeRules): TurnScribe {
  const { turn, model } = rules;
  const opening = { turn, ...(model !== undefined && { model }) };
  let read = 0;
  /** Tokens not yet given to a step, each with where its text begins. */
  let waiting: { readonly token: Token; readonly from: number }[] = [];
  let kind: Kind | null = null;
  let written = '';
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
        return delta(at, event.text, claim(event.upTo));
      case 'call-delta':
        written += event.text;
        return delta(at, event.text, claim(event.upTo));
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
