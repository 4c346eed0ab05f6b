'use client';
/**
 * Said under the head of every page where kept runs will not outlast the tab, and why; before a person relies on it.
 */
import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { useSession, type Notice } from '@/lib/session';
import { useCommonWords } from '@/lib/words/common';
import { useNoticeWords } from '@/lib/words/late';
import { asSentence, sentences } from '@/lib/words/sentences';

export function StorageNotice() {
  const notKept = useSession((state) => state.notKept);
  return notKept ? <Said notice={notKept} /> : null;
}

function Said({ notice }: { readonly notice: Notice }) {
  const { dismiss } = useCommonWords();
  const said = useNoticeWords(notice);
  const [read, setRead] = useState(false);
  if (!said || read) return null;
  return (
    <div
      role="status"
      data-code={notice.code}
      className="flex shrink-0 items-center gap-3 border-b border-line bg-caution-wash py-1.5 pr-2 pl-4 text-small tablet:pl-6"
    >
      <TriangleAlert size={16} aria-hidden className="shrink-0 text-caution" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">{asSentence(said.title)}</strong>{' '}
        <span className="text-ink-soft">{sentences(said.detail, said.advice)}</span>
      </p>
      <IconButton label={dismiss} onClick={() => setRead(true)} icon={<X size={15} aria-hidden />} className="size-8" />
    </div>
  );
}
