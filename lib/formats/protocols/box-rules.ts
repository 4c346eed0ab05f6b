/**
 * Where the boxes of a conversation with an API are: what a tool's definition says of its numbers, what the wire's own tools are known to count in,
 * and only then the model's name and the numbers themselves.
 */
import { corners } from '@/lib/notations';
import type { Size } from '@/lib/geometry';
import type { Json } from '@/lib/trajectory';
import { boxOfInput, type BoxOrder } from '../call-box';
import { boxInCode, fileInCode, orderSaid } from '../code-box';
import { guessFrame } from '../frame-guess';
import { isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import type { MessageCall } from '../message';
import { pictureByNumber, type FoundBox, type TalkPicture, type WrittenShape } from '../messages';
import type { Asked } from '../run-builder';
import { objectsIn } from './body';
import { arkPicture } from './responses';

type Frame = Pick<Asked, 'frame' | 'by'>;

const NUMBERED = ['img_idx', 'image_index', 'image_idx', 'target_image', 'image_id', 'picture'] as const;

export interface BoxRules {
  readonly boxOf: (call: MessageCall, pictures: readonly TalkPicture[]) => FoundBox | null;
  readonly shapesOf: (call: MessageCall, pictures: readonly TalkPicture[]) => readonly WrittenShape[];
  readonly seen?: (picture: Size) => Size;
  /** What the code calls the picture that it opens first; empty where there is no code. */
  readonly opened: () => string;
}

/** @param chosen how a person says that boxes are to be read */
export function boxRules(model: string, tools: Json, chosen: Asked['frame'] | undefined): BoxRules {
  /** Which call made a variable of the code's. */
  const made = new Map<string, string>();
  let opened = '';
  const framed = (frame: Frame): Frame => (chosen ? { frame: chosen, by: 'person' } : frame);
  const isClaude = /claude/i.test(model);

  const ofCode = (call: MessageCall, code: string, pictures: readonly TalkPicture[]): FoundBox | null => {
    const file = fileInCode(code);
    opened ||= file;
    const found = boxInCode(code);
    if (found?.makes) made.set(found.makes, call.id);
    if (!found) return null;
    const { box, order, frame } = found;
    const target =
      pictures.find(({ callId }) => callId !== '' && callId === made.get(found.of) && callId !== call.id)?.picture ??
      openedPicture(file || opened, pictures);
    return { box, order, label: '', frame: () => framed({ frame, by: 'file' }), ...(target && { target }) };
  };

  const frameOf = (call: MessageCall, box: Asked['box'], picture: Size): Frame => {
    if (chosen) return framed({ frame: chosen, by: 'person' });
    const most = Math.max(box.x1, box.y1, box.x2, box.y2);
    const said = frameSaid(definitionOf(call.name, tools));
    if (said === 'fractions' || most <= 1) return { frame: 'fractions', by: said === 'fractions' ? 'model' : 'values' };
    if (said !== null && (said !== 'thousandths' || most <= 1000)) return { frame: said, by: 'model' };
    if (!isClaude) return guessFrame(box, picture, model);
    const seen = seenByClaude(picture, model);
    return { frame: box.x2 <= seen.width && box.y2 <= seen.height ? 'resized-pixels' : 'original-pixels', by: 'model' };
  };

  return {
    opened: () => opened,
    ...(isClaude && { seen: (picture: Size) => seenByClaude(picture, model) }),
    boxOf(call, pictures) {
      const { input, name } = call;
      if (!isObject(input)) return null;
      const code = codeIn(call);
      if (code !== '') return ofCode(call, code, pictures);
      if (isComputerZoom(call)) {
        const written = boxOfInput({ region: input['region'] ?? null });
        const target = pictures.findLast(({ zoomed }) => !zoomed)?.picture;
        return (
          written && {
            ...written,
            tool: 'zoom',
            frame: () => framed({ frame: 'original-pixels', by: 'model' }),
            ...(target && { target }),
          }
        );
      }
      const numbered = numbersIn(input['bbox_str']);
      if (numbered.length > 0) {
        const target = pictures[arkPicture(input) ?? 0]?.picture;
        const [box] = numbered;
        // Several are shown each, by `shapesOf`.
        return numbered.length > 1 || !box
          ? null
          : {
              box,
              order: 'xyxy',
              label: '',
              frame: () => framed({ frame: 'thousandths', by: 'model' }),
              ...(target && { target }),
            };
      }
      const definition = definitionOf(name, tools);
      const yFirst = /gemini/i.test(model) && 'box_2d' in input;
      const order: BoxOrder = orderSaid(definition) ?? (yFirst ? 'yxyx' : 'xyxy');
      const written = boxOfInput(input, order);
      if (!written) return null;
      const target = targetOf(input, pictures);
      return { ...written, frame: (picture) => frameOf(call, written.box, picture), ...(target && { target }) };
    },
    shapesOf(call, pictures) {
      const { input } = call;
      if (!isObject(input)) return [];
      const target = pictures[arkPicture(input) ?? 0]?.picture ?? pictures[0]?.picture ?? '';
      const frame = chosen ?? 'thousandths';
      const of = (box: Asked['box'], kind: WrittenShape['kind']): WrittenShape => ({
        kind,
        box,
        frame,
        by: chosen ? 'person' : 'model',
        picture: target,
      });
      const boxes = numbersIn(input['bbox_str']);
      if (boxes.length > 1) return boxes.map((box) => of(box, 'box'));
      return pointsIn(input['points']).map((box) => of(box, 'point'));
    },
  };
}

/** Code that a call runs: of a service's own tools, and of functions that take code. */
function codeIn({ input, name }: MessageCall): string {
  if (!isObject(input)) return '';
  const code = textOf(input['code']);
  if (code !== '') return code;
  return /bash|shell|python|exec/i.test(name) ? textOf(input['command']) || textOf(input['script']) : '';
}

function isComputerZoom({ name, input }: MessageCall): boolean {
  return isObject(input) && 'region' in input && (input['action'] === 'zoom' || name === 'zoom');
}

/** The picture a call numbers, else the first of those that came last from the person, else the newest that is whole. */
function targetOf(input: JsonObject, pictures: readonly TalkPicture[]): string | undefined {
  if (NUMBERED.some((key) => numberOf(input[key] ?? null) !== null))
    return pictureByNumber(input, NUMBERED, pictures) ?? undefined;
  const given = pictures.filter(({ from }) => from === 'given');
  const latest = given.at(-1)?.turn;
  const first = given.find(({ turn }) => turn === latest);
  return (first ?? pictures.findLast(({ zoomed }) => !zoomed))?.picture;
}

/** `input_file_1.jpeg` counts what was given; other names are looked for. */
function openedPicture(file: string, pictures: readonly TalkPicture[]): string | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const given = pictures.filter(({ from }) => from === 'given');
  const number = /^input_file_(\d{1,3})\b/.exec(name)?.[1];
  if (number !== undefined) return given[Number(number)]?.picture;
  const tidy = (text: string) => text.replace(/[^A-Za-z0-9]+/g, '').toLowerCase();
  const own = tidy(name);
  if (own === '') return undefined;
  return given.find(
    ({ key }) => key.length < 2000 && key !== '' && (own.includes(tidy(key)) || tidy(key).endsWith(own)),
  )?.picture;
}

