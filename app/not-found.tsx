import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col items-start justify-center gap-5 px-6">
      <h1 className="font-serif text-display font-medium">There is nothing here to look at.</h1>
      <p className="text-lead text-ink-soft">The address leads to no page.</p>
      <Link href="/" className={buttonClass('primary')}>
        To the start
      </Link>
    </main>
  );
}
