/**
 * A scene being made, as data, and what can be done to it. Lengths are pixels of the picture; an object's position is the
 * centre of its icon. No drawing, no React.
 */
import type { Words } from '@/lib/words';
import { spriteRegion, type IconCatalog } from './icon-catalog';

export const SCENE_SIZE = { width: 1600, height: 1200 } as const;

/** Tag height in the middle of what the model was taught on, under 6 px in its overview. */
export const PLATE_HEIGHT = 22;

export interface DraftTag {
  readonly kind: 'text' | 'dots';
  readonly text: string;
  readonly dots: number;
  /** Names from the catalog's colours. */
  readonly color: string;
  readonly ink: string;
}

export interface DraftObject {
  readonly id: number;
  readonly noun: string;
  readonly style: string;
  readonly x: number;
  readonly y: number;
  /** The icon's longer side. */
  readonly size: number;
  readonly tag: DraftTag;
}

export interface Draft {
  readonly pattern: string;
  readonly palette: string;
  /** Index into the catalog's fonts. */
  readonly font: number;
  readonly objects: readonly DraftObject[];
  readonly selected: number | null;
}

export type DraftAction =
  | { readonly type: 'add'; readonly object: DraftObject }
  | { readonly type: 'select'; readonly id: number | null }
  | { readonly type: 'move'; readonly id: number; readonly x: number; readonly y: number }
  | { readonly type: 'resize'; readonly id: number; readonly size: number }
  | { readonly type: 'duplicate'; readonly id: number }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'tag'; readonly id: number; readonly patch: Partial<DraftTag> }
  | { readonly type: 'ground'; readonly patch: Partial<Pick<Draft, 'pattern' | 'palette' | 'font'>> }
  | { readonly type: 'replace'; readonly draft: Draft };

/** Of an icon's longer side: as small and as large as they come in what the model was taught on, nearly. */
export const ICON_SIZES = { min: 100, max: 360, step: 10 } as const;

const fitSize = (size: number): number => Math.min(ICON_SIZES.max, Math.max(ICON_SIZES.min, Math.round(size)));

/** Keeps an object, tag included, on the picture. */
function inside(object: DraftObject, x: number, y: number): DraftObject {
  const half = object.size / 2;
  const clamp = (value: number, low: number, high: number) => Math.round(Math.min(high, Math.max(low, value)));
  return {
    ...object,
    x: clamp(x, half, SCENE_SIZE.width - half),
    y: clamp(y, half, SCENE_SIZE.height - half - PLATE_HEIGHT),
  };
}

/** Beside what it is a copy of, where it does not cover it. */
function withCopy(draft: Draft, object: DraftObject): Draft {
  const id = 1 + Math.max(...draft.objects.map((one) => one.id));
  const step = object.size / 2 + PLATE_HEIGHT;
  const right = object.x + step + object.size / 2 <= SCENE_SIZE.width;
  const below = object.y + step + object.size / 2 + PLATE_HEIGHT <= SCENE_SIZE.height;
  const copy = inside({ ...object, id }, object.x + (right ? step : -step), object.y + (below ? step : -step));
  return { ...draft, objects: [...draft.objects, copy], selected: id };
}

/** Named by several objects: a question about "the dog" would not say which. */
export function nounsOfSeveral(objects: readonly Pick<DraftObject, 'noun'>[]): ReadonlySet<string> {
  return new Set(objects.map(({ noun }) => noun).filter((noun, index, nouns) => nouns.indexOf(noun) < index));
}

const change = (draft: Draft, id: number, to: (object: DraftObject) => DraftObject): Draft => ({
  ...draft,
  objects: draft.objects.map((object) => (object.id === id ? to(object) : object)),
});

export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case 'add':
      return { ...draft, objects: [...draft.objects, action.object], selected: action.object.id };
    case 'select':
      return { ...draft, selected: action.id };
    case 'move':
      return change(draft, action.id, (object) => inside(object, action.x, action.y));
    case 'resize':
      return change(draft, action.id, (object) =>
        inside({ ...object, size: fitSize(action.size) }, object.x, object.y),
      );
    case 'duplicate': {
      const object = draft.objects.find(({ id }) => id === action.id);
      return object ? withCopy(draft, object) : draft;
    }
    case 'remove':
      return {
        ...draft,
        objects: draft.objects.filter((object) => object.id !== action.id),
        selected: draft.selected === action.id ? null : draft.selected,
      };
    case 'tag':
      return change(draft, action.id, (object) => ({ ...object, tag: { ...object.tag, ...action.patch } }));
    case 'ground':
      return { ...draft, ...action.patch };
    case 'replace':
      return action.draft;
  }
}

/** Width and height of an object's icon as drawn. */
export function iconSize(catalog: IconCatalog, object: Pick<DraftObject, 'noun' | 'style' | 'size'>) {
  const region = spriteRegion(catalog, object.style, object.noun);
  if (!region) return { width: object.size, height: object.size };
  const scale = object.size / Math.max(region.width, region.height);
  return { width: region.width * scale, height: region.height * scale };
}

/** What may be written on a tag: upper case, only glyphs of the alphabet, at most as long as the rules say. */
export function fitTagText(catalog: IconCatalog, typed: string): { readonly text: string; readonly refused: string } {
  const upper = [...typed.toUpperCase()].filter((char) => char.trim() !== '');
  const refused = upper.filter((char) => !catalog.alphabet.includes(char)).join('');
  const kept = upper.filter((char) => catalog.alphabet.includes(char)).join('');
  return { text: kept.slice(0, catalog.rules.textLength[1]), refused };
}

/** Numbers are tags of digits alone. */
export const isNumberTag = (tag: DraftTag): boolean => tag.kind === 'text' && /^\d+$/.test(tag.text);

/** How a tag is said in one word. */
export function tagWords(words: Words['maker'], tag: DraftTag): string {
  if (tag.kind === 'dots') return words.dots(tag.dots);
  return tag.text === '' ? words.noTag : words.tag(tag.text);
}