/** A tool's definition as text; empty where nobody defined it. */
function definitionOf(name: string, tools: Json): string {
  for (const tool of objectsIn(tools)) {
    const inner = [
      tool,
      tool['function'],
      tool['toolSpec'],
      ...objectsIn(tool['functionDeclarations']),
      ...objectsIn(tool['function_declarations']),
    ];
    const own = inner.find((one) => isObject(one ?? null) && (one as JsonObject)['name'] === name);
    if (own !== undefined) return JSON.stringify(own).slice(0, 20_000);
  }
  return '';
}

function frameSaid(definition: string): Asked['frame'] | null {
  if (
    /\b0(?:\.0)?\s{0,3}(?:-|–|to|and|\.\.|,)\s{0,3}1000\b|thousandth|per mille|normali[sz]ed (?:to|by) 1000/i.test(
      definition,
    )
  )
    return 'thousandths';
  if (
    /\b0(?:\.0)?\s{0,3}(?:-|–|to|and|\.\.|,)\s{0,3}1(?:\.0)?\b(?!\d)|\bfractions?\b|relative coordinates/i.test(
      definition,
    )
  )
    return 'fractions';
  return /\bpixels?\b/i.test(definition) ? 'original-pixels' : null;
}

const BBOX =
  /<bbox>\s{0,4}(-?\d{1,6}(?:\.\d{1,6})?)[\s,]{1,4}(-?\d{1,6}(?:\.\d{1,6})?)[\s,]{1,4}(-?\d{1,6}(?:\.\d{1,6})?)[\s,]{1,4}(-?\d{1,6}(?:\.\d{1,6})?)\s{0,4}<\/bbox>/g;
const POINT = /<point>\s{0,4}(-?\d{1,6}(?:\.\d{1,6})?)[\s,]{1,4}(-?\d{1,6}(?:\.\d{1,6})?)\s{0,4}<\/point>/g;

/** Ark's way of writing boxes, and points, as text. */
function numbersIn(value: Json | undefined): readonly Asked['box'][] {
  // One box alone may come without its tag.
  const bare = /^\s*[[(]?\s*(\d{1,4})[\s,]{1,4}(\d{1,4})[\s,]{1,4}(\d{1,4})[\s,]{1,4}(\d{1,4})\s*[\])]?\s*$/.exec(
    textOf(value).slice(0, 100),
  );
  if (bare) return [corners([Number(bare[1]), Number(bare[2]), Number(bare[3]), Number(bare[4])], 'xyxy')];
  return [...textOf(value).slice(0, 100_000).matchAll(BBOX)].map(([, a, b, c, d]) =>
    corners([Number(a), Number(b), Number(c), Number(d)], 'xyxy'),
  );
}

function pointsIn(value: Json | undefined): readonly Asked['box'][] {
  return [...textOf(value).slice(0, 100_000).matchAll(POINT)].map(([, x, y]) =>
    corners([Number(x), Number(y), Number(x), Number(y)], 'xyxy'),
  );
}

/** How Claude sees a picture (its quickstart's image.py): cells of 28 pixels, a longest edge, and never larger than it is. */
export function seenByClaude({ width, height }: Size, model: string): Size {
  const fine = /opus-4-[7-9]|(?:opus|sonnet|haiku)-[5-9]/i.test(model);
  const [edge, cells] = fine ? [2576, 4784] : [1568, 1568];
  const fits = (w: number, h: number) => Math.max(w, h) <= edge && Math.ceil(w / 28) * Math.ceil(h / 28) <= cells;
  if (fits(width, height)) return { width, height };
  const heightAt = (w: number) => Math.max(1, Math.round((height * w) / width));
  let [low, high] = [1, width];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle, heightAt(middle))) low = middle;
    else high = middle - 1;
  }
  return { width: low, height: heightAt(low) };
}
