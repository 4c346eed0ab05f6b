/**
 * A model folder's own chat template (Jinja), laid out so that its pieces can be told apart: text before, between and after
 * what the model wrote. Templates differ in what they take, so each is tried out once: whether the words of a system or an
 * assistant message may be a string or must be a list, and what it writes where the model is to begin.
 */
import { Template } from '@huggingface/jinja';
import { EngineError, type Message } from '../../contract';

export interface ChatTemplate {
  /**
   * The conversation's text up to where the model goes on, cut at what the model wrote: one piece more than there are such messages.
   * @throws EngineError `unsupported-model` where the template cannot be followed
   */
  layOut(messages: readonly Message[], words: Words, tools?: readonly unknown[]): string[];
}

interface Words {
  /** Makes of a text something that cannot be taken for the template's own words; `typed`: nor for the dialect's. */
  readonly clean: (text: string, typed: boolean) => string;
  /** What stands for a picture where no template writes it: within a turn. */
  readonly placeholder: string;
}

/** A private-use character in the template's output where the model's turn stands; `clean` takes it out of messages. */
export const TURN = '\uE000';

type Content = string | ({ type: 'text'; text: string } | { type: 'image' })[];
type Given = {
  role: Message['role'] | 'tool';
  content: Content;
  tool_calls?: readonly unknown[];
  tool_call_id?: string;
};

interface Beginning {
  readonly whole: string;
  readonly shared: string;
}

/**
 * @param names of `bos_token` and the like, as tokenizer_config.json has them
 * @param thinking for templates that ask for `enable_thinking`; left out, they do as they do by themselves
 */
