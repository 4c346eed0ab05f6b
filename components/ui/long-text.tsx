'use client';
/** A text that may be of any length: its beginning, and the rest when it is asked for, so that no text holds the page up. */
import { useState, type ReactNode } from 'react';
import { useReliabilityWords } from '@/lib/words/reliability';

/** Characters that are shown at first, and more with each press. */
const PART = 20_000;

interface LongTextProps {
  readonly text: string;
  /** Draws so much of it; as it is where left out. */
  readonly children?: (text: string) => ReactNode;
}

export function LongText({ text, children }: LongTextProps): ReactNode {
  const [shown, setShown] = useState(PART);
  const part = text.length > shown ? text.slice(0, shown).replace(/[\uD800-\uDBFF]$/, '') : text;
  return (
    <>
      {children ? children(part) : part}
      <MoreText left={text.length - part.length} onMore={() => setShown(shown * 4)} />
    </>
  );
}

export function MoreText({ left, onMore }: { readonly left: number; readonly onMore: () => void }): ReactNode {
  const words = useReliabilityWords().long;
  if (left <= 0) return null;
  return (
    <>
      …{' '}
      <button type="button" onClick={onMore} className="rounded-s font-sans text-small text-accent underline">
        {words.moreText(left)}
      </button>
    </>
  );
}
