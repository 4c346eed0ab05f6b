'use client';
/** The five likeliest tokens as a choice: the run goes on from the one that is taken. Escape, and a press elsewhere, leave all as it was. */
import { useEffect, useLayoutEffect, useRef, type ComponentType, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { isToken, placeAt } from './place-card';
import type { AlternativeProps, ChosenToken, TakeToken } from './token-card';

export interface Choice {
  readonly chosen: ChosenToken;
  readonly anchor: HTMLElement;
}

interface TokenChoiceProps extends Choice {
  readonly onTake: TakeToken;
  readonly onClose: () => void;
  readonly alternative: ComponentType<AlternativeProps>;
}

export function TokenChoice(props: TokenChoiceProps): ReactNode {
  const { chosen, anchor, onTake, onClose, alternative: Alternative } = props;
  const { take } = useTrajectoryWords();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => placeAt(element.current, anchor), [anchor, chosen]);
  useEffect(() => {
    const first = element.current?.querySelector<HTMLElement>('button:enabled');
    first?.focus({ preventScroll: true });
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [chosen, onClose]);

  const close = () => {
    onClose();
    if (anchor.tabIndex >= 0 || anchor.hasAttribute('tabindex')) anchor.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      return close();
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('button:enabled')];
    const at = all.indexOf(document.activeElement as HTMLElement); // -1 for any other element
    all[(at + step + all.length) % all.length]?.focus();
  };
  return createPortal(
    <div
      ref={element}
      role="dialog"
      aria-label={take.label}
      onKeyDown={onKeyDown}
      className="fixed z-50 w-60 rounded-m border border-line bg-raised p-2.5 text-small text-ink shadow-2"
    >
      <p className="mb-1.5 text-micro text-ink-faint">{take.hint}</p>
      <ul className="flex flex-col gap-0.5">
        {chosen.token.top.map((other, place) => {
          const isTaken = isToken(other, chosen.token);
          return (
            <li key={`${other.id ?? ''} ${other.text}`}>
              <button
                type="button"
                disabled={isTaken}
                onClick={() => {
                  onClose();
                  onTake(chosen, place);
                }}
                className="block w-full rounded-s text-left outline-accent enabled:hover:bg-hover focus-visible:outline-2 touch:py-1.5"
              >
                <Alternative as="span" text={other.text} logprob={other.logprob} chosen={isTaken} />
              </button>
            </li>
          );
        })}
      </ul>
    </div>,
    document.body,
  );
}
