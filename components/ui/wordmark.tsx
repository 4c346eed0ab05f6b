'use client';
/**
 * The mark: a lens with the corner of a crop in it, and the name beside it.
 */
import { useCommonWords } from '@/lib/words/common';

export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden>
      <circle cx="12" cy="12" r="10.25" stroke="currentColor" strokeWidth="1.5" />
      <path d="M12.5 7.5h4v4" stroke="var(--accent)" strokeWidth="2" />
      <path d="M11.5 16.5h-4v-4" stroke="var(--accent)" strokeWidth="2" />
    </svg>
  );
}

export function Wordmark() {
  const { product } = useCommonWords();
  return (
    <span className="inline-flex items-center gap-2.5">
      <Mark />
      <span className="translate-y-[0.09em] font-serif text-[1.375rem] leading-none font-medium tracking-[-0.02em]">
        {product}
      </span>
    </span>
  );
}
