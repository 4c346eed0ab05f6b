/**
 * A conversation kept as one text, as training code dumps it: `<|im_start|>role … <|im_end|>`, or, where special tokens were left out when it was
 * decoded, roles on lines of their own. Pictures are runs of `<|image_pad|>`, `<image>`, or `[IMAGE n]`.
 */
import type { Message, MessagePart } from './message';

type Role = Message['role'];

export interface MarkedTurn {
  readonly role: Role;
  readonly text: string;
  /** Where in the whole text `text` begins. */
  readonly from: number;
}

const MARKED = /<\|im_start\|>(system|user|assistant|tool)\n?/g;

/** In a response, a line "user" is a role only where a tool's words follow; "assistant" only after such a turn. */
const BARE_IN_RESPONSE = /\n?(user|tool)\n(?=\s*<tool_response>)|\n(assistant)\n/g;

/** At the beginning, and after it wherever a line is a role alone. */
const BARE_IN_PROMPT = /(?:^|\n)(system|user|assistant|tool)\n/g;

const ENDS = ['<|im_end|>', '<|endoftext|>', '<|eot_id|>'] as const;

/** @param first whose words the text begins with, where no mark says so */
export function turnsOfText(text: string, first: Role): readonly MarkedTurn[] {
  const marks = marksIn(text, first);
  const turns: MarkedTurn[] = [];
  let open: { role: Role; from: number } = { role: first, from: 0 };
  const close = (to: number) => {
    const within = withoutEnd(text.slice(open.from, to));
    if (within.trim() !== '') turns.push({ role: open.role, text: within, from: open.from });
  };
  for (const { at, end, role } of marks) {
    close(at);
    open = { role, from: end };
  }
  close(text.length);
  return turns;
}

/** By hand: a pattern that ends at the end tries every run of white space anew. */
function withoutEnd(text: string): string {
  let kept = text.trimEnd();
  for (let mark = endOf(kept); mark !== ''; mark = endOf(kept)) kept = kept.slice(0, -mark.length).trimEnd();
  return kept;
}

const endOf = (text: string): string => ENDS.find((mark) => text.endsWith(mark)) ?? '';

interface Mark {
  readonly at: number;
  readonly end: number;
  readonly role: Role;
}

function marksIn(text: string, first: Role): readonly Mark[] {
  const read = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map((match): Mark => {
      // The pattern has nothing but roles there.
      return { at: match.index, end: match.index + match[0].length, role: (match[1] ?? match[2]) as Role };
    });
  if (text.includes('<|im_start|>')) return read(MARKED);
  if (first !== 'assistant') return /^(?:system|user)\n/.test(text) ? read(BARE_IN_PROMPT) : [];
  let speaking: Role = 'assistant';
  return read(BARE_IN_RESPONSE).filter(({ role }) => {
    if (role === 'assistant' && speaking === 'assistant') return false;
    speaking = role;
    return true;
  });
}

const PICTURE =
  /(?:<\|vision_start\|>)?(?:<\|image_pad\|>)+(?:<\|vision_end\|>)?|<\|vision_start\|><\|vision_end\|>|<image>|\[IMAGE (\d+)\]/g;

/** `nameOf` says what the picture of a numbered mark goes by; the others are blank. */
export function partsOfText(text: string, nameOf: (number: string) => string = () => ''): readonly MessagePart[] {
  const parts: MessagePart[] = [];
  let from = 0;
  const words = (to: number) => {
    const within = text.slice(from, to);
    if (within.trim() !== '') parts.push({ kind: 'text', text: within });
  };
  for (const match of text.matchAll(PICTURE)) {
    words(match.index);
    const name = match[1] === undefined ? '' : nameOf(match[1]);
    parts.push({ kind: 'picture', bytes: name === '' ? '' : null, name });
    from = match.index + match[0].length;
  }
  words(text.length);
  return parts;
}

/** A turn as a message. The model's words are kept to the letter: tokens are told by their place in them. */
export function messageOfTurn({ role, text }: MarkedTurn, nameOf?: (number: string) => string): Message {
  const parts: readonly MessagePart[] = role === 'assistant' ? [{ kind: 'text', text }] : partsOfText(text, nameOf);
  return { role, parts, calls: [], reasoning: '', callId: '', json: {} };
}
