'use client';
/**
 * Said under the head of every page where kept runs will not outlast the tab, and why; before a person relies on it.
 */
import { TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { useSession } from '@/lib/session';

export function StorageNotice() {
  const notKept = useSession((state) => state.notKept);
  const [read, setRead] = useState(false);
  if (!notKept || read) return null;
  return (
    <div
      role="status"
      data-code={notKept.code}
      className="flex shrink-0 items-center gap-3 border-b border-line bg-caution-wash py-1.5 pr-2 pl-4 text-small tablet:pl-6"
    >
      <TriangleAlert size={16} aria-hidden className="shrink-0 text-caution" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">{notKept.title}.</strong>{' '}
        <span className="text-ink-soft">
          {notKept.detail} {notKept.advice}
        </span>
      </p>
      <IconButton label="Dismiss" onClick={() => setRead(true)} icon={<X size={15} aria-hidden />} className="size-8" />
    </div>
  );
}
