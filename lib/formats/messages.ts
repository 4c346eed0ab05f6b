/**
 * A run out of a list of messages, by the rules of whoever ran it: which calls a turn's text holds and which of them was carried out, whose
 * boxes count in what, which picture a call speaks of, and what was cut. Crops are views of the picture: bytes that a log holds of them are
 * kept only where no rule says what they show.
 */
import type { Size } from '@/lib/geometry';
import { TRAJECTORY_LIMITS, type Json, type Mark, type Part, type Seen, type Token } from '@/lib/trajectory';
import { boxOfInput, toolName, type BoxOrder, type WrittenBox } from './call-box';
import type { FoundPicture, PictureFinder, PictureName } from './contract';
import type { Crop, CropRule } from './crops';
import { isObject, numberOf } from './json-shape';
import type { PicturePart } from './picture-address';
import { wordsIn, type Message, type MessageCall, type MessagePart } from './message';
import { piecesOf, readWrittenCall, USUAL_TAGS, type Piece, type TurnTags } from './pieces';
import { shows, type Asked, type Placed, type RunBuilder } from './run-builder';

/** A picture of the conversation so far, in the order of coming. */
export interface TalkPicture {
  readonly picture: string;
  /** Path, address or bytes: the same picture again has the same key. Empty where the log left it out. */
  readonly key: string;
  readonly from: 'given' | 'result';
  /** The turn after which it came, the call (as the log names it) that brought it, and whether that showed a part of another. */
  readonly turn: number;
  readonly callId: string;
  readonly zoomed: boolean;
}

/** A box that a rule of its own found in a call. */
export interface FoundBox extends WrittenBox {
  readonly frame: (picture: Size) => Pick<Asked, 'frame' | 'by'>;
  readonly target?: string;
  readonly tool?: string;
}

/** One of several places that a call points at. Of a point both corners are the same. */
export interface WrittenShape extends Pick<Asked, 'box' | 'frame'> {
  readonly kind: 'box' | 'point';
  readonly by: NonNullable<Asked['by']>;
  readonly picture: string;
}

export interface TalkRules {
  readonly tags?: TurnTags;
  /** Which of several calls in a turn's text was carried out. */
  readonly which?: 'first' | 'last' | 'all';
  /** What words outside tags are, where the turn calls nothing. */
  readonly plain?: 'answer' | 'think';
  /** A user's message that follows a call is its result. */
  readonly userAnswers?: boolean;
  readonly frame: (box: Asked['box'], input: Json, picture: Size) => Pick<Asked, 'frame' | 'by'>;
  readonly order?: BoxOrder;
  /** Instead of `order` and `frame`: all there is to say of a call's box. */
  readonly boxOf?: (call: MessageCall, pictures: readonly TalkPicture[]) => FoundBox | null;
  /** Where one call points at several places: each of them. */
  readonly shapesOf?: (call: MessageCall, pictures: readonly TalkPicture[]) => readonly WrittenShape[];
  /** Which picture a call speaks of; the first that was given where left out. */
  readonly target?: (input: Json, pictures: readonly TalkPicture[]) => string | null;
  /** Null: nobody knows how crops were cut; a log's own bytes are kept, and where it has none, the asked box is shown. */
  readonly crop: CropRule | null;
  /** What a call that nobody could use brought back all the same (no box, or its tag never closed); left out: what the log shows. */
  readonly whole?: (picture: Size) => Crop;
  /** As large as the model saw a picture, for boxes in pixels of that. */
  readonly seen?: (picture: Size) => Size;
  /** What the pictures that were given go by, where a message does not say. */
  readonly name?: (index: number) => PictureName | null;
  /** Words of the person, without what is put around each question. */
  readonly said?: (text: string) => string;
  /** What each piece of a turn's text consists of, in their order. */
  readonly tokens?: (message: Message, pieces: readonly Piece[]) => readonly (readonly Token[])[];
  /** Told at the end of each turn of the model. */
  readonly turnEnd?: (message: Message) => void;
  /** Words of a result, likewise. */
  readonly told?: (text: string) => string;
}

export interface Told {
  readonly answered: boolean;
  /** Whether the last thing was a call that nothing came of, or its result: the run ended on it. */
  readonly endsOn: 'answer' | 'call' | 'result' | 'said' | 'text' | 'nothing';
}

/** What a rule says against a box. */
interface Refused {
  readonly refused: string;
}

