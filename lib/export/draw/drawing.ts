/** What is exported as pictures, drawn with the browser's own canvas. Light paper, whatever the page's theme: it goes elsewhere. */
import { boxesAt, mainPicture, questionOf, type StepOf, type Trajectory } from '@/lib/trajectory';
import { ExportError, type Drawing, type RunToExport } from '../contract';
import { bytesOfPicture } from '../shown-picture';
import { blank, decode, encode } from './decode';
import { FONT, paintRun, turnColors, wrapped } from './paint';
import { animatedWebp, type Frame } from './webp';

const PAPER = '#ffffff';
const INK = '#1d2624';
const FAINT = '#5c6664';

/** Every browser shows these by itself. */
const PLAIN = /^image\/(?:jpeg|png|webp|gif)$/;

const cut: Drawing['cut'] = async (picture, { x1, y1, x2, y2 }, turn) => {
  const bitmap = await decode(picture);
  if (!bitmap) return null;
  const [width, height] = [Math.max(1, Math.round(x2 - x1)), Math.max(1, Math.round(y2 - y1))];
  const sideways = turn === 90 || turn === 270;
  const sheet = blank(sideways ? height : width, sideways ? width : height);
  sheet.pen.translate(sheet.canvas.width / 2, sheet.canvas.height / 2);
  sheet.pen.rotate((turn * Math.PI) / 180);
  sheet.pen.drawImage(bitmap, x1, y1, x2 - x1, y2 - y1, -width / 2, -height / 2, width, height);
  bitmap.close();
  return encode(sheet, 'image/png');
};

const plain: Drawing['plain'] = async (picture) => {
  if (PLAIN.test(picture.type)) return picture;
  const bitmap = await decode(picture);
  if (!bitmap) return null;
  const sheet = blank(bitmap.width, bitmap.height);
  sheet.pen.drawImage(bitmap, 0, 0);
  bitmap.close();
  return encode(sheet, 'image/jpeg', 0.92);
};

interface MainPicture {
  readonly bitmap: ImageBitmap;
  readonly id: string;
  /** Of the picture as the document has it: a header may differ from what was decoded. */
  readonly width: number;
  readonly height: number;
}

async function mainOf({ run, files }: RunToExport): Promise<MainPicture | null> {
  const main = mainPicture(run);
  const file = main?.file.hash ? files.get(main.file.hash) : undefined;
  const bitmap = file ? await decode(file) : null;
  return main && bitmap ? { bitmap, id: main.id, width: main.width, height: main.height } : null;
}

const OVERVIEW_SIDE = 1600;

const overview: Drawing['overview'] = async (one) => {
  const main = await mainOf(one);
  if (!main) return null;
  const scale = Math.min(1, OVERVIEW_SIDE / Math.max(main.width, main.height));
  const sheet = blank(main.width * scale, main.height * scale);
  sheet.pen.drawImage(main.bitmap, 0, 0, sheet.canvas.width, sheet.canvas.height);
  main.bitmap.close();
  paintRun(sheet.pen, one.run, one.run.steps.length, main.id, scale);
  return encode(sheet, 'image/png');
};

// --- the contact sheet ---

const SHEET = { width: 1600, margin: 48, gap: 24, columns: 4, crop: 300, caption: 52 } as const;
/** Further crops are left out. */
const MOST_CROPS = 40;

const sheet: Drawing['sheet'] = async (one) => {
  const { run } = one;
  const main = await mainOf(one);
  const { width, margin, gap, columns, crop, caption } = SHEET;
  const inner = width - 2 * margin;
  const crops: { readonly bitmap: ImageBitmap; readonly label: string; readonly turn: number }[] = [];
  for (const box of boxesAt(run, run.steps.length).slice(0, MOST_CROPS)) {
    const result = run.steps.find(
      (step): step is StepOf<'result'> => step.type === 'result' && step.callId === box.callId,
    );
    const part = result?.parts.find((shown) => 'picture' in shown);
    const bytes = part && 'picture' in part ? await bytesOfPicture(one, part.picture, drawing) : null;
    const bitmap = bytes && (await decode(bytes));
    if (bitmap) crops.push({ bitmap, label: `${box.number} ${box.label}`.trim(), turn: box.turn });
  }
  if (!main && crops.length === 0) throw new ExportError('nothing-to-draw');
  const scale = main ? Math.min(inner / main.width, 1000 / main.height) : 0;
  const measure = blank(1, 1).pen;
  const lines = (text: string, font: string, most: number) => {
    measure.font = font;
    return wrapped(measure, text, inner, most);
  };
  const [titleFont, answerFont] = [`600 30px ${FONT}`, `400 26px ${FONT}`];
  const title = lines(questionOf(run) || run.title, titleFont, 3);
  const answer = lines(answerText(run), answerFont, 8);
  const rows = Math.ceil(crops.length / columns);
  const side = (inner - (columns - 1) * gap) / columns;
  const height =
    margin +
    title.length * 40 +
    (title.length > 0 ? gap : 0) +
    (main ? main.height * scale + gap : 0) +
    rows * (crop + caption + gap) +
    answer.length * 36 +
    margin;
  const page = blank(width, height);
  const { pen } = page;
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, width, height);
  pen.textBaseline = 'top';
  let y: number = margin;
  const write = (text: readonly string[], font: string, color: string, step: number) => {
    pen.font = font;
    pen.fillStyle = color;
    pen.textBaseline = 'top';
    pen.textAlign = 'left';
    for (const line of text) {
      pen.fillText(line, margin, y);
      y += step;
    }
  };
  write(title, titleFont, INK, 40);
  if (title.length > 0) y += gap;
  if (main) {
    const picture = blank(main.width * scale, main.height * scale);
    picture.pen.drawImage(main.bitmap, 0, 0, picture.canvas.width, picture.canvas.height);
    paintRun(picture.pen, run, run.steps.length, main.id, scale);
    pen.drawImage(picture.canvas, margin + (inner - picture.canvas.width) / 2, y);
    y += main.height * scale + gap;
    main.bitmap.close();
  }
  for (const [at, { bitmap, label, turn }] of crops.entries()) {
    const x = margin + (at % columns) * (side + gap);
    const top = y + Math.floor(at / columns) * (crop + caption + gap);
    const fit = Math.min(side / bitmap.width, crop / bitmap.height);
    const [w, h] = [bitmap.width * fit, bitmap.height * fit];
    pen.drawImage(bitmap, x + (side - w) / 2, top + (crop - h) / 2, w, h);
    const [color] = turnColors(turn);
    pen.strokeStyle = color;
    pen.lineWidth = 4;
    pen.strokeRect(x + (side - w) / 2, top + (crop - h) / 2, w, h);
    pen.font = `500 20px ${FONT}`;
    pen.fillStyle = FAINT;
    pen.textBaseline = 'top';
    pen.fillText(wrapped(pen, label, side, 1)[0] ?? '', x, top + crop + 12);
    bitmap.close();
  }
  y += rows * (crop + caption + gap);
  write(answer, answerFont, INK, 36);
  return encode(page, 'image/png');
};

