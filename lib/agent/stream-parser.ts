/**
 * Reads a turn of the dialects with tags around thought, call and answer as it is written: rules P1 to P9 and N8 of docs/protocol.md,
 * with the dialect's own tags. A hand-written automaton that looks at each character once; at the end of a chunk it keeps what may be the
 * start of a tag. What a call's text means is the dialect's to read.
 */
import type { TaggedText } from '@/lib/engine';
import type { ParserEvent, StreamParser } from './contract';

type Mark = 'open-thought' | 'close-thought' | 'open-call' | 'close-call' | 'open-answer' | 'close-answer' | 'foreign';

/**
 * `rest`: a call or an answer is complete; what follows in the turn is text without effect (N8). `between`: a call is, and where all calls
 * of a turn are read another may follow.
 */
type State = 'outside' | 'think' | 'call' | 'answer' | 'between' | 'rest';

/** The tags that mean something in a state; every other one is text there. */
const MARKS: Readonly<Record<State, readonly Mark[]>> = {
  outside: ['open-thought', 'close-thought', 'open-call', 'open-answer'],
  think: ['close-thought', 'open-call', 'open-answer'],
  call: ['close-call'],
  // P9: an answer holds none of the protocol.
  answer: ['close-answer', 'open-thought', 'close-thought', 'open-call', 'close-call', 'open-answer', 'foreign'],
  between: ['open-call', 'open-answer'],
  rest: [],
};

/** Outside tags these end an answer without tags (P9), where a dialect has such; elsewhere they are text there. */
const STRAYS: readonly Mark[] = ['close-call', 'close-answer', 'foreign'];

/** What only the environment and the chat's layout write. */
export const FOREIGN_TAGS: readonly string[] = ['<tool_response>', '</tool_response>', '<|im_start|>', '<|im_end|>'];

/** A dialect's tags, each of which begins with `<`. */
export interface TurnTags {
  readonly think: TaggedText;
  readonly call: TaggedText;
  readonly answer: TaggedText;
  /** Calls of another kind than `call`; left out: there are none. What is between their tags says which it is. */
  readonly otherCalls?: readonly TaggedText[];
}

export const SHARED_TAGS: TurnTags = {
  think: { open: '<think>', close: '</think>' },
  call: { open: '<tool_call>', close: '</tool_call>' },
  answer: { open: '<answer>', close: '</answer>' },
};

/** Events without the count, which the parser adds. */
type Meaning = ParserEvent extends infer E ? (E extends ParserEvent ? Omit<E, 'upTo'> : never) : never;

export interface TagParserOptions {
  /** Text outside tags that nothing follows is the answer (P8). Left out: it is thought. */
  readonly plainAnswer?: boolean;
  /** Left out: those that most dialects share. */
  readonly tags?: TurnTags;
  /** All calls of a turn are read, and not the first alone. */
  readonly everyCall?: boolean;
}

export function createTagParser({
  plainAnswer = false,
  tags = SHARED_TAGS,
  everyCall = false,
}: TagParserOptions = {}): StreamParser {
  const { think, call, answer } = tags;
  const calls = [call, ...(tags.otherCalls ?? [])];
  const texts: Readonly<Record<Mark, readonly string[]>> = {
    'open-thought': [think.open],
    'close-thought': [think.close],
    'open-call': calls.map(({ open }) => open),
    'close-call': calls.map(({ close }) => close),
    'open-answer': [answer.open],
    'close-answer': [answer.close],
    foreign: FOREIGN_TAGS,
  };
  const namedIn = (marks: readonly Mark[]) => marks.flatMap((mark) => texts[mark].map((tag) => ({ mark, tag })));
  const outside = plainAnswer ? [...MARKS.outside, ...STRAYS] : MARKS.outside;
  const known: Readonly<Record<State, ReturnType<typeof namedIn>>> = {
    outside: namedIn(outside),
    think: namedIn(MARKS.think),
    call: namedIn(MARKS.call),
    answer: namedIn(MARKS.answer),
    between: namedIn(MARKS.between),
    rest: namedIn(MARKS.rest),
  };
  let state: State = 'outside';
  /** What ends the call that is being read, and nothing else does. */
  let ending = call.close;
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

  /** P9: the answer is over; `text` and all that follows has no effect. */
  const endAnswer = (text: string): void => {
    if (state === 'answer') emit({ type: 'answer-end' });
    else answerPlainly();
    state = 'rest';
    writeLoose(text);
  };

  const hasPlainAnswer = (): boolean => plainAnswer && state === 'outside' && !loose && blank.trim() !== '';

  const take = (mark: Mark, tag: string): void => {
    if (state === 'answer' && mark !== 'close-answer') return endAnswer(tag);
    if (state === 'outside' && STRAYS.includes(mark)) {
      if (mark === 'close-answer' && hasPlainAnswer()) return endAnswer(tag);
      blank += tag;
      openLoose();
      return closeThought();
    }
    switch (mark) {
      case 'open-thought':
        closeThought();
        read += tag.length;
        emit({ type: 'think-start' });
        state = 'think';
        return;
      case 'close-thought':
        openLoose();
        if (state === 'outside' && !loose) {
          if (!plainAnswer) return writeLoose(tag);
          // An empty thought that the prompt opened; what follows may be the answer.
          skipBlank();
          emit({ type: 'think-start' });
          loose = true;
        }
        read += tag.length;
        closeThought();
        state = 'outside';
        return;
      case 'open-call':
        closeThought();
        read += tag.length;
        emit({ type: 'call-start' });
        ending = calls.find(({ open }) => open === tag)?.close ?? call.close;
        state = 'call';
        return;
      case 'close-call':
        read += tag.length;
        return closeCall();
      case 'open-answer':
        closeThought();
        read += tag.length;
        emit({ type: 'answer-start' });
        state = 'answer';
        return;
      case 'close-answer':
        read += tag.length;
        emit({ type: 'answer-end' });
        state = 'rest';
        return;
      case 'foreign':
        return; // known in an answer and outside tags alone: see above
      default:
        return mark satisfies never;
    }
  };

  const expected = (): typeof known.call =>
    state === 'call' ? known.call.filter(({ tag }) => tag === ending) : known[state];

  const consume = (): void => {
    let from = 0;
    for (let at = held.indexOf('<'); at >= 0; at = held.indexOf('<', at)) {
      const found = expected().find(({ tag }) => held.startsWith(tag, at));
      if (found !== undefined) {
        write(held.slice(from, at));
        take(found.mark, found.tag);
        at += found.tag.length;
        from = at;
        continue;
      }
      const tail = held.slice(at);
      if (expected().some(({ tag }) => tail.length < tag.length && tag.startsWith(tail))) {
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
      // A tag that broke off behind an answer is none of its words; `<` alone may be.
      if (held.length > 1 && (state === 'answer' || (how === 'complete' && hasPlainAnswer()))) endAnswer(held);
      else write(held);
      if (held.length > 1 && state === 'outside') openLoose();
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