export function createChatTemplate(
  text: string,
  names: Readonly<Record<string, string>>,
  thinking?: boolean,
): ChatTemplate {
  const template = parse(text);

  function render(messages: readonly Given[], begin: boolean, tools?: readonly unknown[]): string {
    const wishes = { ...(tools && { tools }), ...(thinking !== undefined && { enable_thinking: thinking }) };
    return template.render({ ...names, messages, add_generation_prompt: begin, ...wishes });
  }
  /** null where the template refuses what it is given. */
  function tryOut(messages: readonly Given[], begin: boolean): string | null {
    try {
      return render(messages, begin);
    } catch {
      return null;
    }
  }

  const question: Given = { role: 'user', content: [{ type: 'text', text: 'x' }] };
  const asText = {
    system: tryOut([{ role: 'system', content: TURN }, question], false)?.includes(TURN) === true,
    assistant: tryOut([question, { role: 'assistant', content: TURN }, question], false)?.includes(TURN) === true,
  };
  const wordsOf = (role: 'system' | 'assistant', words: string): Given => ({
    role,
    content: asText[role] ? words : [{ type: 'text', text: words }],
  });

  /**
   * What the model saw before its turn began, and how that begins in the template's history too. Some templates write the two
   * differently (an opened `<think>`, a space after `Assistant:`): a turn that is past keeps what it really followed.
   */
  function findBeginning(): Beginning | null {
    const before = tryOut([question], false);
    const asked = tryOut([question], true);
    const past = tryOut([question, wordsOf('assistant', TURN), question], false)?.split(TURN)[0];
    if (before === null || asked === null || past === undefined) return null;
    if (!asked.startsWith(before) || !past.startsWith(before)) return null;
    let same = before.length;
    while (same < asked.length && asked[same] === past[same]) same++;
    return same > before.length
      ? { whole: asked.slice(before.length), shared: asked.slice(before.length, same) }
      : null;
  }
  const beginning = findBeginning();
  let goingOn: string | null = null;

  /** What the template writes where the model goes on within its turn, after a tool's answer: nothing, or a thought's beginning. */
  function findGoingOn(): string {
    const call = { id: '0', type: 'function', function: { name: 'x', arguments: {} } };
    const told: Given[] = [
      question,
      { ...wordsOf('assistant', ''), tool_calls: [call] },
      { role: 'tool', content: TURN, tool_call_id: '0' },
    ];
    const before = tryOut(told, false);
    const asked = tryOut(told, true);
    if (!before?.includes(TURN) || !asked?.startsWith(before)) return '';
    const more = asked.slice(before.length);
    // Elsewhere it is a turn of its own that begins.
    return more === beginning?.whole ? '' : more;
  }

  return {
    layOut(messages, words, tools) {
      const { given, turns, isOpen } = fold(messages, words);
      let text: string;
      try {
        text = render(given, true, tools);
      } catch (error) {
        throw refused(error);
      }
      const laid = text.split(TURN);
      if (laid.length !== given.filter(({ role }) => role === 'assistant').length + 1) {
        throw new EngineError('unsupported-model', 'The chat template leaves out or repeats a turn.');
      }
      if (turns.some(({ joints, tail }) => joints.length > 0 || tail !== '')) goingOn ??= findGoingOn();
      const more = goingOn ?? '';
      const pieces = laid.flatMap((piece, i) => {
        const begun = beginning && i < laid.length - 1 ? asItBegan(piece, beginning) : piece;
        return [(turns[i - 1]?.tail ?? '') + begun, ...(turns[i]?.joints ?? []).map((joint) => joint + more)];
      });
      return isOpen ? [...pieces, (turns.at(-1)?.tail ?? '') + more] : pieces;
    },
  };

  /** The messages as the template takes them: what was told within a turn, and what the model wrote after it, is of that turn. */
  function fold(messages: readonly Message[], { clean, placeholder }: Words) {
    const given: Given[] = [];
    const turns: { readonly joints: string[]; tail: string }[] = [];
    for (const message of messages) {
      const turn = given.at(-1)?.role === 'assistant' ? turns.at(-1) : undefined;
      if (message.role === 'system') {
        given.push(wordsOf('system', clean(message.text, false)));
      } else if (message.role === 'user') {
        const content = message.content.map((part) =>
          part.type === 'image'
            ? ({ type: 'image' } as const)
            : ({ type: 'text', text: clean(part.text, part.typed === true) } as const),
        );
        if (turn && message.inTurn) {
          turn.tail += content.map((part) => (part.type === 'image' ? placeholder : part.text)).join('');
        } else {
          given.push({ role: 'user', content });
        }
      } else if (turn && turn.tail !== '') {
        turn.joints.push(turn.tail);
        turn.tail = '';
      } else {
        given.push(wordsOf('assistant', TURN));
        turns.push({ joints: [], tail: '' });
      }
    }
    const isOpen = given.at(-1)?.role === 'assistant';
    // The template is asked to begin a turn, and this is the one.
    if (isOpen) given.pop();
    return { given, turns, isOpen };
  }
}

/** A past turn's beginning as it was when the model went on from it. */
function asItBegan(piece: string, { whole, shared }: Beginning): string {
  const at = piece.lastIndexOf(shared);
  return at < 0 ? piece : piece.slice(0, at) + whole;
}

/** Names for the template out of tokenizer_config.json: strings, or objects that hold them. */
export function tokenNames(config: unknown): Record<string, string> {
  const names: Record<string, string> = { bos_token: '', eos_token: '' };
  if (typeof config !== 'object' || config === null) return names;
  for (const [key, value] of Object.entries(config) as [string, unknown][]) {
    if (!/^(?:bos|eos|pad|unk)_token$/.test(key)) continue;
    const content: unknown = typeof value === 'object' && value !== null && 'content' in value ? value.content : value;
    if (typeof content === 'string') names[key] = content;
  }
  return names;
}

function parse(text: string): Template {
  try {
    return new Template(text);
  } catch (error) {
    throw refused(error);
  }
}

function refused(error: unknown): EngineError {
  return new EngineError('unsupported-model', `The chat template: ${String(error)}`, { cause: error });
}