interface Pending {
  readonly callId: string;
  readonly id: string;
  readonly placed: Placed | null;
}

/** Tells the builder a whole conversation. */
export async function tellMessages(
  messages: readonly Message[],
  run: RunBuilder,
  finder: PictureFinder,
  rules: TalkRules,
): Promise<Told> {
  const talk = createTalk(run, finder, rules);
  for (let at = 0; at < messages.length; at += 1) {
    const message = messages[at] as Message; // at is inside
    if (message.other) run.other(message.other.kind, message.other.json);
    else if (message.role === 'assistant') {
      const repeats = countRepeats(messages, at);
      if (repeats > 1) run.note({ code: 'repeated-turns', params: { count: repeats } });
      await talk.assistant(message);
      at += repeats - 1;
    } else if (message.role === 'system') talk.system(message);
    else await talk.other(message);
  }
  return talk.told();
}

/** How often in a row the very same turn stands: nobody was told anything between. */
function countRepeats(messages: readonly Message[], at: number): number {
  const words = wordsIn(messages[at] as Message);
  let count = 1;
  while (
    words !== '' &&
    messages[at + count]?.role === 'assistant' &&
    wordsIn(messages[at + count] as Message) === words
  )
    count += 1;
  return count;
}

function createTalk(run: RunBuilder, finder: PictureFinder, rules: TalkRules) {
  const { tags = USUAL_TAGS, which = 'first', plain = 'answer', order = 'xyxy' } = rules;
  const pictures: TalkPicture[] = [];
  let pending: Pending[] = [];
  const unanswered = new Map<string, Pending>();
  let spoken = false;
  let given = 0;
  let answered = false;
  let endsOn: Told['endsOn'] = 'nothing';

  const bytesOf = async (
    part: Extract<MessagePart, { kind: 'picture' }>,
    name: PictureName,
  ): Promise<FoundPicture | null> => {
    if (part.bytes !== null && part.bytes !== '') return finder.keep(part.bytes, name.names[0] ?? '');
    return finder.find(name);
  };
  const keyOf = (part: Extract<MessagePart, { kind: 'picture' }>): string => part.bytes ?? part.name;
  const nameOf = ({ name, id, hash, fileBytes }: PicturePart): PictureName => ({
    names: name === '' ? [] : [name],
    ...(id !== undefined && { id }),
    ...(hash !== undefined && { hash }),
    ...(fileBytes !== undefined && { bytes: fileBytes }),
  });
  const cameWith = (call: Pending | null) => ({
    turn: run.turn(),
    callId: call?.id ?? '',
    zoomed: call?.placed !== null && call !== null,
  });

  const givenParts = async (message: Message): Promise<Part[]> => {
    const parts: Part[] = [];
    for (const part of message.parts.slice(0, TRAJECTORY_LIMITS.parts)) {
      if (part.kind === 'text') {
        const text = rules.said?.(part.text) ?? part.text;
        if (text.trim() !== '') parts.push({ text });
        continue;
      }
      const known = keyOf(part) === '' ? undefined : pictures.find(({ key }) => key === keyOf(part));
      if (known) {
        parts.push(shows(known.picture));
        continue;
      }
      const own = nameOf(part);
      const name = part.name === '' ? (rules.name?.(given) ?? own) : own;
      given += 1;
      const picture = run.picture(await bytesOf(part, name), name);
      pictures.push({ ...cameWith(null), picture, key: keyOf(part), from: 'given' });
      parts.push(shows(picture));
    }
    return parts;
  };

  /** What a log shows of a call: a view by the rule, its own bytes, or the asked box. */
  const resultPicture = async (
    part: Extract<MessagePart, { kind: 'picture' }>,
    call: Pending | null,
    first: boolean,
  ): Promise<Part | Refused | null> => {
    const derived = rules.crop !== null || part.bytes === '';
    const view = !first || !call ? null : call.placed ? cutFor(call.placed, derived) : wholeOf(pictures[0]);
    if (view && 'refused' in view) return view;
    if (view) {
      pictures.push({ ...cameWith(call), picture: view.picture, key: keyOf(part), from: 'result' });
      return shows(view.picture, view.seen);
    }
    const name = nameOf(part);
    const found = await bytesOf(part, name);
    if (!found && part.name === '' && !call) return null;
    const picture = run.picture(found, name, call?.callId);
    pictures.push({ ...cameWith(call), picture, key: keyOf(part), from: 'result' });
    return shows(picture);
  };

  const cutFor = (
    { place, asked, written, outside }: Placed,
    derive: boolean,
  ): { picture: string; seen: Seen | null } | Refused | null => {
    if (!derive) return null;
    const crop = rules.crop?.(asked, run.sizeOf(place.picture), written) ?? null;
    if (crop && !crop.ok) return { refused: crop.problem };
    if (outside) run.note({ code: 'box-outside' });
    const view = run.view(place.picture, crop?.ok ? crop.region : place.box);
    return view && { picture: view.picture, seen: crop?.ok ? { ...crop.seen, tokens: null } : null };
  };

  const wholeOf = (target: TalkPicture | undefined): { picture: string; seen: Seen | null } | null => {
    const crop = target && rules.whole ? rules.whole(run.sizeOf(target.picture)) : null;
    const view = target && crop?.ok ? run.view(target.picture, crop.region) : null;
    return view && crop?.ok ? { picture: view.picture, seen: { ...crop.seen, tokens: null } } : null;
  };

  const result = async (message: Message): Promise<void> => {
    const found = message.callId === '' ? 0 : pending.findIndex(({ id }) => id === message.callId);
    // A result may come when others have spoken already.
    const late = found < 0 ? unanswered.get(message.callId) : undefined;
    const [call = null] = late ? [late] : pending.splice(Math.max(0, found), 1);
    if (call) unanswered.delete(call.id);
    const parts: Part[] = [];
    let shown = 0;
    let refused: string | null = null;
    for (const part of message.parts.slice(0, TRAJECTORY_LIMITS.parts)) {
      if (part.kind === 'picture') {
        const picture = await resultPicture(part, call, shown === 0);
        shown += 1;
        if (picture && 'refused' in picture) refused ??= picture.refused;
        else if (picture) parts.push(picture);
        continue;
      }
      const text = (rules.told?.(part.text) ?? part.text).trim();
      if (text !== '') parts.push({ text });
    }
    if (!call) {
      run.said(parts);
      return;
    }
    const told = parts.flatMap((part) => ('text' in part ? [part.text] : [])).join('\n');
    const failed = message.failed ?? /^\W*(error|invalid|failed|exception|traceback)\b/i.test(told);
    if (shown === 0 && failed) refused = 'refused-there';
    if (refused === null) run.result(call.callId, parts);
    else run.result(call.callId, [], { problem: refused, told });
    endsOn = 'result';
  };

  /** The picture a call speaks of. One that shows a box speaks of some picture, also where the log shows none. */
  const targetOf = async (input: Json, hasBox: boolean): Promise<string | null> => {
    if (pictures.length === 0 && hasBox) {
      const name = rules.name?.(0) ?? { names: [] };
      const picture = run.picture(await finder.find(name), name);
      pictures.push({ ...cameWith(null), picture, key: '', from: 'given' });
    }
    return rules.target ? rules.target(input, pictures) : (pictures[0]?.picture ?? null);
  };

  const call = async (
    written: MessageCall,
    carriedOut: boolean,
    tokens?: readonly Token[],
    usable = true,
  ): Promise<void> => {
    const own = rules.boxOf?.(written, pictures) ?? null;
    const box = rules.boxOf ? own : boxOfInput(written.input, order);
    const shapes = rules.shapesOf?.(written, pictures) ?? [];
    const target = own?.target ?? (await targetOf(written.input, box !== null || shapes.length > 0));
    const size = target === null ? null : run.sizeOf(target);
    if (shapes.length > 0) run.think(written.written, undefined, marksOf(shapes, target ?? ''));
    const frame = box && size ? (own?.frame(size) ?? rules.frame(box.box, written.input, size)) : null;
    const asked: Asked | null = box && frame ? { box: box.box, order: box.order, ...frame } : null;
    const placed = usable && asked && target !== null && size ? run.place(target, asked, rules.seen?.(size)) : null;
    const facts = {
      tool: own?.tool ?? toolName(written.name, box !== null),
      written: written.written,
      input: written.input,
      label: box?.label ?? '',
      asked,
      place: carriedOut ? (placed?.place ?? null) : null,
      id: written.id,
    };
    const callId = run.call(facts, tokens);
    endsOn = 'call';
    if (carriedOut) {
      pending.push({ callId, id: written.id, placed });
      if (written.id !== '') unanswered.set(written.id, { callId, id: written.id, placed });
    }
    if (!carriedOut) run.result(callId, [], { problem: 'not-run', told: '' });
  };

  const marksOf = (shapes: readonly WrittenShape[], usual: string): readonly Mark[] =>
    shapes.slice(0, TRAJECTORY_LIMITS.marks).map(({ kind, box, frame, by, picture }): Mark => {
      const { place } = run.place(picture === '' ? usual : picture, { box, frame });
      const { x1, y1 } = place.box;
      const shape = kind === 'box' ? { kind, box: place.box } : { kind, point: { x: x1, y: y1 } };
      return {
        label: '',
        picture: place.picture,
        shape,
        read: { frame, order: kind === 'box' ? 'xyxy' : 'xy', by },
        at: null,
      };
    });

  const piece = async (
    { kind, text, closed }: Piece,
    turn: { calls: number; answered: boolean; chosen: number; at: number },
    tokens?: readonly Token[],
  ): Promise<void> => {
    const words = squeezed(text);
    if (kind === 'call') {
      const read = readWrittenCall(text);
      const written = { id: '', name: read?.name ?? '', written: text.trim(), input: read?.input ?? null };
      await call(written, which === 'all' || turn.at === turn.chosen, tokens, closed || !rules.whole);
      turn.at += 1;
      return;
    }
    if (words.trim() === '') return;
    const isAnswer =
      (kind === 'answer' || (kind === 'loose' && plain === 'answer' && turn.calls === 0)) && !turn.answered;
    if (!isAnswer) {
      run.think(words, tokens);
      if (endsOn !== 'answer') endsOn = 'text';
      return;
    }
    run.answer(words.trim(), tokens);
    [turn.answered, answered, endsOn] = [true, true, 'answer'];
  };

  return {
    system(message: Message): void {
      if (spoken) run.said([{ text: wordsIn(message) }]);
      else run.system(wordsIn(message));
    },
    async assistant(message: Message): Promise<void> {
      spoken = true;
      if (!message.continues) {
        pending = [];
        run.nextTurn();
      }
      if (message.reasoning.trim() !== '') run.think(squeezed(message.reasoning));
      const pieces = piecesOf(wordsIn(message), tags);
      const inText = pieces.filter(({ kind }) => kind === 'call').length;
      const calls = inText + message.calls.length;
      if (inText > 1 && which !== 'all') run.note({ code: 'several-calls', params: { count: inText, run: which } });
      // An answer that has its tag is the answer, and words around it are not.
      const tagged = pieces.some(({ kind }) => kind === 'answer');
      const turn = {
        calls: tagged || message.goesOn ? 1 : calls,
        answered: false,
        chosen: which === 'last' ? inText - 1 : 0,
        at: 0,
      };
      const tokens = rules.tokens?.(message, pieces);
      for (const [index, one] of pieces.entries()) await piece(one, turn, tokens?.[index]);
      for (const part of message.parts) {
        if (part.kind !== 'picture') continue;
        const shown = await resultPicture(part, null, false);
        if (shown && !('refused' in shown)) run.said([shown]);
      }
      for (const one of message.calls) await call(one, true);
      if (turn.answered && inText > 0) run.note({ code: 'answered-and-called' });
      rules.turnEnd?.(message);
    },
    /** A person's message, or a tool's. */
    async other(message: Message): Promise<void> {
      const answers = message.role === 'tool' || (rules.userAnswers === true && pending.length > 0);
      if (spoken && answers) return result(message);
      const parts = await givenParts(message);
      if (!spoken) return run.given(parts);
      if (parts.length > 0) run.said(parts);
      endsOn = 'said';
    },
    told: (): Told => ({ answered, endsOn }),
  };
}

/** Models that lost their thread write hundreds of line breaks. */
function squeezed(text: string): string {
  return text.replace(/\n{4,}/g, '\n\n\n');
}

/** The n-th picture that a call names by a number, counted from `first`. */
export function pictureByNumber(
  input: Json,
  keys: readonly string[],
  pictures: readonly TalkPicture[],
  first = 0,
): string | null {
  const number = isObject(input) ? keys.map((key) => numberOf(input[key])).find((value) => value !== null) : null;
  if (number === null || number === undefined) return pictures[0]?.picture ?? null;
  return pictures[number - first]?.picture ?? pictures[0]?.picture ?? null;
}
