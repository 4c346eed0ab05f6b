/** The gallery that ships with the app, read from disk: which questions there are, and which of them need a closer look. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface GalleryQuestion {
  readonly kind: string;
  readonly question: string;
  readonly accepted: readonly string[];
  readonly needsZoom: boolean;
}

interface GalleryPicture {
  readonly id: string;
  readonly image: string;
  readonly questions: readonly GalleryQuestion[];
}

const folder = join(import.meta.dirname, '..', 'public', 'gallery');

export function readGallery(): readonly GalleryPicture[] {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    readonly pictures: readonly GalleryPicture[];
  };
  return index.pictures;
}

export const readGalleryFile = (name: string): Buffer => readFileSync(join(folder, name));

interface PictureToAsk {
  /** Counted from 1, as printed under the picture. */
  readonly number: number;
  readonly image: string;
  readonly question: string;
}

/** Pictures with a tag to read that is too small in the overview, and the question that asks for it. */
export function tagsToRead(): readonly PictureToAsk[] {
  return readGallery().flatMap(({ image, questions }, index) => {
    const tag = questions.find(({ kind, needsZoom }) => kind === 'read-tag' && needsZoom);
    return tag ? [{ number: index + 1, image, question: tag.question }] : [];
  });
}

export function firstTagToRead(): PictureToAsk {
  const [first] = tagsToRead();
  if (!first) throw new Error('The gallery has no tag that needs a closer look.');
  return first;
}
