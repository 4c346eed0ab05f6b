'use client';
/** A picture on its way, with the way out. Most are there before this could be read: it waits a moment. */
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useCommonWords } from '@/lib/words/common';
import { usePlaygroundWords } from '@/lib/words/playground';

const LATE_MS = 250;

export function OpeningLine({ onCancel }: { readonly onCancel: () => void }) {
  const words = usePlaygroundWords();
  const { cancel } = useCommonWords();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <p className="flex items-center gap-2 text-small text-ink-soft">
      <span aria-hidden className="size-1.5 rounded-full bg-accent" />
      <span className="font-medium">{words.opening}</span>
      <Button size="small" weight="quiet" onClick={onCancel}>
        {cancel}
      </Button>
    </p>
  );
}
