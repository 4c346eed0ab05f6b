'use client';
import { Button, buttonClass } from '@/components/ui/button';
import { useReliabilityWords } from '@/lib/words/reliability';

/** A whole page that broke. The way home is a plain link: what broke may be what links are made of. */
export function PageFailed({ onAgain }: { readonly onAgain: () => void }) {
  const { page: words } = useReliabilityWords();
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col items-start justify-center gap-5 px-6">
      <h1 className="font-serif text-display font-medium">{words.title}</h1>
      <p className="text-lead text-ink-soft">{words.about}</p>
      <p className="flex flex-wrap gap-2">
        <Button weight="primary" onClick={onAgain}>
          {words.again}
        </Button>
        <a href="/" className={buttonClass('outline')}>
          {words.home}
        </a>
      </p>
    </main>
  );
}
