'use client';
/**
 * Words that few ever read, such as those for what can go wrong: fetched when they are first needed. Until they are there, and where
 * they cannot be fetched (there may be no connection, which is what they are to tell), there are none.
 */
import { useContext, useEffect, useState } from 'react';
import type { Words } from './en';
import { WordsProvider } from './language';
import { sayWritten } from './phrase';

const ENGLISH = {
  engine: () => import('./en/engine').then(({ engine }): Words['engine'] => engine),
  image: () => import('./en/image').then(({ image }): Words['image'] => image),
  servers: () => import('./en/servers').then(({ servers }): Words['servers'] => servers),
};

type LatePart = keyof typeof ENGLISH;

const here: { [P in LatePart]?: Words[P] } = {};

/** A problem as `writePhrase` writes it, and whose it is. */
export interface WrittenProblem {
  readonly of: LatePart;
  readonly written: string;
}

/** What happened, in words; null until they are there, and of a problem that has none. */
export function useProblemWords(problem: WrittenProblem | null): string | null {
  const chosen = useContext(WordsProvider);
  const of = problem?.of ?? null;
  const [, setFetched] = useState(0);
  const table = of && (chosen[of] ?? here[of]);
  useEffect(() => {
    if (of === null || table) return;
    let shown = true;
    fetchPart(of).then(
      () => shown && setFetched((times) => times + 1),
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, [of, table]);
  return problem && table ? sayWritten(table.problems, problem.written) : null;
}

async function fetchPart(part: LatePart): Promise<void> {
  switch (part) {
    case 'engine':
      here.engine = await ENGLISH.engine();
      return;
    case 'image':
      here.image = await ENGLISH.image();
      return;
    case 'servers':
      here.servers = await ENGLISH.servers();
  }
}
