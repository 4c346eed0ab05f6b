'use client';
/**
 * Words that few ever read, such as those for what can go wrong: fetched when they are first needed, or once the page has little else
 * to do. Until they are there there are none; where they cannot be fetched (there may be no connection) a notice says that much.
 */
import { useContext, useEffect, useState } from 'react';
import { useCommonWords } from './common';
import type { Words } from './en';
import { WordsProvider } from './language';
import { sayNotice, type Notice, type SaidNotice, type WrittenProblem } from './notice';
import { say, sayWritten, type Phrase } from './phrase';

const ENGLISH = {
  engine: () => import('./en/engine').then(({ engine }) => void (here.engine = engine)),
  image: () => import('./en/image').then(({ image }) => void (here.image = image)),
  servers: () => import('./en/servers').then(({ servers }) => void (here.servers = servers)),
  notices: () => import('./en/notices').then(({ notices }) => void (here.notices = notices)),
};

type LatePart = keyof typeof ENGLISH;

const here: { [P in LatePart]?: Words[P] } = {};

/** So that they are there before they are needed. Rejects never: what could not be fetched is tried again. */
export async function preloadWords(part: LatePart): Promise<void> {
  if (!here[part]) await ENGLISH[part]().catch(() => undefined);
}

/** A part's words; undefined until they are there, null where they cannot be had. */
function useLateWords<P extends LatePart>(part: P | null): Words[P] | null | undefined {
  const chosen = useContext(WordsProvider);
  const [failed, setFailed] = useState<LatePart | null>(null);
  const [, setFetched] = useState(0);
  const table: Words[P] | null | undefined = part && (chosen[part] ?? here[part]);
  useEffect(() => {
    if (part === null || table) return;
    let shown = true;
    ENGLISH[part]().then(
      () => shown && setFetched((times) => times + 1),
      () => shown && setFailed(part),
    );
    return () => {
      shown = false;
    };
  }, [part, table]);
  return table ?? (failed === part ? null : undefined);
}

/** What happened, in words; null until they are there, and of a problem that has none. */
export function useProblemWords(problem: WrittenProblem | null): string | null {
  const table = useLateWords(problem?.of ?? null);
  return problem && table ? sayWritten(table.problems, problem.written) : null;
}

/** What an engine remarks, a sentence each; none until the words are there. */
export function useRemarkWords(remarks: readonly Phrase<Words['engine']['remarks']>[]): readonly string[] {
  const table = useLateWords(remarks.length > 0 ? 'engine' : null);
  return table ? remarks.map((remark) => say(table.remarks, remark)) : [];
}

/** A notice in words; null until they are there. */
export function useNoticeWords(notice: Notice): SaidNotice | null {
  const { broken } = useCommonWords();
  const problem = useProblemWords(notice.problem ?? null);
  const isBroken = notice.code === 'session/not-started';
  const table = useLateWords(isBroken ? null : 'notices');
  if (table === undefined) return null;
  return (table && sayNotice(table, notice, problem)) ?? broken;
}
