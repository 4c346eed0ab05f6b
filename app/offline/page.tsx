import Link from 'next/link';
import { pageWords } from '@/lib/words/on-server';
import { buttonClass } from '@/components/ui/button';

/** What the service worker shows in place of a page that it has not kept. */
export default async function Page() {
  const words = (await pageWords()).offline;
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col items-start justify-center gap-5 px-6">
      <h1 className="font-serif text-display font-medium">{words.title}</h1>
      <p className="text-lead text-ink-soft">{words.about}</p>
      <Link href="/" className={buttonClass('primary')}>
        {words.home}
      </Link>
    </main>
  );
}
