/** What a person sends, as a run tells it: words, and pictures by the files they are. */
import { fitName, TRAJECTORY_LIMITS } from './limits';
import type { Part, Picture } from './schema';

/** Of a picture that was opened. */
interface OpenedPicture {
  readonly source: {
    readonly ref: {
      readonly hash: string;
      readonly mimeType: string;
      readonly name: string;
      readonly width: number;
      readonly height: number;
    };
  };
}

export function givenParts(given: readonly ({ readonly text: string } | OpenedPicture)[]): {
  readonly pictures: Picture[];
  readonly given: Part[];
  /** All words together. */
  readonly words: string;
} {
  const pictures: Picture[] = [];
  const parts = given.map((one): Part => {
    if ('text' in one) return { text: fitName(one.text, TRAJECTORY_LIMITS.text) };
    const { hash, mimeType, name, width, height } = one.source.ref;
    const id = `p${pictures.length + 1}`;
    const file = { hash, mimeType: fitName(mimeType), name: fitName(name) };
    pictures.push({ id, from: 'file', file, width, height });
    return { picture: id, seen: null };
  });
  return { pictures, given: parts, words: given.flatMap((one) => ('text' in one ? [one.text] : [])).join(' ') };
}
