'use client';
/**
 * The patterns a run shows, as chips. Pressing one tells what it means and which rule fired; the words stand in the text and
 * not over it, so that keys, touch and screen readers reach them like anything else.
 */
import { CheckCheck, Scale, ScanSearch, Undo2, type LucideIcon } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { Pattern, PatternId } from '@/lib/review';
import { useReviewWords } from '@/lib/words/review';
import { becauseOf, ruleOf } from './pattern-words';

const ICONS = {
  'visual-search': ScanSearch,
  'visual-comparison': Scale,
  'visual-confirmation': CheckCheck,
  'hallucination-mitigation': Undo2,
} as const satisfies Record<PatternId, LucideIcon>;

export function PatternChips({ patterns }: { readonly patterns: readonly Pattern[] }): ReactNode {
  const words = useReviewWords().patterns;
  const [open, setOpen] = useState<PatternId | null>(null);
  const place = useId();
  const shown = patterns.find(({ id }) => id === open);
  return (
    <div>
      <ul aria-label={words.label} className="flex flex-wrap gap-1.5">
        {patterns.map(({ id }) => {
          const Icon = ICONS[id];
          return (
            <li key={id}>
              <button
                type="button"
                data-pattern={id}
                aria-expanded={open === id}
                aria-controls={open === id ? place : undefined}
                title={words.named[id].meaning}
                onClick={() => setOpen(open === id ? null : id)}
                className="flex h-7 items-center gap-1.5 rounded-full border border-line-strong px-2.5 text-micro font-medium text-ink-soft transition-colors duration-(--quick) hover:bg-hover hover:text-ink aria-expanded:border-accent aria-expanded:bg-accent-wash aria-expanded:text-accent touch:h-9"
              >
                <Icon size={13} aria-hidden />
                {words.named[id].name}
              </button>
            </li>
          );
        })}
      </ul>
      {shown ? (
        <div id={place} className="mt-2 rounded-m bg-accent-wash px-3 py-2 text-small">
          <p>{words.named[shown.id].meaning}</p>
          <p className="mt-1 font-medium">{becauseOf(words, shown)}</p>
          <p className="mt-1 text-ink-soft">{words.rule(ruleOf(words, shown.id))}</p>
          <p className="mt-1 text-micro text-ink-soft">{words.source}</p>
        </div>
      ) : null}
    </div>
  );
}