function answerText(run: Trajectory): string {
  return run.steps.findLast((step) => step.type === 'answer')?.text ?? '';
}

// --- the moving picture ---

const MOVING = { side: 960, caption: 84, least: 1200, most: 5000, perLetter: 35 } as const;
/** Of longer runs only so many steps move. */
const MOST_FRAMES = 120;

const animation: Drawing['animation'] = async (one) => {
  const { run } = one;
  const main = await mainOf(one);
  if (!main) throw new ExportError('nothing-to-draw');
  const scale = Math.min(1, MOVING.side / Math.max(main.width, main.height));
  const [width, height] = [Math.round(main.width * scale), Math.round(main.height * scale)];
  const frames: Frame[] = [];
  for (let cursor = 0; cursor <= Math.min(run.steps.length, MOST_FRAMES); cursor += 1) {
    const page = blank(width, height + MOVING.caption);
    const { pen } = page;
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, width, height + MOVING.caption);
    await paintFrame(pen, one, main, cursor, width, height, scale);
    const text = captionOf(run, cursor);
    pen.font = `500 19px ${FONT}`;
    pen.fillStyle = INK;
    pen.textBaseline = 'top';
    pen.textAlign = 'left';
    for (const [at, line] of wrapped(pen, text, width - 32, 3).entries()) pen.fillText(line, 16, height + 10 + at * 23);
    const shown = cursor === run.steps.length ? MOVING.most : MOVING.least + text.length * MOVING.perLetter;
    frames.push({ image: await encode(page, 'image/webp', 0.85), milliseconds: Math.min(MOVING.most, shown) });
  }
  main.bitmap.close();
  return animatedWebp(frames, { width, height: height + MOVING.caption });
};

/** A crop that just came fills the frame; else the whole picture with what was looked at so far. */
async function paintFrame(
  pen: OffscreenCanvasRenderingContext2D,
  one: RunToExport,
  main: MainPicture,
  cursor: number,
  width: number,
  height: number,
  scale: number,
): Promise<void> {
  const { run } = one;
  const step = run.steps[cursor - 1];
  const part = step?.type === 'result' ? step.parts.find((shown) => 'picture' in shown) : undefined;
  const bytes = part && 'picture' in part ? await bytesOfPicture(one, part.picture, drawing) : null;
  const crop = bytes && (await decode(bytes));
  if (!crop || !step) {
    pen.drawImage(main.bitmap, 0, 0, width, height);
    paintRun(pen, run, cursor, main.id, scale);
    return;
  }
  const fit = Math.min(width / crop.width, height / crop.height);
  const [w, h] = [crop.width * fit, crop.height * fit];
  pen.fillStyle = '#e9eceb';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(crop, (width - w) / 2, (height - h) / 2, w, h);
  pen.strokeStyle = turnColors(step.turn)[0];
  pen.lineWidth = 6;
  pen.strokeRect((width - w) / 2 + 3, (height - h) / 2 + 3, w - 6, h - 6);
  crop.close();
}

function captionOf(run: Trajectory, cursor: number): string {
  const step = run.steps[cursor - 1];
  if (!step) return questionOf(run) || run.title;
  if (step.type === 'think' || step.type === 'answer') return step.text;
  if (step.type === 'call') return step.label || step.tool;
  if (step.type === 'result' || step.type === 'said') {
    const told = step.parts.flatMap((part) => ('text' in part ? [part.text] : [])).join(' ');
    if (told !== '' || step.type === 'said') return told;
    const call = run.steps.find((before) => before.type === 'call' && before.callId === step.callId);
    return call?.type === 'call' ? call.label : '';
  }
  return '';
}

export const drawing: Drawing = { cut, plain, overview, sheet, animation };
