/** What finds documents by their words: MiniSearch over title and text, which ranks by BM25+. The texts themselves are kept elsewhere. */
import MiniSearch, { type Options } from 'minisearch';
import { termOf, tokensOf } from './tokens';

export interface Indexed {
  readonly id: number;
  readonly title: string;
  readonly text: string;
}

export interface TextIndex {
  readonly size: () => number;
  readonly add: (document: Indexed) => void;
  readonly remove: (id: number) => void;
  /** Ids, best first. Words that are nowhere are looked for by their beginning and with a letter wrong. */
  readonly find: (query: string, most: number) => readonly number[];
  readonly write: () => string;
}

const OPTIONS: Options<Indexed> = {
  fields: ['title', 'text'],
  storeFields: [],
  tokenize: tokensOf,
  processTerm: termOf,
  searchOptions: { boost: { title: 2 } },
};

const LIKE = {
  prefix: (term: string) => term.length > 3,
  fuzzy: (term: string) => (term.length > 4 ? 0.2 : false),
} as const;

function over(index: MiniSearch<Indexed>): TextIndex {
  return {
    size: () => index.documentCount,
    add: (document) => index.add(document),
    remove(id) {
      if (index.has(id)) index.discard(id);
    },
    find(query, most) {
      const exact = index.search(query);
      const found = exact.length > 0 ? exact : index.search(query, LIKE);
      return found.slice(0, most).map(({ id }) => id as number);
    },
    write: () => JSON.stringify(index),
  };
}

export const createTextIndex = (): TextIndex => over(new MiniSearch(OPTIONS));

/** @param written by `write` of this version of the code @throws what is wrong with it */
export const readTextIndex = async (written: string): Promise<TextIndex> =>
  over(await MiniSearch.loadJSONAsync<Indexed>(written, OPTIONS));
