'use client';
/** Narrows rows by words in them. */
import { Search } from 'lucide-react';
import { useFormatsWords } from '@/lib/words/formats';

interface WordsFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function WordsField({ value, onChange }: WordsFieldProps) {
  const { page } = useFormatsWords();
  const { filter: words } = page;
  return (
    <span className="relative min-w-48 flex-1 tablet:max-w-80">
      <Search
        size={15}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-faint"
      />
      <input
        type="search"
        aria-label={words.words}
        placeholder={words.words}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 w-full rounded-m border border-line-strong bg-surface pr-3 pl-9 text-small"
      />
    </span>
  );
}
