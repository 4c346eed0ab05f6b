/**
 * A run out of a session's events. A call waits for its result, so that what its program printed (the size of a file, say) is known before
 * its crops are placed. Crops are views of their picture: a log's own bytes are kept only where the picture or its scale is a guess.
 */
import type { Size } from '@/lib/geometry';
import type { Part } from '@/lib/trajectory';
import { boxOfInput, toolName } from '../call-box';
import { createCodeDesk, type Effects } from '../code/code-desk';
import { isCut, type Shot } from '../code/shot';
import type { PictureFinder, Reading } from '../contract';
import { guessFrame } from '../frame-guess';
import { shows, type Ending, type RunBuilder } from '../run-builder';
import { MOST_RESULT, type SessionCall, type SessionEvent, type SessionPart } from './event';
import { createGallery, nameOf, type PlacedShot } from './gallery';
import { sizesIn, writtenBox } from './printed';

type Result = Extract<SessionEvent, { is: 'result' }>;

export interface SessionRules {
  readonly run: RunBuilder;
  readonly finder: PictureFinder;
  readonly reading: Reading;
  /** Whether of one picture alone every path surely means it. */
  readonly lone: 'surely' | 'perhaps';
  /** Names of files that some later call shows: what a program leaves there is looked at then. */
  readonly viewed?: ReadonlySet<string>;
  readonly model?: string;
}

/** Crops of one program that become looks. */
const MOST_LOOKS = 50;

const NOTHING: Effects = { shown: [], saved: [], marked: [], asked: [] };

