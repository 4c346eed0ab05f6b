/**
 * How the calls of a dialect of one's own look, from one that is written out: tags, and between them the numbers' places. A pattern that is
 * JSON is read as JSON, in any order and with more in it; any other by its own text, whose white space does not matter. No text of a pattern
 * is ever run: docs/protocol.md Y2, P7.
 */
import type { CallPiece, TaggedText } from '@/lib/engine';
import { readJson, type Json } from '@/lib/trajectory';
import type { ReadCall } from '../contract';
import { SHARED_TAGS } from '../stream-parser';
import { zoom } from '../tools/zoom';

const PLACES = ['x1', 'y1', 'x2', 'y2', 'label'] as const;
type Place = (typeof PLACES)[number];

export type PatternProblem =
  /** It does not begin with a tag and end with another that comes once, or they are those of thoughts and answers. */
  | 'tags'
  /** One of the numbers is missing, or something comes twice. */
  | 'places'
  /** Right before left, or bottom before top. */
  | 'order'
  /** Two places touch, or what follows a number begins with a digit or a dot. */
  | 'touching'
  /** What follows the label does not begin with a quote, `<` or a line feed. */
  | 'label-end';

export interface CallPattern {
  readonly tags: TaggedText;
  /** Literals, and by their names what stands between them. */
  readonly pieces: readonly ({ readonly literal: string } | { readonly place: Place })[];
  /** What stands between the tags, as arguments of the zoom. */
  read(written: string): ReadCall;
}

type ReadPattern =
  { readonly ok: true; readonly pattern: CallPattern } | { readonly ok: false; readonly problem: PatternProblem };

/** Begin with `<`, as the parser has it, and hold no second one. */
const TAGGED = /^\s*(<[^<>{}\s][^<>{}]*>)(.*?)(<[^<>{}\s][^<>{}]*>)\s*$/s;
const PLACE = /\{(x1|y1|x2|y2|label)\}/;

export function readCallPattern(text: string): ReadPattern {
  const [, open = '', body = '', close = ''] = TAGGED.exec(text) ?? [];
  const { think, answer } = SHARED_TAGS;
  const taken = [think.open, think.close, answer.open, answer.close];
  if (
    open === '' ||
    open === close ||
    body.includes(close) ||
    taken.includes(open) ||
    taken.includes(close) ||
    /[^\x20-\x7e]/.test(open + close)
  ) {
    return { ok: false, problem: 'tags' };
  }
  const pieces = body.split(PLACE).map((piece, at) => (at % 2 === 0 ? { literal: piece } : { place: piece as Place })); // split gives the groups at odd places
  const problem = problemOf(pieces);
  if (problem !== null) return { ok: false, problem };
  const asJson = jsonReader(pieces);
  const asText = textReader(pieces);
  const read = (written: string): ReadCall => {
    const found = asJson?.(written) ?? asText(written);
    if (found === null) return { ok: false, problem: 'not-json' };
    const { label, ...box } = found;
    const numbers = (['x1', 'y1', 'x2', 'y2'] as const).map((place) => box[place] ?? null);
    return { ok: true, name: zoom.name, input: { bbox_2d: numbers, ...(label !== undefined && { label }) } };
  };
  return { ok: true, pattern: { tags: { open, close }, pieces, read } };
}

type Pieces = CallPattern['pieces'];

