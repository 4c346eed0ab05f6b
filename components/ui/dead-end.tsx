/** A whole page that only says that there is nothing here, why, and how to go home. */
import { buttonClass } from './button';
import { Link } from './link';

interface DeadEndProps {
  readonly title: string;
  readonly about: string;
  readonly home: string;
}

export function DeadEnd({ title, about, home }: DeadEndProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col items-start justify-center gap-5 px-6">
      <h1 className="font-serif text-display font-medium">{title}</h1>
      <p className="text-lead text-ink-soft">{about}</p>
      <Link href="/" className={buttonClass('primary')}>
        {home}
      </Link>
    </main>
  );
}