export function createSession({ run, finder, reading, lone, viewed = new Set(), model = '' }: SessionRules) {
  const gallery = createGallery(run, finder, lone);
  const desk = createCodeDesk((path) => gallery.sizeOf(path));
  const waiting: SessionCall[] = [];
  /** Calls that were told and still wait for their results, by the ids they have in the run. */
  const toldAs = new Map<string, string>();
  const labels = new Map<string, string>();
  let words = '';
  let open = false;
  let spoken = false;
  let ends: 'answer' | 'call' | 'result' | 'other' = 'other';

  /** The model speaks: a new turn where it was told something since. */
  const turn = () => {
    spoken = true;
    if (!open) run.nextTurn();
    open = true;
  };
  /** Words that nothing followed were the answer. */
  const flushWords = (isAnswer: boolean) => {
    if (words.trim() !== '') {
      if (isAnswer) [ends] = ['answer', run.answer(words.trim())];
      else run.think(words.trim());
    }
    words = '';
  };
  const flushCalls = async () => {
    for (const call of waiting.splice(0)) {
      const effects = effectsOf(call, '');
      const callId = await tellCall(call, looksOf(effects, false), null);
      if (call.id !== '') toldAs.set(call.id, callId);
      ends = 'call';
    }
  };

  const effectsOf = ({ program }: SessionCall, printed: string): Effects => {
    if (!program) return NOTHING;
    const once = () =>
      program.in === 'shell' ? desk.shell(program.code) : desk.python(program.code, program.in === 'notebook');
    const effects = once();
    // What it printed of sizes says in which pixels it counts.
    const files = [...new Set(effects.asked.filter(({ region }) => !region).map(({ file }) => file))];
    const sizes = files.length === 0 ? [] : sizesIn(printed, files.length, program.code);
    const news = files.filter((file, at) => gallery.told(file, files.length === 1 ? sizes : sizes.slice(at, at + 1)));
    return news.length > 0 ? once() : effects;
  };

  const isLook = (shot: Shot): boolean => isCut(shot, gallery.sizeOf(shot.file));

  /** What of a program is looked at: what it showed; where nothing was, what it saved and nobody shows later; else what it marked. */
  const looksOf = ({ shown, saved, marked }: Effects, hasPictures: boolean): readonly Shot[] => {
    const cut = unlike(shown.filter(isLook));
    if (cut.length > 0) return cut.slice(0, MOST_LOOKS);
    const kept = saved.filter(({ path, shot }) => isLook(shot) && (hasPictures || !viewed.has(nameOf(path))));
    if (kept.length > 0) return unlike(kept.map(({ shot }) => shot)).slice(0, MOST_LOOKS);
    return unlike(marked.filter(isLook)).slice(0, MOST_LOOKS);
  };

  const tellCall = async (call: SessionCall, looks: readonly Shot[], placed: PlacedShot | null): Promise<string> => {
    const first = placed ?? (looks[0] ? await gallery.place(looks[0]) : null) ?? (await askedBox(call));
    const [tool, written] = [toolName(call.name, first !== null), clipped(call.written)];
    const callId = run.call({
      tool,
      written,
      input: call.input,
      label: call.label ?? '',
      asked: first?.asked ?? null,
      place: first ? run.place(first.picture, first.asked, first.seen).place : null,
      id: call.id,
    });
    return callId;
  };

  /** A box that stands in a call's arguments, or in a comment of its program. */
  const askedBox = async ({ input, program }: SessionCall): Promise<PlacedShot | null> => {
    const picture = gallery.latest();
    if (picture === null) return null;
    const written = program ? writtenBox(program.code) : null;
    if (written) return { picture, asked: written, seen: undefined, sure: false };
    const box = program ? null : boxOfInput(input);
    if (!box) return null;
    const guessed = reading.frame
      ? ({ frame: reading.frame, by: 'person' } as const)
      : guessFrame(box.box, run.sizeOf(picture), model);
    if (guessed.by === 'values') run.note({ code: 'frame-from-values' });
    return { picture, asked: { box: box.box, order: box.order, ...guessed }, seen: undefined, sure: false };
  };

  const viewOf = ({ picture, asked, seen }: PlacedShot, shot: Shot): Part | null => {
    const { asked: region, outside } = run.place(picture, asked, seen);
    const view = run.view(picture, region);
    if (outside) run.note({ code: 'crop-past-edge' });
    return view && shows(view.picture, shot.size && round(shot.size));
  };

  /** Parts of a result; `shots` are what its pictures show, where a program says. */
  const partsOf = async (
    parts: readonly SessionPart[],
    callId: string,
    shots: readonly (Shot | null)[],
  ): Promise<Part[]> => {
    const made: Part[] = [];
    let nth = 0;
    for (const part of parts) {
      if (part.kind === 'text') {
        if (part.text.trim() !== '') made.push({ text: clipped(part.text) });
        continue;
      }
      const shot = shots[nth] ?? null;
      nth += 1;
      made.push((shot && (await shown(shot, part))) ?? shows(await gallery.add(part, callId)));
    }
    return made;
  };

  const shown = async (shot: Shot, part: Extract<SessionPart, { kind: 'picture' }>): Promise<Part | null> => {
    if (!shot.bent && !isLook(shot)) {
      const root = gallery.rootOf(shot.file);
      return root === null ? null : shows(root, shot.size && round(shot.size));
    }
    const placed = await gallery.place(shot);
    if (!placed || (!placed.sure && part.bytes !== null)) return null;
    return viewOf(placed, shot);
  };

  const result = async (event: Result): Promise<void> => {
    gallery.begin();
    const told = toldAs.get(event.callId);
    const call = takeCall(event);
    if (!call && event.callId !== '' && told !== undefined) {
      toldAs.delete(event.callId);
      run.result(told, await partsOf(event.parts, told, []), refusedBy(event));
      ends = 'result';
      return;
    }
    if (!call) turn();
    const own: SessionCall = call ?? { id: event.callId, name: event.from ?? 'tool', written: '', input: null };
    const labelled = { ...own, label: event.label ?? own.label ?? '' };
    const printed = event.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
    const effects = effectsOf(labelled, printed);
    const viewing = own.views === undefined ? null : desk.fileAt(own.views);
    const pictures = event.parts.filter(({ kind }) => kind === 'picture').length;
    const looks = viewing ? [viewing].filter(isLook) : looksOf(effects, pictures > 0);
    const candidates = viewing
      ? [viewing]
      : unlike(effects.shown.length > 0 ? effects.shown : effects.saved.map(({ shot }) => shot));
    // One picture of many crops is none of them.
    const shots = candidates.length === pictures ? candidates : [];
    const label = labelled.label !== '' ? labelled.label : viewing ? (labels.get(viewing.written) ?? '') : '';
    for (const shot of [...effects.shown, ...effects.saved.map((one) => one.shot)])
      labels.set(shot.written, labelled.label);
    const callId = await tellCall({ ...labelled, label }, looks, null);
    const split = shots.length > 1 && shots.length === looks.length && shots.every((shot, at) => shot === looks[at]);
    const parts = event.parts.map((part) => (part.kind === 'picture' ? named(part, own.views) : part));
    const mine = split ? withoutLaterPictures(parts) : parts;
    run.result(callId, await partsOf(mine, callId, shots), refusedBy(event));
    for (const [at, look] of looks.slice(1).entries()) {
      const later = parts.filter(({ kind }) => kind === 'picture')[at + 1];
      await tellLook(own, look, split ? later : undefined, label);
    }
    [ends, open] = ['result', false];
  };

  /** A further crop of a program, as a look of its own. */
  const tellLook = async (
    call: SessionCall,
    look: Shot,
    part: SessionPart | undefined,
    label: string,
  ): Promise<void> => {
    const placed = await gallery.place(look);
    if (!placed) return;
    const callId = await tellCall({ id: '', name: call.name, written: look.written, input: null, label }, [], placed);
    const view = part ? (await partsOf([part], callId, [look]))[0] : viewOf(placed, look);
    run.result(callId, view ? [view] : []);
  };

  const takeCall = ({ callId, from }: Result): SessionCall | null => {
    const at =
      callId !== ''
        ? waiting.findIndex(({ id }) => id === callId)
        : waiting.findIndex(({ name }) => from === undefined || name === from || name.startsWith(`${from}.`));
    const found = at < 0 && callId === '' && waiting.length === 1 ? 0 : at;
    return found < 0 ? null : (waiting.splice(found, 1)[0] ?? null);
  };

  return {
    async tell(event: SessionEvent): Promise<void> {
      switch (event.is) {
        case 'system':
          run.system(clipped(event.text));
          return;
        case 'person': {
          flushWords(true);
          await flushCalls();
          open = false;
          gallery.begin();
          const parts: Part[] = [];
          for (const part of event.parts) {
            if (part.kind === 'picture') parts.push(shows(await gallery.add(part)));
            else if (part.text.trim() !== '') parts.push({ text: part.text });
          }
          if (parts.length === 0) return;
          if (spoken) run.said(parts);
          else run.given(parts);
          ends = 'other';
          return;
        }
        case 'thought':
          flushWords(false);
          await flushCalls();
          turn();
          if (event.text.trim() !== '') run.think(event.text.trim());
          return;
        case 'words':
          await flushCalls();
          turn();
          words = words === '' ? event.text : `${words}\n\n${event.text}`;
          return;
        case 'call':
          flushWords(false);
          turn();
          waiting.push(event.call);
          return;
        case 'result':
          flushWords(false);
          return result(event);
        case 'about-picture':
          gallery.about(event.nth, event);
          return;
        case 'used':
          if (spoken) run.used(event);
          return;
        case 'other':
          run.other(event.kind, event.json);
          return;
        default:
          event satisfies never;
      }
    },
    /** @returns how it ended */
    async end(): Promise<Ending> {
      flushWords(true);
      await flushCalls();
      if (ends === 'answer') return { status: 'done', reason: 'answer' };
      return { status: ends === 'call' ? 'stopped' : 'done', reason: 'unknown' };
    },
    hasSpoken: (): boolean => spoken || waiting.length > 0 || words !== '',
  };

  function clipped(text: string): string {
    if (text.length <= MOST_RESULT) return text;
    run.leftOut(text.length - MOST_RESULT);
    return `${text.slice(0, MOST_RESULT)}…`;
  }
}

/** The file that a call showed is what its picture is called. */
function named(part: Extract<SessionPart, { kind: 'picture' }>, views: string | undefined): SessionPart {
  return views === undefined || part.is.names.length > 0 ? part : { ...part, is: { ...part.is, names: [views] } };
}

function withoutLaterPictures(parts: readonly SessionPart[]): readonly SessionPart[] {
  const first = parts.findIndex(({ kind }) => kind === 'picture');
  return parts.filter(({ kind }, at) => kind === 'text' || at === first);
}

/** Each rectangle once: what is shown and saved is one look. */
function unlike(shots: readonly Shot[]): readonly Shot[] {
  const keys = new Set<string>();
  return shots.filter(({ file, region, size, bent }) => {
    const key = JSON.stringify([file, region, size, bent]);
    return !keys.has(key) && keys.add(key);
  });
}

function refusedBy({ failed, parts }: Result): { problem: string; told: string } | null {
  if (!failed) return null;
  const told = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
  return { problem: 'refused-there', told: told.slice(0, MOST_RESULT) };
}

const round = ({ width, height }: Size): Size => ({ width: Math.round(width), height: Math.round(height) });
