import { Link } from '@/components/ui/link';
import { pageWords } from '@/lib/words/on-server';
import { buttonClass } from '@/components/ui/button';

export default async function NotFound() {
  const words = (await pageWords()).notFound;
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
