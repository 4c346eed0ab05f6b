'use client';
/**
 * Said while a question is typed that the shipped model was never taught to answer: what it can answer, as questions that a press puts
 * into the field. Asking all the same stays possible.
 */
import { MessageCircleQuestionMark } from 'lucide-react';
import { useEffect, useState } from 'react';
import { EXAMPLE_QUESTIONS, readQuestion } from '@/lib/scene';
import { SHIPPED_MODEL, useSession } from '@/lib/session';
import { useWorkspaceWords } from '@/lib/words/workspace';
import type { Suggestion } from './gallery-index';

/** Who is still typing is not told. */
const SETTLE_MS = 700;

/** The question in the field is none that the shipped model can answer, and it is the one to be asked. */
export function useQuestionOutside(question: string): boolean {
  const isShipped = useSession((state) => state.settings.modelUrl === SHIPPED_MODEL);
  const isOutside = isShipped && question.trim() !== '' && readQuestion(question) === null;
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(question), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [question]);
  return isOutside && settled === question;
}

interface QuestionOutsideProps {
  /** Those that fit the picture; none where nothing is known of it. */
  readonly suggestions: readonly Suggestion[];
  readonly onFill: (question: string) => void;
}

const MOST = 4;

export function QuestionOutside({ suggestions, onFill }: QuestionOutsideProps) {
  const { question: words } = useWorkspaceWords();
  const fitting = suggestions.map(({ question }) => question);
  const examples = (fitting.length > 0 ? fitting : EXAMPLE_QUESTIONS).slice(0, MOST);
  return (
    <div role="note" data-note="question" className="flex gap-3 rounded-m bg-caution-wash px-4 py-3 text-small">
      <MessageCircleQuestionMark size={17} aria-hidden className="mt-0.5 shrink-0 text-caution" />
      <div className="min-w-0">
        <p className="text-ink-soft low:line-clamp-2">{words.outside}</p>
        <ul className="mt-1.5 flex gap-1.5 overflow-x-auto max-desk:pb-1 desk:flex-wrap low:flex-nowrap">
          {examples.map((example) => (
            <li key={example}>
              <button
                type="button"
                onClick={() => onFill(example)}
                className="min-h-7 rounded-full border border-line-strong bg-surface px-2.5 py-0.5 text-left max-desk:whitespace-nowrap hover:bg-hover touch:min-h-11"
              >
                {example}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
