/** With which searches a question is asked: RealX-Bench varies them. */
export const SEARCH_WAYS = ['none', 'text', 'image', 'both'] as const;
export type SearchWay = (typeof SEARCH_WAYS)[number];

/** Ids of the tools that a way offers; lib/agent/tools/search.ts has them. */
export const TOOLS_OF_WAY: Readonly<Record<SearchWay, readonly string[]>> = {
  none: [],
  text: ['search', 'open'],
  image: ['image_search'],
  both: ['search', 'open', 'image_search'],
};
