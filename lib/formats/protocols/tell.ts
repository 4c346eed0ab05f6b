/**
 * A conversation with an API as a run. What nobody means to show stays out: secrets are blotted, and the system prompt, which is whoever built
 * the app's and may hold anything, is taken in where a person asks for it.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { withoutSecrets, withoutSecretsInText } from '../secrets';
import type { MessagePart } from '../message';
import { tellMessages, type Told } from '../messages';
import { buildRun, type RunBuilder } from '../run-builder';
import type { TurnTags } from '../pieces';
import { boxRules } from './box-rules';
import type { Conversation } from './conversation';
import { messagesOfItems, type Item } from './item';

/** Where an API has no field for thoughts they stand in tags; calls have theirs. */
const TAGS: TurnTags = { think: ['think', 'thinking'], call: [], answer: ['answer'] };
const COMPATIBLE: TurnTags = { ...TAGS, call: ['tool_call'] };

export const API_RULES = ['as-recorded', 'with-system-prompt'] as const;

export interface ToldFrom {
  readonly where: Where;
  readonly finder: PictureFinder;
  readonly reading: Reading;
  readonly index: number;
  /** Whose export it stood in; left out: the protocol's. */
  readonly system?: Format['id'];
  readonly title?: string;
  readonly notes?: (run: RunBuilder) => void;
}

export async function tellConversation(conversation: Conversation, from: ToldFrom): Promise<Read> {
  const { finder, reading, where, index } = from;
  const rule = reading.rule === 'with-system-prompt' ? 'with-system-prompt' : 'as-recorded';
  const run = buildRun({ where, index, rule, system: from.system ?? conversation.protocol.id });
  from.notes?.(run);
  const cleaned = cleanedItems(conversation.items);
  if (cleaned.hidden > 0) run.note({ code: 'secrets-hidden', params: { count: cleaned.hidden } });
  noteWhatIsMissing(run, conversation, cleaned.items);
  const items = withSystem(run, withCalls(cleaned.items), rule === 'with-system-prompt');
  const { model } = conversation;
  const rules = boxRules(model, conversation.tools, reading.frame);
  const compatible = conversation.protocol.id === 'openai';
  const told = await tellMessages(messagesOfItems(items), run, finder, {
    tags: compatible ? COMPATIBLE : TAGS,
    userAnswers: compatible && items.some((item) => item.kind === 'text' && item.text.includes('<tool_call>')),
    told: (text) => text.replace(/<\/?tool_response>/g, ''),
    which: reading.call ?? 'all',
    // Of calls that stand in the words alone.
    frame: () => (reading.frame ? { frame: reading.frame, by: 'person' } : { frame: 'thousandths', by: 'values' }),
    ...rules,
    crop: null,
    name: () => ({ names: rules.opened() === '' ? [] : [rules.opened()] , question: questionIn(items) }),
    turnEnd: ({ used }) => {
      if (used) run.used({ promptTokens: used.prompt, reusedTokens: used.reused, outputTokens: used.output });
    },
  });
  run.about({
    ...(model !== '' && { model: { name: model } }),
    ...(conversation.createdAt !== '' && { createdAt: conversation.createdAt }),
    ...(from.title !== undefined && from.title !== '' && { title: withoutSecretsInText(from.title).value }),
    ...(conversation.error !== '' && { source: { error: conversation.error } }),
  });
  if (conversation.error !== '') {
    const message = withoutSecretsInText(conversation.error).value;
    run.note({ code: 'row-failed', params: { message: message.slice(0, 200) } });
    return run.finish({ status: 'failed', reason: 'error', message });
  }
  return run.finish(endingOf(told, items.findLast(({ kind }) => kind !== 'used' && kind !== 'hidden')));
}

