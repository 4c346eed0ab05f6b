/**
 * A player over one finished run that is only looked at, from its document and its files: shared and measured runs are shown by
 * the code that shows live and kept ones, and nothing of the person's own runs is read or written.
 */
import { createImageService, type ImageService } from '@/lib/image';
import type { FileHash, Trajectory } from '@/lib/trajectory';
import type { Player } from './contract';
import { createPlayer } from './create-player';
import { closePictures, openPictures, pictureFilesOf, regionsOf, seenFrom } from './pictures';
import { settleLeft } from './settle-left';

export interface LookedAt {
  readonly player: Player;
  /** There is a main picture, and this browser cannot decode it. */
  readonly pictureFailed: boolean;
  readonly close: () => void;
}

/** So many pictures beside the first are opened before a run is shown; of a long run the others come to it, so many at a time. */
const AT_ONCE = 8;

/** The steps are shown also where a picture is not there or cannot be decoded. */
export async function openLookedAt(
  run: Trajectory,
  files: ReadonlyMap<FileHash, Blob>,
  images: ImageService = createImageService(),
): Promise<LookedAt> {
  const { others = [], ...main } = pictureFilesOf(run, files);
  const among = others.length + 1;
  const found = { ...main, among, others: others.slice(0, AT_ONCE) };
  let pictureFailed = false;
  const opened = await openPictures(images, found).catch(() => {
    pictureFailed = true;
    return openPictures(images, { ...found, bytes: null });
  });
  const fileOf = (hash: FileHash) => Promise.resolve(files.get(hash) ?? null);
  const player = createPlayer({ regionOf: regionsOf(images, fileOf), seenOf: seenFrom(images, fileOf) });
  player.show({ run: settleLeft(run), ...opened });
  let { pictures, beside } = opened;
  const closed = new AbortController();
  const openOthers = async () => {
    for (let at = AT_ONCE; at < others.length; at += AT_ONCE) {
      const next = { bytes: null, name: '', among, others: others.slice(at, at + AT_ONCE) };
      const more = await openPictures(images, next, closed.signal);
      if (closed.signal.aborted) return closePictures(more.pictures);
      pictures = new Map([...pictures, ...more.pictures]);
      beside = [...beside, ...more.beside];
      player.show({ pictures, beside });
    }
  };
  // Those that cannot be read are left out; what ends it is that the run is not looked at any more.
  void openOthers().catch(() => undefined);
  return {
    player,
    pictureFailed,
    close: () => {
      closed.abort();
      player.dispose();
      images.dispose();
      closePictures(pictures);
    },
  };
}
