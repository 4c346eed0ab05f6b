/** The pictures of a question, where there are several: more of them, fewer, in another order. Comes when it is first needed. */
import type { ImageService, SourceImage } from '@/lib/image';
import { closePictures, openPictures, sourcesOf, type Player } from '@/lib/player';
import type { FileHash } from '@/lib/trajectory';
import { noticeOfError, tooManyPictures } from './notices';
import type { Store } from './picture';

export type PicturesChange =
  | { readonly kind: 'add'; readonly files: readonly File[] }
  /** The last one stays: a question is about something. */
  | { readonly kind: 'remove'; readonly hash: FileHash }
  /** By so many places, as far as there are any. */
  | { readonly kind: 'move'; readonly hash: FileHash; readonly by: number };

/** Each takes its share of what a model can hold. */
export const MOST_PICTURES = 8;

export async function changePictures(
  store: Store,
  player: Player,
  images: ImageService,
  change: PicturesChange,
): Promise<void> {
  if (store.get().phase !== 'idle') return;
  const here = sourcesOf(player.getState());
  if (here.length === 0) return;
  switch (change.kind) {
    case 'add':
      return add(store, player, images, change.files);
    case 'remove':
      return put(
        player,
        here.filter(({ ref }) => ref.hash !== change.hash),
      );
    case 'move':
      return put(player, moved(here, change.hash, change.by));
    default:
      change satisfies never;
  }
}

/** A bitmap stays until the next picture is opened: the run on screen may show it. */
function put(player: Player, [source, ...beside]: readonly SourceImage[]): void {
  if (source) player.show({ source, beside });
}

function moved(sources: readonly SourceImage[], hash: FileHash, by: number): readonly SourceImage[] {
  const at = sources.findIndex(({ ref }) => ref.hash === hash);
  const one = sources[at];
  if (!one) return sources;
  const to = Math.min(Math.max(at + by, 0), sources.length - 1);
  return sources.toSpliced(at, 1).toSpliced(to, 0, one);
}

async function add(store: Store, player: Player, images: ImageService, files: readonly File[]): Promise<void> {
  const { source } = player.getState();
  store.set({ phase: 'opening', notice: null });
  for (const file of files) {
    try {
      const before = player.getState();
      if (sourcesOf(before).length >= MOST_PICTURES) {
        store.set({ notice: tooManyPictures(MOST_PICTURES) });
        break;
      }
      const opened = await openPictures(images, { bytes: file, name: file.name });
      const now = player.getState();
      // Another picture was opened meanwhile: these were for the one before.
      if (now.source !== source || store.get().phase !== 'opening') return closePictures(opened.pictures);
      const isNew = opened.source && !now.pictures.has(opened.source.ref.hash);
      if (!isNew) closePictures(opened.pictures);
      const isAsked = sourcesOf(now).some(({ ref }) => ref.hash === opened.source?.ref.hash);
      if (opened.source && !isAsked) {
        const pictures = isNew ? new Map([...now.pictures, ...opened.pictures]) : now.pictures;
        player.show({ beside: [...now.beside, opened.source], pictures });
      }
    } catch (error) {
      store.set({ notice: noticeOfError(error) });
    }
  }
  store.set({ phase: 'idle' });
}
