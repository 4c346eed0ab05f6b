/** The canvas in words, for those who do not see it. Pure. */
import type { Size } from '@/lib/geometry';
import type { BoxAt } from '@/lib/trajectory';

export function describePicture(image: Size, boxes: readonly BoxAt[]): string {
  const size = `Picture of ${image.width} by ${image.height} pixels.`;
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
