'use client';
/**
 * The language of the whole page. The server draws it in the language that it found (on-server.ts) and the page goes on in that one:
 * React takes over once what the first page says is there, so nothing is said in English first. All else follows at once.
 */
import { createContext, use, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { WordsProvider, type ChosenWords } from './language';
import { LANGUAGE_COOKIE, LANGUAGE_TAGS, languageOf, type Language } from './languages';

interface Tables {
  readonly first: () => Promise<ChosenWords>;
  readonly rest: () => Promise<ChosenWords>;
}

/** English comes with the page's own code. */
const TABLES: Readonly<Partial<Record<Language, Tables>>> = {
  zh: {
    first: () => import('./zh/first').then(({ first }) => first),
    rest: () => import('./zh/rest').then(({ rest }) => rest),
  },
};

const ENGLISH: ChosenWords = {};

async function wholeOf(language: Language): Promise<ChosenWords> {
  const tables = TABLES[language];
  if (!tables) return ENGLISH;
  const [first, rest] = await Promise.all([tables.first(), tables.rest()]);
  return { ...first, ...rest };
}

const firsts = new Map<Language, Promise<ChosenWords>>();

/** Rejects never: where they do not come the page speaks English. */
function firstOf(language: Language): Promise<ChosenWords> {
  const known = firsts.get(language) ?? TABLES[language]?.first().catch(() => ENGLISH) ?? Promise.resolve(ENGLISH);
  firsts.set(language, known);
  return known;
}

interface Speaker {
  readonly language: Language;
  /** Keeps the choice in this browser. Rejects where the language's words cannot be fetched; then nothing changes. */
  readonly setLanguage: (language: Language) => Promise<void>;
}

const SpeakerContext = createContext<Speaker | null>(null);

const YEAR_SECONDS = 31_536_000;

interface LanguageProviderProps {
  /** What the server drew the page in. */
  readonly initial: Language;
  readonly children: ReactNode;
}

export function LanguageProvider({ initial, children }: LanguageProviderProps) {
  const [spoken, setSpoken] = useState<{ readonly language: Language; readonly words: ChosenWords } | null>(null);
  const words = spoken?.words ?? (TABLES[initial] ? use(firstOf(initial)) : ENGLISH);
  const language = spoken?.language ?? initial;
  const speaker = useMemo<Speaker>(
    () => ({
      language,
      setLanguage: async (next) => {
        setSpoken({ language: next, words: await wholeOf(next) });
        document.cookie = `${LANGUAGE_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      },
    }),
    [language],
  );
  useEffect(() => {
    // A page that was kept for when there is no network may speak another language than is wanted by now.
    const chosen = new RegExp(`(?:^|; )${LANGUAGE_COOKIE}=(\\w+)`).exec(document.cookie)?.[1];
    const wanted = languageOf(chosen, navigator.languages);
    if (wanted === initial && !TABLES[initial]) return;
    wholeOf(wanted).then(
      (whole) => setSpoken((now) => now ?? { language: wanted, words: whole }),
      () => undefined, // as it was drawn
    );
  }, [initial]);
  useEffect(() => {
    // English, too, where the words of another have not come.
    document.documentElement.lang = LANGUAGE_TAGS[words === ENGLISH ? 'en' : language];
  }, [words, language]);
  return (
    <SpeakerContext value={speaker}>
      <WordsProvider value={words}>{children}</WordsProvider>
    </SpeakerContext>
  );
}

export function useSpeaker(): Speaker {
  const speaker = useContext(SpeakerContext);
  if (!speaker) throw new Error('useSpeaker needs a LanguageProvider above it');
  return speaker;
}
