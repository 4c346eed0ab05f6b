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

/** The steps are shown also where a picture is not there or cannot be decoded. */
export async function openLookedAt(
  run: Trajectory,
  files: ReadonlyMap<FileHash, Blob>,
  images: ImageService = createImageService(),
): Promise<LookedAt> {
  const found = pictureFilesOf(run, files);
  let pictureFailed = false;
  const opened = await openPictures(images, found).catch(() => {
    pictureFailed = true;
    return openPictures(images, { ...found, bytes: null });
  });
  const fileOf = (hash: FileHash) => Promise.resolve(files.get(hash) ?? null);
  const player = createPlayer({ regionOf: regionsOf(images, fileOf), seenOf: seenFrom(images, fileOf) });
  player.show({ run: settleLeft(run), ...opened });
  return {
    player,
    pictureFailed,
    close: () => {
      player.dispose();
      images.dispose();
      closePictures(opened.pictures);
    },
  };
}
