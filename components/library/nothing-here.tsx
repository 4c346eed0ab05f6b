/** What stands in the list's place: no runs at all, or none that fit. */
import { Images } from 'lucide-react';
import Link from 'next/link';
import { Button, buttonClass } from '@/components/ui/button';

export function EmptyLibrary() {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-20 text-center">
      <Images size={36} strokeWidth={1.25} aria-hidden className="text-ink-faint" />
      <p className="mt-5 font-serif text-title tracking-tight">No runs yet</p>
      <p className="mt-2 text-ink-soft">
        Every question you ask a picture is kept here, with the picture and every look, in this browser alone. Files
        that were exported can be imported or dropped here.
      </p>
      <Link href="/" className={`${buttonClass('primary')} mt-6`}>
        Ask a picture
      </Link>
    </div>
  );
}

export function NothingFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <div className="flex flex-col items-center px-6 py-20 text-center">
      <p className="font-serif text-title tracking-tight">No run fits</p>
      <Button className="mt-5" onClick={onClear}>
        Show all runs
      </Button>
    </div>
  );
}
