'use client';
/**
 * Where a question is typed. Enter asks, Shift+Enter breaks the line, ↑ in the empty field brings back what was asked; while the model works the same place holds Stop. A press
 * that was meant for the button that stood there a moment ago does nothing.
 */
import { ArrowUp, Square } from 'lucide-react';
import { useLayoutEffect, useRef, type KeyboardEvent, type RefObject, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { isComposing } from '@/components/ui/composing';
import { useGrowingField } from '@/components/ui/growing-field';
import { usePlaygroundWords } from '@/lib/words/playground';
import { useSettled } from './use-settled';

interface ComposerProps {
  readonly question: string;
  readonly onQuestion: (question: string) => void;
  readonly onAsk: () => void;
  readonly onStop: () => void;
  /** The model is loading or running. */
  readonly busy: boolean;
  /** There is a picture to ask about. */
  readonly ready: boolean;
  /** What the model was not trained for: its answer will be a guess. */
  readonly guess?: boolean;
  /** Asked of this picture before, newest first. */
  readonly asked?: readonly string[];
  readonly field?: RefObject<HTMLTextAreaElement | null>;
}

export function Composer({
  question,
  onQuestion,
  onAsk,
  onStop,
  busy,
  ready,
  guess = false,
  asked = [],
  field,
}: ComposerProps) {
  const words = usePlaygroundWords().composer;
  const can = ready && !busy && question.trim() !== '';
  const settled = useSettled(busy);
  const form = useRef<HTMLFormElement>(null);
  const own = useRef<HTMLTextAreaElement>(null);
  const area = field ?? own;
  useGrowingField(area, question);
  // The buttons are two elements, or a click begun on one would end on the other; focus goes from one to the other by hand.
  const held = useRef(false);
  const hold = { onFocus: () => void (held.current = true), onBlur: () => void (held.current = false) };
  useLayoutEffect(() => {
    if (!held.current) return;
    const field = form.current?.querySelector('textarea');
    (form.current?.querySelector<HTMLElement>('button:enabled') ?? field)?.focus();
  }, [busy]);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (can && settled()) onAsk();
  };
  const stop = () => {
    if (settled()) onStop();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'ArrowUp' && !event.shiftKey && !isComposing(event)) {
      const again = asked[question === '' ? 0 : asked.indexOf(question) + 1];
      if (again === undefined || (question !== '' && !asked.includes(question))) return;
      event.preventDefault();
      onQuestion(again);
      return;
    }
    // An input method's Enter picks a character, it does not send.
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    if (can) onAsk();
  };
  return (
    <form
      ref={form}
      onSubmit={submit}
      aria-label={words.label}
      className="flex items-end gap-2 rounded-l border border-line-strong bg-surface p-2 pl-4 shadow-1 transition-colors duration-(--quick) has-[textarea:focus-visible]:border-accent has-[textarea:focus-visible]:outline-1 has-[textarea:focus-visible]:outline-accent"
    >
      <textarea
        ref={area}
        value={question}
        onChange={(event) => onQuestion(event.target.value)}
        onKeyDown={onKeyDown}
        rows={1}
        enterKeyHint="send"
        aria-label={words.question}
        dir="auto"
        placeholder={ready ? words.placeholder : words.needsPicture}
        className="field-sizing-content max-h-40 min-h-10 flex-1 resize-none bg-transparent py-[0.53rem] outline-none"
      />
      {busy ? (
        <Button key="stop" onClick={stop} weight="outline" {...hold}>
          <Square size={13} fill="currentColor" aria-hidden />
          {words.stop}
        </Button>
      ) : (
        <Button key="ask" type="submit" weight="primary" disabled={!can} {...hold}>
          {guess ? words.askAnyway : words.ask}
          <ArrowUp size={17} aria-hidden />
        </Button>
      )}
    </form>
  );
}
