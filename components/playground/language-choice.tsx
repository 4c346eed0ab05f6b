'use client';
import { useState } from 'react';
import { Segmented } from '@/components/ui/segmented';
import { LANGUAGE_NAMES, LANGUAGE_TAGS, LANGUAGES } from '@/lib/words/languages';
import { useSettingsWords } from '@/lib/words/settings';
import { useSpeaker } from '@/lib/words/speaker';

/** Each by its own name: whoever does not read the one that is spoken finds theirs. */
const OPTIONS = LANGUAGES.map((value) => ({
  value,
  label: <span lang={LANGUAGE_TAGS[value]}>{LANGUAGE_NAMES[value]}</span>,
}));

/** The tab's title is the server's, by now in the language that was chosen. Without a network it stays. */
async function retitle(): Promise<void> {
  try {
    const page = await (await fetch(location.href)).text();
    document.title = /<title>([^<]+)<\/title>/.exec(page)?.[1] ?? document.title;
  } catch {
    // It changes with the next page.
  }
}

export function LanguageChoice() {
  const words = useSettingsWords();
  const { language, setLanguage } = useSpeaker();
  const [failed, setFailed] = useState(false);
  const choose = (next: typeof language) => {
    setFailed(false);
    setLanguage(next).then(retitle, () => setFailed(true));
  };
  return (
    <div className="mt-4">
      <Segmented legend={words.language} options={OPTIONS} value={language} onChange={choose} />
      {failed ? (
        <p role="alert" className="mt-2 text-small text-caution">
          {words.languageFailed}
        </p>
      ) : null}
    </div>
  );
}
