/**
 * Reads a turn of the `<think> / <tool_call> / <answer>` dialects as it is written: rules P1 to P8 and
 * N8 of docs/protocol.md. A hand-written automaton that looks at each character once; at the end of a chunk it keeps what may be the
 * start of a tag. What a call's text means is the dialect's to read.
 */
import type { ParserEvent, StreamParser } from './contract';

type Tag = '<think>' | '</think>' | '<tool_call>' | '</tool_call>' | '<answer>' | '</answer>';

/**
 * `rest`: a call or an answer is complete; what follows in the turn is text without effect (N8). `between`: a call is, and where all calls
 * of a turn are read another may follow.
 */
type State = 'outside' | 'think' | 'call' | 'answer' | 'between' | 'rest';

/** The tags that mean something in a state; every other one is text there. */
const TAGS: Readonly<Record<State, readonly Tag[]>> = {
  outside: ['<think>', '</think>', '<tool_call>', '<answer>'],
  think: ['</think>', '<tool_call>', '<answer>'],
  call: ['</tool_call>'],
  answer: ['</answer>'],
  between: ['<tool_call>', '<answer>'],
  rest: [],
};

/** Events without the count, which the parser adds. */
type Meaning = ParserEvent extends infer E ? (E extends ParserEvent ? Omit<E, 'upTo'> : never) : never;

export interface TagParserOptions {
  /** Text outside tags that nothing follows is the answer (P8). Left out: it is thought. */
  readonly plainAnswer?: boolean;
  /** The name of the tag around a call. Left out: `tool_call`. */
  readonly call?: string;
  /** All calls of a turn are read, and not the first alone. */
  readonly everyCall?: boolean;
}

export function createTagParser({
  plainAnswer = false,
  call = 'tool_call',
  everyCall = false,
}: TagParserOptions = {}): StreamParser {
  /** A tag as this dialect writes it. */
  const spelled = (tag: Tag): string => tag.replace('tool_call', call);
  let state: State = 'outside';
  /** Not yet decided: what may be the start of a tag (P6). */
  let held = '';
  /** Outside tags: white space that is dropped unless other text follows it (P3). */
  let blank = '';
  /** Whether text outside tags has opened a thought. */
  let loose = false;
  let read = 0;
  let events: ParserEvent[] = [];

  const emit = (meaning: Meaning): void => {
    events.push({ ...meaning, upTo: read });
  };

  const write = (text: string): void => {
    if (text === '') return;
    switch (state) {
      case 'think':
        read += text.length;
        return emit({ type: 'think-delta', text });
      case 'answer':
        read += text.length;
        return emit({ type: 'answer-delta', text });
      case 'call':
        read += text.length;
        return emit({ type: 'call-delta', text });
      case 'outside':
      case 'between':
      case 'rest':
        return writeLoose(text);
      default:
        return state satisfies never;
    }
  };

  const writeLoose = (text: string): void => {
    if (loose) {
      read += text.length;
      return emit({ type: 'think-delta', text });
    }
    blank += text;
    // It may turn out to be the answer, so it waits for what follows it.
    if (plainAnswer && state === 'outside') return;
    openLoose();
  };

  /** What waits outside tags becomes thought, unless it is white space alone. */
  const openLoose = (): void => {
    if (blank.trim() === '') return;
    const whole = blank;
    blank = '';
    loose = true;
    emit({ type: 'think-start' });
    read += whole.length;
    emit({ type: 'think-delta', text: whole });
  };

  const answerPlainly = (): void => {
    const whole = blank;
    blank = '';
    emit({ type: 'answer-start' });
    read += whole.length;
    emit({ type: 'answer-delta', text: whole });
    emit({ type: 'answer-end' });
  };

  const skipBlank = (): void => {
    read += blank.length;
    blank = '';
  };

  const closeThought = (): void => {
    openLoose();
    skipBlank();
    if (loose || state === 'think') emit({ type: 'think-end' });
    loose = false;
  };

  const closeCall = (): void => {
    emit({ type: 'call-end' });
    state = everyCall ? 'between' : 'rest';
  };

  const take = (tag: Tag): void => {
    switch (tag) {
      case '<think>':
        closeThought();
        read += tag.length;
        emit({ type: 'think-start' });
        state = 'think';
        return;
      case '</think>':
        openLoose();
        if (state === 'outside' && !loose) {
          if (!plainAnswer) return writeLoose(spelled(tag));
          // An empty thought that the prompt opened; what follows may be the answer.
          skipBlank();
          emit({ type: 'think-start' });
          loose = true;
        }
        read += tag.length;
        closeThought();
        state = 'outside';
        return;
      case '<tool_call>':
        closeThought();
        read += spelled(tag).length;
        emit({ type: 'call-start' });
        state = 'call';
        return;
      case '</tool_call>':
        read += spelled(tag).length;
        return closeCall();
      case '<answer>':
        closeThought();
        read += tag.length;
        emit({ type: 'answer-start' });
        state = 'answer';
        return;
      case '</answer>':
        read += tag.length;
        emit({ type: 'answer-end' });
        state = 'rest';
        return;
      default:
        return tag satisfies never;
    }
  };

  const consume = (): void => {
    let from = 0;
    for (let at = held.indexOf('<'); at >= 0; at = held.indexOf('<', at)) {
      const known = TAGS[state];
      const tag = known.find((candidate) => held.startsWith(spelled(candidate), at));
      if (tag !== undefined) {
        write(held.slice(from, at));
        take(tag);
        at += spelled(tag).length;
        from = at;
        continue;
      }
      const tail = held.slice(at);
      if (known.map(spelled).some((candidate) => tail.length < candidate.length && candidate.startsWith(tail))) {
        write(held.slice(from, at));
        held = tail;
        return;
      }
      at += 1;
    }
    write(held.slice(from));
    held = '';
  };

  const taken = (): readonly ParserEvent[] => {
    const out = events;
    events = [];
    return out;
  };

  return {
    push(text) {
      held += text;
      consume();
      return taken();
    },
    end(how) {
      write(held);
      held = '';
      switch (state) {
        case 'call':
          if (how === 'complete') closeCall();
          state = 'rest';
          break;
        case 'answer':
          emit({ type: 'answer-end' });
          state = 'rest';
          break;
        case 'outside':
          if (plainAnswer && how === 'complete' && blank.trim() !== '') answerPlainly();
          closeThought();
          state = 'rest';
          break;
        case 'think':
        case 'between':
        case 'rest':
          closeThought();
          state = 'rest';
          break;
        default:
          state satisfies never;
      }
      return taken();
    },
  };
}
