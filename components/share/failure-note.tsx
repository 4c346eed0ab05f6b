/** What went wrong with a share, beside what the person was doing. */
import { CircleAlert } from 'lucide-react';
import type { SaidNotice } from '@/lib/words';

export function FailureNote({ code, words }: { readonly code: string; readonly words: SaidNotice }) {
  return (
    <div role="alert" data-code={code} className="flex gap-3 rounded-m bg-danger-wash px-4 py-3 text-small">
      <CircleAlert size={17} aria-hidden className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0">
        <p className="font-semibold">{words.title}</p>
        <p className="text-ink-soft">{words.detail}</p>
        {words.advice ? <p className="mt-1 font-medium">{words.advice}</p> : null}
      </div>
    </div>
  );
}
