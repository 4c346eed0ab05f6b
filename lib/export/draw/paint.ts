/** Draws what a run looked at and pointed at, on a picture that lies on a canvas at a scale. */
import type { ImageBox } from '@/lib/geometry';
import { boxesAt, marksAt, type Mark, type Trajectory } from '@/lib/trajectory';

type Pen = OffscreenCanvasRenderingContext2D;

/** As `--turn-n` and `--turn-n-on` in app/globals.css. */
const TURNS = [
  ['#f19220', '#14100a'],
  ['#2e6ae6', '#ffffff'],
  ['#da498d', '#14060d'],
  ['#fddf64', '#14110a'],
  ['#45dbea', '#061314'],
  ['#7b1894', '#ffffff'],
] as const;
const CASING = 'rgb(0 0 0 / 0.5)';
export const FONT = 'system-ui, -apple-system, "Segoe UI", sans-serif';

export function turnColors(turn: number): readonly [string, string] {
  return TURNS[(Math.max(1, turn) - 1) % TURNS.length] ?? TURNS[0];
}

/** @param scale canvas pixels a pixel of the picture */
export function paintRun(pen: Pen, run: Trajectory, cursor: number, picture: string, scale: number): void {
  for (const box of boxesAt(run, cursor).filter((one) => one.picture === picture)) {
    const [color, on] = turnColors(box.turn);
    pen.globalAlpha = box.active || cursor === run.steps.length ? 1 : 0.55;
    outline(pen, (grow) => rectangle(pen, box.executed, scale, grow), color);
    badge(pen, box.executed, scale, `${box.number}${box.label ? ` ${clipped(box.label)}` : ''}`, color, on);
  }
  const marks = marksAt(run, cursor).filter((one) => one.picture === picture);
  for (const mark of marks) {
    const [color] = turnColors(mark.turn);
    pen.globalAlpha = mark.active ? 1 : 0.55;
    outline(pen, () => shape(pen, mark.shape, scale), color);
    if (mark.label !== '' && marks.length <= 40)
      badge(pen, extent(mark.shape), scale, clipped(mark.label), 'rgb(0 0 0 / 0.78)', '#fff');
  }
  pen.globalAlpha = 1;
}

const clipped = (text: string): string => (text.length > 28 ? `${text.slice(0, 27)}…` : text);

function outline(pen: Pen, trace: (grow: number) => void, color: string): void {
  pen.lineJoin = 'round';
  for (const [style, width] of [
    [CASING, 5],
    [color, 3],
  ] as const) {
    pen.beginPath();
    trace(0);
    pen.strokeStyle = style;
    pen.lineWidth = width;
    pen.stroke();
  }
}

function rectangle(pen: Pen, { x1, y1, x2, y2 }: ImageBox, scale: number, grow: number): void {
  pen.rect(x1 * scale - grow, y1 * scale - grow, (x2 - x1) * scale + 2 * grow, (y2 - y1) * scale + 2 * grow);
}

function shape(pen: Pen, one: Mark['shape'], scale: number): void {
  if (one.kind === 'box') rectangle(pen, one.box, scale, 0);
  else if (one.kind === 'point') pen.arc(one.point.x * scale, one.point.y * scale, 8, 0, 2 * Math.PI);
  else {
    one.points.forEach(({ x, y }, at) =>
      at === 0 ? pen.moveTo(x * scale, y * scale) : pen.lineTo(x * scale, y * scale),
    );
    pen.closePath();
  }
}

function extent(one: Mark['shape']): ImageBox {
  if (one.kind === 'box') return one.box;
  const points = one.kind === 'point' ? [one.point] : one.points;
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
}

/** Above the box where there is room, else inside it. */
function badge(pen: Pen, { x1, y1 }: ImageBox, scale: number, text: string, color: string, on: string): void {
  pen.font = `600 15px ${FONT}`;
  const width = pen.measureText(text).width + 14;
  const x = Math.min(Math.max(0, x1 * scale), Math.max(0, pen.canvas.width - width));
  const top = y1 * scale - 26;
  const y = top < 0 ? Math.max(0, y1 * scale) + 2 : top;
  pen.beginPath();
  pen.roundRect(x, y, width, 24, 6);
  pen.fillStyle = color;
  pen.fill();
  pen.fillStyle = on;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillText(text, x + 7, y + 12.5);
}

/** Lines of a text as broad as there is room, at most so many; what is left out is told by an ellipsis. */
export function wrapped(pen: Pen, text: string, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  // By words, and where one is too long, or the language has none, by letters.
  for (const piece of text
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 2000)
    .split(/(?<=\s)/)) {
    for (const part of pen.measureText(piece).width > width ? [...piece] : [piece]) {
      if (line !== '' && pen.measureText(line + part.trimEnd()).width > width) {
        lines.push(line.trimEnd());
        line = '';
        if (lines.length === most) {
          lines[most - 1] = `${(lines[most - 1] ?? '').slice(0, -1)}…`;
          return lines;
        }
      }
      line += part;
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}
