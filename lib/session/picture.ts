/**
 * The picture on screen: opening one (the latest wins), taking it down, and the life of its bitmap, which the session
 * owns and closes once no view can be drawing it any more. Every way to a picture leads through here, kept runs included.
 */
import type { ImageService, SourceImage } from '@/lib/image';
import { mainPicture, questionOf, type FileHash } from '@/lib/trajectory';
import type { Notice, SessionState } from './contract';
import { cutOff, noticeOfError } from './notices';

/**
 * For the screen only; the model's crops are cut from the original. Bounded by area, so that a long page or a panorama keeps its
 * pixels; the side is what graphics processors take.
 */
export const BITMAP_MAX_SIDE = 16_384;
const BITMAP_MAX_PIXELS = 4096 * 4096;
export const BITMAP_BOUNDS = { maxPixels: BITMAP_MAX_PIXELS };

/** Views let go of a replaced bitmap with their next commit; so long it is kept for a frame in flight. */
const CLOSE_AFTER_MS = 1000;

export interface Store {
  get(): SessionState;
  set(patch: Partial<SessionState>): void;
}

/** What is to be shown: a picture's file, or none where there is none any more. */
export interface Found {
  readonly bytes: Blob | null;
  readonly name: string;
  /** Further pictures of the run that is opened with this one; one that cannot be read is left out. */
  readonly others?: readonly { readonly bytes: Blob; readonly name: string }[];
  /** Said beside the picture once it is open. */
  readonly remark?: Notice;
}

export interface PictureDesk {
  /**
   * Shows the picture that `find` finds; the latest call wins, from the moment it is made. False when it failed (a notice
   * says why and all stays as it was) or when another was asked for meanwhile. `ready` sees the opened picture before the
   * state changes and adds to that one change; without it the picture is a new one (see `newPicture`).
   */
  open(
    find: (signal: AbortSignal) => Promise<Found>,
    ready?: (source: SourceImage | null) => Partial<SessionState>,
  ): Promise<boolean>;
  /** Forgets a picture being opened. */
  cancel(): void;
  /** Takes the bitmap off the screen; its closing follows. */
  release(): void;
}

const NO_RUN: Partial<SessionState> = { trajectory: null, cursor: 0, following: true, playing: false, progress: null };

/** There are words in the field that are in no run. */
export function isUnasked({ trajectory, question }: Pick<SessionState, 'trajectory' | 'question'>): boolean {
  const words = question.trim();
  return words !== '' && (trajectory === null || questionOf(trajectory) !== words);
}

/**
 * What a new picture changes besides itself. Words that were typed and not asked stay, whatever picture they were typed for: nothing
 * typed is lost. A question that was asked is in its run, and goes with it, unless it was typed again while the picture was on its
 * way. A run that had lost its picture has it back when the same one comes.
 */
function newPicture(state: SessionState, source: SourceImage | null, before: string): Partial<SessionState> {
  const { trajectory, question } = state;
  if (!state.source) {
    return source && trajectory && mainPicture(trajectory)?.file.hash === source.ref.hash ? {} : NO_RUN;
  }
  return question === before && !isUnasked(state) ? { ...NO_RUN, question: '' } : NO_RUN;
}

/** @param makeWay ends what is going on with the picture that was there */
export function createPictureDesk(store: Store, images: ImageService, makeWay: () => Promise<void>): PictureDesk {
  let opening: AbortController | null = null;

  const release = () => {
    const { bitmap, others } = store.get();
    const bitmaps = [...(bitmap ? [bitmap] : []), ...others.values()];
    if (bitmaps.length > 0) setTimeout(() => bitmaps.forEach((one) => one.close()), CLOSE_AFTER_MS);
  };

  const read = async ({ bytes, name, others: more = [] }: Found, signal: AbortSignal) => {
    const others = new Map<FileHash, ImageBitmap>();
    for (const one of more) {
      const opened = await images.open(one.bytes, one.name, signal).catch(() => null);
      signal.throwIfAborted();
      if (opened) others.set(opened.ref.hash, await images.bitmap(opened, BITMAP_MAX_SIDE, BITMAP_BOUNDS));
    }
    if (!bytes) return { source: null, bitmap: null, others };
    const source = await images.open(bytes, name, signal);
    return { source, bitmap: await images.bitmap(source, BITMAP_MAX_SIDE, BITMAP_BOUNDS), others };
  };

  return {
    async open(find, ready) {
      opening?.abort();
      const mine = new AbortController();
      opening = mine;
      try {
        await makeWay();
        if (opening !== mine) return false;
        store.set({ phase: 'opening', notice: null });
        const { question } = store.get();
        const found = await find(mine.signal);
        const { source, bitmap, others } = await read(found, mine.signal);
        if (opening !== mine) {
          bitmap?.close();
          for (const other of others.values()) other.close();
          return false;
        }
        release();
        const more = ready ? ready(source) : newPicture(store.get(), source, question);
        const notice = source?.cutOff ? cutOff() : (found.remark ?? null);
        store.set({ notice, ...more, phase: 'idle', source, bitmap, others });
        return true;
      } catch (error) {
        // The picture that was there before stays: a wrong file costs nothing.
        if (opening === mine) store.set({ phase: 'idle', notice: noticeOfError(error) });
        return false;
      } finally {
        if (opening === mine) opening = null;
      }
    },
    cancel() {
      if (!opening) return;
      opening.abort();
      opening = null;
      if (store.get().phase === 'opening') store.set({ phase: 'idle' });
    },
    release() {
      release();
      store.set({ bitmap: null, others: new Map() });
    },
  };
}
