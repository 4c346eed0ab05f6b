/** An answer that is pasted over a picture, and how the boxes of an answer are read. */
import { countingIn } from '../counting';

const { counted } = countingIn('en');

export const answer = {
  paste: 'Paste an answer',
  pasteHint: 'See the boxes and points of any model’s answer on your picture',
  sheet: {
    title: 'Paste an answer',
    about:
      'Paste what any model wrote. Its boxes, points and polygons appear on your picture. No model runs, and nothing leaves this device.',
    text: 'The model’s answer',
    model: 'Written by',
    anyModel: 'Not sure',
    needsPicture: 'Which picture is it about?',
    choose: 'Choose a picture',
    picture: 'Picture file for the answer',
    show: 'Show on picture',
    none: 'No boxes or points found in this text. You can still keep it with the picture.',
  },
  /** What was found in a text. */
  found: (boxes: number, points: number, polygons: number) =>
    [
      boxes > 0 ? counted(boxes, { one: 'box', other: 'boxes' }) : '',
      points > 0 ? counted(points, { one: 'point', other: 'points' }) : '',
      polygons > 0 ? counted(polygons, { one: 'polygon', other: 'polygons' }) : '',
    ]
      .filter(Boolean)
      .join(', '),
  reading: {
    title: 'How boxes are read',
    /** Behind what was found. */
    readAs: (range: string, order: string) => `Read as ${range}, ${order}`,
    range: 'Numbers count in',
    order: 'Order',
    asRead: 'Automatic',
    scale: (most: number) => `0–${most}`,
    pixels: 'pixels of this picture',
    seenPixels: 'pixels of the resized picture',
    orders: {
      xyxy: 'x first',
      yxyx: 'y first',
      xywh: 'x, y, width, height',
      cxcywh: 'center x, y, width, height',
      xy: 'x first',
      yx: 'y first',
    },
    by: {
      file: 'as the text says',
      model: 'as this model writes',
      values: 'going by the numbers',
      person: 'chosen by you',
    },
    /** Where the numbers fit more than one reading. */
    unsure: 'This is a guess. Boxes in the wrong place? Change it here.',
    bare: (count: number) =>
      `Also draw ${counted(count, { one: 'list of four numbers', other: 'lists of four numbers' })} that may be a box`,
    sorted: (count: number) =>
      `${counted(count, { one: 'box', other: 'boxes' })} had corners the wrong way round. Fixed.`,
    clamped: (count: number) =>
      `${counted(count, { one: 'shape', other: 'shapes' })} reached past the edge. Cut off there.`,
    outside: (count: number) =>
      `${counted(count, { one: 'shape lies', other: 'shapes lie' })} outside the picture. Not drawn.`,
    cut: 'The text ends in the middle of a box. That one is left out.',
  },
};