function endingOf({ answered, endsOn }: Told, last: Item | undefined) {
  // A picture that the service made may be all there is to say.
  const made = last?.kind === 'result' && last.aside && last.parts.some(({ kind }) => kind === 'picture');
  if (made) return { status: 'done', reason: 'unknown' } as const;
  if (endsOn === 'answer') return { status: 'done', reason: 'answer' } as const;
  if (endsOn === 'call' || endsOn === 'result') return { status: 'stopped', reason: 'unknown' } as const;
  return { status: 'done', reason: answered ? 'answer' : 'unknown' } as const;
}

function noteWhatIsMissing(run: RunBuilder, { after }: Conversation, items: readonly Item[]): void {
  const hidden = items.filter(({ kind }) => kind === 'hidden').length;
  if (hidden > 0) run.note({ code: 'thoughts-hidden', params: { count: hidden } });
  const pictures = items.flatMap((item) => ('parts' in item ? item.parts : [])).filter((part) => part.kind === 'picture' && part.redacted).length;
  if (pictures > 0) run.note({ code: 'pictures-redacted', params: { count: pictures } });
  if (items.some((item) => item.kind === 'result' && item.unrecorded)) run.note({ code: 'output-not-recorded' });
  if (after !== '') run.note({ code: 'earlier-turns-missing' });
  else if (!items.some(({ kind }) => kind === 'user')) run.note({ code: 'question-missing' });
}

/** A result whose call is not here is one of a call that nobody knows more of. */
function withCalls(items: readonly Item[]): readonly Item[] {
  const called = new Set<string>();
  let open = 0;
  return items.flatMap((item): readonly Item[] => {
    if (item.kind === 'call') {
      called.add(item.call.id);
      open += 1;
    }
    if (item.kind !== 'result') return [item];
    // A call without an id is answered by whatever comes next.
    const known = called.has(item.callId) || (open > 0 && (item.callId === '' || called.has('')));
    open = Math.max(0, open - 1);
    return known ? [item] : [{ kind: 'call', call: { id: item.callId, name: '', written: '', input: null } }, item];
  });
}

function withSystem(run: RunBuilder, items: readonly Item[], asked: boolean): readonly Item[] {
  const words = items.flatMap((item) => (item.kind === 'system' ? [item.text] : []));
  const text = [...new Set(words)].join('\n\n');
  if (text.trim() !== '' && asked) run.system(text);
  if (text.trim() !== '' && !asked) run.note({ code: 'system-left-out', params: { characters: text.length } });
  return items.filter(({ kind }) => kind !== 'system');
}

function questionIn(items: readonly Item[]): string {
  const asked = items.find((item) => item.kind === 'user');
  return asked ? asked.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n').slice(0, 500) : '';
}

function cleanedItems(items: readonly Item[]): { readonly items: readonly Item[]; readonly hidden: number } {
  let hidden = 0;
  const text = (one: string): string => {
    const cleaned = withoutSecretsInText(one);
    hidden += cleaned.hidden;
    return cleaned.value;
  };
  const json = (one: Json): Json => {
    const cleaned = withoutSecrets(one);
    hidden += cleaned.hidden;
    return cleaned.value;
  };
  const part = (one: MessagePart): MessagePart => (one.kind === 'text' ? { ...one, text: text(one.text) } : { ...one, name: text(one.name) });
  const cleaned = items.map((item): Item => {
    switch (item.kind) {
      case 'user':
      case 'result':
        return { ...item, parts: item.parts.map(part) };
      case 'system':
      case 'think':
      case 'text':
        return { ...item, text: text(item.text) };
      case 'shown':
        return { ...item, picture: { ...item.picture, name: text(item.picture.name) } };
      case 'call': {
        const { call } = item;
        const before = hidden;
        const written = text(call.written);
        hidden = before;
        return { ...item, call: { ...call, written, input: json(call.input) } };
      }
      case 'other':
        return { ...item, json: json(item.json) };
      case 'used':
      case 'hidden':
        return item;
      default:
        return item satisfies never;
    }
  });
  return { items: cleaned, hidden };
}
