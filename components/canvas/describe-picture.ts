/** The canvas in the words given, for those who do not see it. Pure. */
import type { Size } from '@/lib/geometry';
import type { BoxAt } from '@/lib/trajectory';
import type { Words } from '@/lib/words';

/** @param isHere whether its pixels are on the canvas */
export function describePicture(
  words: Words['canvas'],
  { size: image, assumedSize }: { readonly size: Size; readonly assumedSize: boolean },
  isHere: boolean,
  boxes: readonly BoxAt[],
): string {
  const picture = words.picture(assumedSize ? null : words.pixels(image.width, image.height), isHere);
  if (boxes.length === 0) return picture;
  return `${picture} ${words.lookedAt(boxes.map((box) => describeBox(words, box, image)))}`;
}

function describeBox(words: Words['canvas'], { number, label, executed, active }: BoxAt, image: Size): string {
  const x = (executed.x1 + executed.x2) / 2 / image.width;
  const y = (executed.y1 + executed.y2) / 2 / image.height;
  return words.place({ at: number, label, x, y, active });
}
