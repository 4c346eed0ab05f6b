/** The canvas in words, for those who do not see it. Pure. */
import type { Size } from '@/lib/geometry';
import type { BoxAt } from '@/lib/trajectory';

/** @param isHere whether its pixels are on the canvas */
export function describePicture(
  { size: image, assumedSize }: { readonly size: Size; readonly assumedSize: boolean },
  isHere: boolean,
  boxes: readonly BoxAt[],
): string {
  const whole = assumedSize ? 'Picture of unknown size' : `Picture of ${image.width} by ${image.height} pixels`;
  const size = isHere ? `${whole}.` : `${whole}, which is not here.`;
  if (boxes.length === 0) return size;
  return `${size} The model looked at ${boxes.map((box) => describeBox(box, image)).join('; ')}.`;
}

function describeBox({ number, label, executed, active }: BoxAt, image: Size): string {
  const percent = (value: number, whole: number) => `${Math.round((value / whole) * 100)} %`;
  const x = percent((executed.x1 + executed.x2) / 2, image.width);
  const y = percent((executed.y1 + executed.y2) / 2, image.height);
  const what = label === '' ? 'a place' : label;
  return `${number}, ${what}, centred ${x} from the left and ${y} from the top${active ? ' (now)' : ''}`;
}
