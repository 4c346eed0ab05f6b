'use client';
/**
 * Suggested questions, twice: as a list before the first run, as a row of chips after it. Pressing one asks it.
 */
import { ZoomIn } from 'lucide-react';
import { useWorkspaceWords } from '@/lib/words/workspace';
import type { Suggestion } from './gallery-index';

interface SuggestionsProps {
  readonly suggestions: readonly Suggestion[];
  readonly onAsk: (question: string) => void;
}

export function SuggestionList({ suggestions, onAsk }: SuggestionsProps) {
  const words = useWorkspaceWords().suggestions;
  if (suggestions.length === 0) {
    return <p className="font-serif text-lead text-balance text-ink-soft">{words.none}</p>;
  }
  return (
    <div>
      <h2 className="text-small font-semibold text-ink-faint">{words.heading}</h2>
      <ul className="mt-2">
        {suggestions.map(({ question, needsZoom }) => (
          <li key={question} className="border-b border-line last:border-b-0">
            <button
              type="button"
              onClick={() => onAsk(question)}
              className="-mx-3 flex w-[calc(100%+1.5rem)] items-center gap-3 rounded-m px-3 py-3 text-left font-serif text-lead hover:bg-hover"
            >
              <span dir="auto" className="min-w-0 flex-1">
                {question}
              </span>
              {needsZoom ? (
                <span className="shrink-0 text-ink-faint" title={words.needsZoomHint}>
                  <ZoomIn size={16} aria-hidden />
                  <span className="sr-only">{words.needsZoom}</span>
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function SuggestionChips({ suggestions, onAsk }: SuggestionsProps) {
  const words = useWorkspaceWords().suggestions;
  if (suggestions.length === 0) return null;
  return (
    <div
      role="group"
      aria-label={words.label}
      className="-mx-4 flex gap-2 overflow-x-auto pr-10 pb-1 pl-4 mask-r-from-[calc(100%-2.5rem)] [scrollbar-width:none] desk:-mx-6 desk:pl-6"
    >
      {suggestions.map(({ question }) => (
        <button
          key={question}
          type="button"
          dir="auto"
          onClick={() => onAsk(question)}
          className="h-8 shrink-0 rounded-full border border-line px-3 text-small whitespace-nowrap text-ink-soft hover:bg-hover hover:text-ink"
        >
          {question}
        </button>
      ))}
    </div>
  );
}
