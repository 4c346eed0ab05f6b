/** What bodies of several wires have in common: content as parts, times, errors, tokens. */
import type { Json } from '@/lib/trajectory';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { partsOf, type MessagePart } from '../message';
import { otherItem, type Item } from './item';

export const objectAt = (json: JsonObject, key: string): JsonObject => {
  const value = json[key];
  return isObject(value) ? value : {};
};

export const objectsAt = (json: JsonObject, key: string): readonly JsonObject[] => objectsIn(json[key]);

export const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  isList(value) ? value.filter(isObject) : [];

/** Under the first of some names that is there: one wire is written in camel case and in snake case. */
export function valueAt(json: JsonObject, ...keys: readonly string[]): Json | undefined {
  for (const key of keys) if (json[key] !== undefined && json[key] !== null) return json[key];
  return undefined;
}

export interface Content {
  readonly parts: readonly MessagePart[];
  /** What is neither words nor a picture: files, audio, whatever comes next year. */
  readonly others: readonly Item[];
}

export function contentOf(content: Json | undefined): Content {
  if (content === undefined || content === null) return { parts: [], others: [] };
  if (!isList(content)) return { parts: partsOf(content), others: [] };
  const parts: MessagePart[] = [];
  const others: Item[] = [];
  for (const one of content) {
    const read = partsOf([one]);
    if (read.length > 0) parts.push(...read);
    else if (isObject(one) && typeof one['type'] === 'string' && !/text$/.test(one['type']))
      others.push(otherItem(one));
  }
  return { parts, others };
}

/** @param created seconds, or a time in words */
export function timeOf(created: Json | undefined): string {
  if (typeof created === 'string' && !/^\d+(?:\.\d+)?$/.test(created)) return created;
  const seconds = numberOf(created);
  return seconds === null || seconds <= 0 || seconds > 4e9 ? '' : new Date(Math.round(seconds * 1000)).toISOString();
}

export function errorIn(json: JsonObject): string {
  const error = json['error'];
  if (typeof error === 'string') return error;
  return isObject(error) ? textOf(error['message']) || textOf(error['type']) : '';
}

/** Tokens of a turn; none where the log tells nothing. */
export function usedItems(
  prompt: Json | undefined,
  output: Json | undefined,
  reused: Json | undefined,
): readonly Item[] {
  const used = { prompt: countOf(prompt), output: countOf(output), reused: countOf(reused) };
  return used.prompt === null && used.output === null ? [] : [{ kind: 'used', used }];
}

function countOf(value: Json | undefined): number | null {
  const count = numberOf(value);
  return count !== null && count >= 0 ? count : null;
}
