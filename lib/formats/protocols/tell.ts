/**
 * A conversation with an API as a run. The system prompt, which is whoever built the app's and may hold anything, stays out until a person
 * asks for it; secrets are covered by the builder.
 */
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { pictureAt, type MessagePart } from '../message';
import { tellMessages, type FoundBox, type Told } from '../messages';
import { buildRun, type RunBuilder } from '../run-builder';
import type { TurnTags } from '../pieces';
import { boxRules } from './box-rules';
import type { Conversation } from './conversation';
import { messagesOfItems, textPart, type Item } from './item';
import { spoken } from './responses';

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
  noteWhatIsMissing(run, conversation);
  const items = withSystem(run, withCalls(conversation.items.flatMap(withPictures)), rule === 'with-system-prompt');
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
    boxOf: (call, pictures) => noted(run, rules.boxOf(call, pictures)),
    crop: null,
    name: () => ({ names: rules.opened() === '' ? [] : [rules.opened()], question: questionIn(items) }),
    turnEnd: ({ used }) => {
      if (used) run.used({ promptTokens: used.prompt, reusedTokens: used.reused, outputTokens: used.output });
    },
  });
  run.about({
    ...(model !== '' && { model: { name: model } }),
    ...(conversation.createdAt !== '' && { createdAt: conversation.createdAt }),
    ...(from.title !== undefined && from.title !== '' && { title: from.title }),
    ...(conversation.error !== '' && { source: { error: conversation.error } }),
  });
  if (conversation.error !== '') {
    run.note({ code: 'row-failed', params: { message: conversation.error.slice(0, 200) } });
    return run.finish({ status: 'failed', reason: 'error', message: conversation.error });
  }
  return run.finish(
    endingOf(
      told,
      items.findLast(({ kind }) => kind !== 'used' && kind !== 'hidden'),
    ),
  );
}

function endingOf({ answered, endsOn }: Told, last: Item | undefined) {
  // A picture that the service made may be all there is to say.
  const made = last?.kind === 'result' && last.aside && last.parts.some(({ kind }) => kind === 'picture');
  if (made) return { status: 'done', reason: 'unknown' } as const;
  if (endsOn === 'answer') return { status: 'done', reason: 'answer' } as const;
  if (endsOn === 'call' || endsOn === 'result') return { status: 'stopped', reason: 'unknown' } as const;
  return { status: 'done', reason: answered ? 'answer' : 'unknown' } as const;
}

/** Where nothing but the numbers says how they count, that is said. */
function noted(run: RunBuilder, found: FoundBox | null): FoundBox | null {
  if (!found) return null;
  const frame: FoundBox['frame'] = (picture) => {
    const read = found.frame(picture);
    if (read.by === 'values') run.note({ code: 'frame-from-values' });
    return read;
  };
  return { ...found, frame };
}

function noteWhatIsMissing(run: RunBuilder, { after, items }: Conversation): void {
  const hidden = items.filter(({ kind }) => kind === 'hidden').length;
  if (hidden > 0) run.note({ code: 'thoughts-hidden', params: { count: hidden } });
  const pictures = items
    .flatMap((item) => ('parts' in item ? item.parts : []))
    .filter((part) => part.kind === 'picture' && part.redacted).length;
  if (pictures > 0) run.note({ code: 'pictures-redacted', params: { count: pictures } });
  if (items.some((item) => item.kind === 'result' && item.unrecorded)) run.note({ code: 'output-not-recorded' });
  if (after !== '') run.note({ code: 'earlier-turns-missing' });
  else if (!items.some(({ kind }) => kind === 'user')) run.note({ code: 'question-missing' });
}

const DATA_URL = /(?:!\[[^\]\n]{0,200}\]\()?(data:image\/[\w.+-]{1,20};base64,[A-Za-z0-9+/=_-]{40,})\)?/;

/** Pictures that stand among words, as Markdown or bare, are pictures. */
function withPictures(item: Item): readonly Item[] {
  if (item.kind === 'user' || item.kind === 'result')
    return [{ ...item, parts: item.parts.flatMap(partsWithPictures) }];
  if (item.kind !== 'text' || !item.text.includes('data:image/')) return [item];
  return partsWithPictures({ kind: 'text', text: item.text }).flatMap(spoken);
}

function partsWithPictures(part: MessagePart): readonly MessagePart[] {
  if (part.kind !== 'text' || !part.text.includes('data:image/')) return [part];
  return part.text
    .split(DATA_URL)
    .flatMap((piece, at): readonly MessagePart[] => (at % 2 === 1 ? [pictureAt(piece)] : textPart(piece)));
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
  return asked
    ? asked.parts
        .flatMap((part) => (part.kind === 'text' ? [part.text] : []))
        .join('\n')
        .slice(0, 500)
    : '';
}
