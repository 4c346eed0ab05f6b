'use client';
/** Runs that Loupe wrote itself, several at once: most come to be kept, with their names and tags. */
import Link from 'next/link';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { useSessionActions } from '@/lib/session';
import { useFormatsWords } from '@/lib/words/formats';
import { mainSet } from './set-store';

interface OwnRunsProps {
  readonly count: number;
  readonly onSet: () => void;
}

export function OwnRuns({ count, onSet }: OwnRunsProps) {
  const { page } = useFormatsWords();
  const { own: words } = page;
  const { importFiles } = useSessionActions();
  const [report, setReport] = useState<{ readonly added: number; readonly known: number } | null>(null);
  const keep = async () => {
    const made = await importFiles(mainSet.givenAsFiles());
    if (made) setReport({ added: made.added.length, known: made.known });
  };
  return (
    <section className="flex flex-col gap-4">
      <h1 className="font-serif text-display">{words.title(count)}</h1>
      <p role="status" className="text-body text-ink-soft">
        {report ? words.kept(report.added, report.known) : words.about}
      </p>
      <div className="flex flex-wrap gap-2">
        {report ? (
          <Link href="/library" className={buttonClass('primary')}>
            {words.library}
          </Link>
        ) : (
          <Button weight="primary" onClick={() => void keep()}>
            {words.keep}
          </Button>
        )}
        <Button onClick={onSet}>{words.set}</Button>
      </div>
    </section>
  );
}
