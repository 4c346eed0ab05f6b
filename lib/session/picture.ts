/**
 * The picture on screen: opening one (the latest wins), taking it down, and the life of its bitmap, which the session
 * owns and closes once no view can be drawing it any more. Every way to a picture leads through here, kept runs included.
 */
import type { ImageService, SourceImage } from '@/lib/image';
import { fitName, mainPicture, type FileHash } from '@/lib/trajectory';
import type { SessionState } from './contract';
import { noticeOfError } from './notices';

/** For the screen only; the model's crops are cut from the original. */
export const BITMAP_MAX_SIDE = 4096;

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

/**
 * What a new picture changes besides itself. A question belongs to the picture it was typed for: typed before there was one,
 * or while this one was on its way, it stays; one that was there with another picture goes. A run that had lost its picture
 * has it back when the same one comes.
 */
function newPicture(state: SessionState, source: SourceImage | null, before: string): Partial<SessionState> {
  if (state.source) return state.question === before ? { ...NO_RUN, question: '' } : NO_RUN;
  return source && state.trajectory && mainPicture(state.trajectory)?.file.hash === source.ref.hash ? {} : NO_RUN;
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
      if (opened) others.set(opened.ref.hash, await images.bitmap(opened, BITMAP_MAX_SIDE));
    }
    if (!bytes) return { source: null, bitmap: null, others };
    const source = await images.open(bytes, fitName(name), signal);
    return { source, bitmap: await images.bitmap(source, BITMAP_MAX_SIDE), others };
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
        const { source, bitmap, others } = await read(await find(mine.signal), mine.signal);
        if (opening !== mine) {
          bitmap?.close();
          for (const other of others.values()) other.close();
          return false;
        }
        release();
        const more = ready ? ready(source) : newPicture(store.get(), source, question);
        store.set({ ...more, phase: 'idle', source, bitmap, others });
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