function problemOf(pieces: Pieces): PatternProblem | null {
  const places = pieces.flatMap((piece) => ('place' in piece ? [piece.place] : []));
  const at = (place: Place) => places.indexOf(place);
  const isOnce = PLACES.every((place) => places.filter((one) => one === place).length <= 1);
  if (!isOnce || places.filter((place) => place !== 'label').length !== 4) return 'places';
  if (at('x1') > at('x2') || at('y1') > at('y2')) return 'order';
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    if (!('place' in piece) || !next || !('literal' in next)) continue;
    const isLast = index === pieces.length - 2;
    if ((next.literal.trim() === '' && !isLast) || /^[\d.]/.test(next.literal)) return 'touching';
    if (piece.place === 'label' && !/^["<\n]/.test(next.literal) && !(isLast && next.literal === ''))
      return 'label-end';
  }
  return null;
}

type Found = Partial<Readonly<Record<Place, Json>>>;

/** Null where the pattern is no JSON. What it gives is null for a call that is not like it. */
function jsonReader(pieces: Pieces): ((written: string) => Found | null) | null {
  // In quotes where the pattern has none around a place.
  const marked = (quoted: boolean) =>
    pieces
      .map((piece) =>
        'literal' in piece
          ? piece.literal
          : quoted && piece.place === 'label'
            ? MARK + piece.place
            : JSON.stringify(MARK + piece.place),
      )
      .join('');
  const like = readJson(marked(true)) ?? readJson(marked(false));
  if (typeof like !== 'object' || like === null) return null;
  return (written) => {
    const given = readJson(written.trim());
    const found: Partial<Record<Place, Json>> = {};
    return given !== null && gather(like, given, found) ? found : null;
  };
}

const MARK = 'place:';

/** Whether `given` has all that `like` has, but for a label; what stands in its places is put into `found`. */
function gather(like: Json, given: Json, found: Partial<Record<Place, Json>>): boolean {
  if (typeof like === 'string' && like.startsWith(MARK)) {
    found[like.slice(MARK.length) as Place] = given; // marked above
    return true;
  }
  if (typeof like !== 'object' || like === null) return like === given;
  if (typeof given !== 'object' || given === null) return false;
  if (Array.isArray(like)) {
    return (
      Array.isArray(given) && like.every((one: Json, at) => at < given.length && gather(one, given[at] as Json, found))
    ); // within, by the line itself
  }
  if (Array.isArray(given)) return false;
  const record = given as { readonly [key: string]: Json }; // neither null nor a list, by the lines above
  return Object.entries(like).every(([key, one]) =>
    Object.hasOwn(record, key) ? gather(one, record[key]!, found) : one === `${MARK}label`,
  );
}

/** White space between the characters of a pattern does not matter. */
function textReader(pieces: Pieces): (written: string) => Found | null {
  const literal = (text: string) =>
    [...text.replace(/\s+/g, '')].map((character) => character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s*');
  const source = pieces
    .map((piece) => {
      if ('literal' in piece) return literal(piece.literal);
      return piece.place === 'label' ? '(?<label>.*?)' : `(?<${piece.place}>[-+]?\\d+(?:\\.\\d+)?)`;
    })
    .join('\\s*');
  const whole = new RegExp(`^\\s*${source}\\s*$`, 's');
  return (written) => {
    const groups = whole.exec(written)?.groups;
    if (!groups) return null;
    const { label, ...numbers } = groups;
    const read = Object.fromEntries(Object.entries(numbers).map(([place, digits]) => [place, Number(digits)]));
    return { ...read, ...(label !== undefined && { label: label.trim() }) };
  };
}

/** As a grammar writes it: the pieces of the zoom's numbers and label in their places. */
export function piecesIn(
  { pieces }: CallPattern,
  numbers: readonly CallPiece[],
  label: CallPiece,
): readonly CallPiece[] {
  const order = pieces.flatMap((piece) => ('place' in piece && piece.place !== 'label' ? [piece.place] : []));
  return pieces.flatMap((piece): CallPiece[] => {
    if ('literal' in piece) return piece.literal === '' ? [] : [{ literal: piece.literal }];
    if (piece.place === 'label') return [label];
    const number = numbers[NUMBERS.indexOf(piece.place)];
    if (!number || !('number' in number)) return [];
    // The zoom counts left, top, right, bottom; a pattern in its own order.
    const above = number.above === undefined ? null : NUMBERS[number.above];
    return [above ? { ...number, above: order.indexOf(above) } : number];
  });
}

const NUMBERS: readonly Exclude<Place, 'label'>[] = ['x1', 'y1', 'x2', 'y2'];
