/**
 * What a question asks of a tagged scene, whatever its wording: the eight kinds that the shipped model was taught (docs/scene-format.md).
 * A question that is none of them is outside its world. By rules over words, so that it is known before a model is there. Pure.
 */
import { NOUNS } from './nouns';
import type { SceneQuestion } from './scene';

export type AskedKind = Exclude<SceneQuestion['kind'], 'vstar' | 'realx'>;

export interface AskedOfScene {
  readonly kind: AskedKind;
  /** Named in the question, in its order: two where things are compared. */
  readonly nouns: readonly [string, ...string[]];
}

/** Longer ones are about something else. Words. */
const LONGEST = 24;

const PLURALS: Readonly<Record<string, string>> = {
  buses: 'bus',
  cherries: 'cherry',
  strawberries: 'strawberry',
  trophies: 'trophy',
  cacti: 'cactus',
  snowmen: 'snowman',
};

const KNOWN: ReadonlySet<string> = new Set(NOUNS);

function nounOf(word: string): string | null {
  if (KNOWN.has(word)) return word;
  const one = PLURALS[word] ?? word.replace(/'?s$/, '');
  return KNOWN.has(one) ? one : null;
}

const COLOR = /\bcolou?r(s|ed)?\b/;
const DOTS = /\b(dots?|spots?|points?)\b/;
const TAG = /\b(tags?|labels?|plates?|badges?|signs?|stickers?)\b/;
const WRITTEN = /\b(says?|said|reads?|written|text|writing|letters?|code|number)\b/;
const COUNTED = /\b(how many|count|number of|amount of)\b/;
const MORE = /\b(larger|bigger|higher|greater|largest|biggest|highest|greatest|more)\b/;
const NUMBER = /\b(numbers?|tags?|values?|labels?)\b/;
const BESIDE = /\b(left|right)\b/;
const UPRIGHT = /\b(above|below|over|under|higher|lower|beneath)\b/;
const SEEN = /^(is|are|do|does|can|could|any|find|look for)\b/;

/** Null: none of what the shipped model was taught. */
export function readQuestion(question: string): AskedOfScene | null {
  const text = question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[^a-z0-9' ]+/g, ' ')
    .trim();
  const words = text.split(/ +/);
  if (words.length > LONGEST) return null;
  const [first, second] = [...new Set(words.flatMap((word) => nounOf(word) ?? []))];
  if (first === undefined) return null;
  const kind = kindOf(text, second !== undefined);
  if (kind === null) return null;
  return { kind, nouns: PAIRS.has(kind) && second !== undefined ? [first, second] : [first] };
}

const PAIRS: ReadonlySet<AskedKind> = new Set(['larger-number', 'left-right', 'above-below']);

function kindOf(text: string, two: boolean): AskedKind | null {
  if (two) {
    if (MORE.test(text) && NUMBER.test(text)) return 'larger-number';
    if (BESIDE.test(text)) return 'left-right';
    return UPRIGHT.test(text) ? 'above-below' : null;
  }
  if (DOTS.test(text)) {
    if (COLOR.test(text)) return 'dot-color';
    return COUNTED.test(text) || /\bhow many\b/.test(text) ? 'count-dots' : null;
  }
  if (COLOR.test(text)) return TAG.test(text) ? 'tag-color' : null;
  if (TAG.test(text) || WRITTEN.test(text)) return COUNTED.test(text) ? null : 'read-tag';
  return SEEN.test(text) ? 'exists' : null;
}

/** How often a guess would be right: of two, of the eight colors, of one to six dots. A written tag is not guessed. */
export function chanceOf(kind: SceneQuestion['kind']): number | null {
  switch (kind) {
    case 'larger-number':
    case 'left-right':
    case 'above-below':
    case 'exists':
      return 1 / 2;
    case 'tag-color':
    case 'dot-color':
      return 1 / 8;
    case 'count-dots':
      return 1 / 6;
    case 'read-tag':
      return 0;
    case 'vstar':
    case 'realx':
      return null;
    default:
      return kind satisfies never;
  }
}
