/** What stands in the list's place: no runs at all, or none that fit. */
import { Images } from 'lucide-react';
import Link from 'next/link';
import { useLibraryWords } from '@/lib/words/library';
import { Button, buttonClass } from '@/components/ui/button';

export function EmptyLibrary() {
  const words = useLibraryWords().empty;
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-20 text-center">
      <Images size={36} strokeWidth={1.25} aria-hidden className="text-ink-faint" />
      <p className="mt-5 font-serif text-title tracking-tight">{words.title}</p>
      <p className="mt-2 text-ink-soft">{words.about}</p>
      <Link href="/" className={`${buttonClass('primary')} mt-6`}>
        {words.ask}
      </Link>
    </div>
  );
}

export function NothingFound({ onClear }: { readonly onClear: () => void }) {
  const words = useLibraryWords().empty;
  return (
    <div className="flex flex-col items-center px-6 py-20 text-center">
      <p className="font-serif text-title tracking-tight">{words.noneFits}</p>
      <Button className="mt-5" onClick={onClear}>
        {words.showAll}
      </Button>
    </div>
  );
}
