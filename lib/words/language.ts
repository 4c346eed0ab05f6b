'use client';
/**
 * Which language the page speaks. English comes with every part of the page, each part's words with its own code; the tables of
 * another language are given to a `WordsProvider` above the page, and stand in English's place where they are.
 *
 * Words are asked for where they are drawn, never kept in a constant: the language may change.
 */
import { createContext, useContext } from 'react';
import type { Words } from './en';

/** Parts in the chosen language; what is missing is said in English. */
export type ChosenWords = Readonly<Partial<Words>>;

const Chosen = createContext<ChosenWords>({});

export const WordsProvider = Chosen;

/** A hook for one part's words. `english` comes with the module that calls this, and so with that part of the page. */
export function wordsHook<P extends keyof Words>(part: P, english: Words[P]): () => Words[P] {
  return function useWords() {
    return useContext(Chosen)[part] ?? english;
  };
}
