'use client';
/** What went wrong, in three lines: what happened, what it means, what to do. */
import type { Notice } from '@/lib/words';
import { useNoticeWords } from '@/lib/words/late';

export function NoticeWords({ notice }: { readonly notice: Notice }) {
  const said = useNoticeWords(notice);
  if (!said) return null;
  return (
    <>
      <p className="text-body font-semibold">{said.title}</p>
      <p className="mt-0.5 wrap-anywhere text-ink-soft">{said.detail}</p>
      <p className="mt-1 font-medium">{said.advice}</p>
    </>
  );
}
