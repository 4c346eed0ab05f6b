/** The box in the arguments of a call, under whichever name and in whichever shape a tool takes it. */
import { corners, numbersByEdge } from '@/lib/notations';
import type { Json } from '@/lib/trajectory';
import { fourNumbers, isObject, numberOf, textOf, type JsonObject } from './json-shape';
import type { Asked } from './run-builder';

export type BoxOrder = NonNullable<Asked['order']>;

export interface WrittenBox {
  /** Brought into corners; neither ordered nor clamped. */
  readonly box: Asked['box'];
  readonly order: BoxOrder;
  readonly label: string;
}

/** Names that tools have for four numbers in a row. */
const LISTS = ['bbox_2d', 'bbox', 'box', 'bbox2d', 'box_2d', 'region', 'crop', 'coordinates', 'bounding_box'] as const;

/** Null where the arguments name no box. `order` is how a list of four is meant where it is not by corners. */
export function boxOfInput(input: Json, order: BoxOrder = 'xyxy'): WrittenBox | null {
  if (!isObject(input)) return null;
  const label = textOf(input['label'] ?? input['object'] ?? input['description'] ?? input['objects']);
  for (const name of LISTS) {
    const value = input[name];
    const four = fourNumbers(value);
    if (four) return { box: corners(four, order), order, label };
    const named = isObject(value) ? namedEdges(value) : null;
    if (named) return { ...named, label };
  }
  const named = namedEdges(input);
  return named && { ...named, label };
}

function namedEdges(input: JsonObject): Omit<WrittenBox, 'label'> | null {
  const named = numbersByEdge((name) => numberOf(input[name]));
  return named && { box: corners(named.numbers, named.order), order: named.order };
}

/** Tools that show a part of a picture larger go by many names; here they are one. */
export function toolName(name: string, hasBox: boolean): string {
  if (hasBox && (name === '' || /zoom|crop|focus|look|region|observ/i.test(name))) return 'zoom';
  return name;
}
