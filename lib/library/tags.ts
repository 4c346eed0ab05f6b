/**
 * Tags: short words a person puts on runs. Written as typed, compared without case; a run holds each once.
 */
import type { TagChange } from './contract';

export const TAG_LIMITS = { length: 40, perRun: 20 } as const;

/** As kept: one line, no spaces around; empty where nothing is left. */
export function tidyTag(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, TAG_LIMITS.length).trim();
}

/** What tags are compared by. */
export function tagKey(tag: string): string {
  return tidyTag(tag).toLocaleLowerCase('en');
}

/** `tags` after the change; what is there already keeps its writing and its place. */
export function changeTags(tags: readonly string[], { add = [], remove = [] }: TagChange): string[] {
  const gone = new Set(remove.map(tagKey));
  const kept = new Map<string, string>();
  for (const tag of [...tags.filter((given) => !gone.has(tagKey(given))), ...add]) {
    const tidy = tidyTag(tag);
    if (tidy !== '' && !kept.has(tagKey(tidy))) kept.set(tagKey(tidy), tidy);
  }
  return [...kept.values()].slice(0, TAG_LIMITS.perRun);
}
