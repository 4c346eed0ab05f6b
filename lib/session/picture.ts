/**
 * The pictures on screen: opening them (the latest wins), taking them down, and the life of their bitmaps, which the session
 * owns. Every way to a picture leads through here, kept runs included.
 */
import type { ImageService, SourceImage } from '@/lib/image';
import { closePictures, openPictures, type PictureFiles, type Player, type PlayerState } from '@/lib/player';
import { mainPicture, questionOf, type Trajectory } from '@/lib/trajectory';
import type { Notice, SessionState } from './contract';
import { endsEarly, noticeOfError } from './notices';

export interface Store {
  get(): SessionState;
  set(patch: Partial<SessionState>): void;
}

/** What is to be shown. */
export interface Found extends PictureFiles {
  /** Said beside the picture once it is open. */
  readonly remark?: Notice;
}

/** What changes beside the pictures; a run that is left out stays. */
export interface Change extends Partial<Omit<SessionState, 'phase'>> {
  readonly run?: Trajectory | null;
}

export interface PictureDesk {
  /**
   * Shows the picture that `find` finds; the latest call wins, from the moment it is made. False when it failed (a notice
   * says why and all stays as it was) or when another was asked for meanwhile. `ready` sees the opened picture before the
   * state changes and adds to that one change; without it the picture is a new one (see `newPicture`).
   */
  open(find: (signal: AbortSignal) => Promise<Found>, ready?: (source: SourceImage | null) => Change): Promise<boolean>;
  /** Forgets a picture being opened. */
  cancel(): void;
  /** Takes the pictures off the screen. */
  release(): void;
}

/** The question's field: as the opening began, and as the picture came. */
interface Asked {
  readonly before: string;
  readonly now: string;
}

const NO_RUN: Change = { run: null, progress: null };

/** There are words in the field that are in no run. */
export function isUnasked(run: Trajectory | null, question: string): boolean {
  const words = question.trim();
  return words !== '' && (run === null || questionOf(run) !== words);
}

/**
 * What a new picture changes besides itself. Words that were typed and not asked stay, whatever picture they were typed for: nothing
 * typed is lost. A question that was asked is in its run, and goes with it, unless it was typed again while the picture was on its
 * way. A run that had lost its picture has it back when the same one comes.
 */
function newPicture({ source: had, run }: PlayerState, source: SourceImage | null, asked: Asked): Change {
  if (!had) return source && run && mainPicture(run)?.file.hash === source.ref.hash ? {} : NO_RUN;
  return asked.now === asked.before && !isUnasked(run, asked.now) ? { ...NO_RUN, question: '' } : NO_RUN;
}

/** @param makeWay ends what is going on with the picture that was there */
export function createPictureDesk(
  store: Store,
  player: Player,
  images: ImageService,
  makeWay: () => Promise<void>,
): PictureDesk {
  let opening: AbortController | null = null;

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
        const opened = await openPictures(images, found, mine.signal);
        if (opening !== mine) {
          closePictures(opened.pictures);
          return false;
        }
        const before = player.getState();
        const asked = { before: question, now: store.get().question };
        const { run, ...change } = ready ? ready(opened.source) : newPicture(before, opened.source, asked);
        player.show(run === undefined ? opened : { ...opened, run });
        const notice = opened.source?.endsEarly ? endsEarly() : (found.remark ?? null);
        store.set({ notice, ...change, phase: 'idle' });
        closePictures(before.pictures);
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
      const { pictures } = player.getState();
      player.show({ source: null, beside: [], pictures: new Map() });
      closePictures(pictures);
    },
  };
}
