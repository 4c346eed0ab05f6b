'use client';
/**
 * The card that tells of one token: its probability and the five likeliest. One a panel, moved to whichever token is
 * pointed at; it never takes the pointer or the focus. Where another token can be taken a press opens the same as a choice (token-choice.tsx).
 */
import { createContext, useContext, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Token } from '@/lib/trajectory';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { visibleToken } from './format';
import { isToken, placeAt } from './place-card';
import { TokenChoice, type Choice } from './token-choice';

/** A token by its place in the run. */
export interface ChosenToken {
  readonly step: number;
  readonly index: number;
  readonly token: Token;
}

/** @param taken its place among the token's `top` */
export type TakeToken = (chosen: ChosenToken, taken: number) => void;

interface TokenCard {
  show(token: Token, anchor: HTMLElement): void;
  hide(): void;
  /** Null where none can be taken. */
  readonly choose: ((chosen: ChosenToken, anchor: HTMLElement) => void) | null;
}

const NONE: TokenCard = { show: () => undefined, hide: () => undefined, choose: null };
const TokenCardContext = createContext<TokenCard>(NONE);

export const useTokenCard = (): TokenCard => useContext(TokenCardContext);

interface Shown {
  readonly token: Token;
  readonly anchor: HTMLElement;
}

interface TokenCardProviderProps {
  readonly onTake: TakeToken | undefined;
  readonly children: ReactNode;
}

export function TokenCardProvider({ onTake, children }: TokenCardProviderProps): ReactNode {
  const [shown, setShown] = useState<Shown | null>(null);
  const [choice, setChoice] = useState<Choice | null>(null);
  const canTake = onTake !== undefined;
  const card = useMemo<TokenCard>(
    () => ({
      show: (token, anchor) => setShown({ token, anchor }),
      hide: () => setShown(null),
      choose: canTake ? (chosen, anchor) => setChoice({ chosen, anchor }) : null,
    }),
    [canTake],
  );
  return (
    <TokenCardContext.Provider value={card}>
      {children}
      {shown && !choice ? createPortal(<Card token={shown.token} anchor={shown.anchor} />, document.body) : null}
      {choice && onTake ? (
        <TokenChoice {...choice} onTake={onTake} onClose={() => setChoice(null)} alternative={Alternative} />
      ) : null}
    </TokenCardContext.Provider>
  );
}

function Card({ token, anchor }: Shown): ReactNode {
  const { probability, noProbability } = useTrajectoryWords();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => placeAt(element.current, anchor), [anchor, token]);

  const isChosen = (other: Token['top'][number]) => isToken(other, token);
  const chosenIsListed = token.top.some(isChosen);
  return (
    <div
      ref={element}
      role="tooltip"
      className="pointer-events-none fixed z-50 w-56 rounded-m border border-line bg-raised p-2.5 text-small text-ink shadow-2"
    >
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <code className="truncate font-mono font-semibold">{visibleToken(token.text)}</code>
        <span className="tabular text-ink-soft">
          {token.logprob === null ? noProbability : probability(Math.exp(token.logprob))}
        </span>
      </div>
      <ul className="flex flex-col gap-0.5">
        {token.top.map((other) => (
          <Alternative
            key={`${other.id ?? ''} ${other.text}`}
            text={other.text}
            logprob={other.logprob}
            chosen={isChosen(other)}
          />
        ))}
        {chosenIsListed || token.logprob === null ? null : (
          <Alternative text={token.text} logprob={token.logprob} chosen />
        )}
      </ul>
    </div>
  );
}

export interface AlternativeProps {
  readonly text: string;
  readonly logprob: number;
  readonly chosen: boolean;
  readonly as?: 'li' | 'span';
}

function Alternative({ text, logprob, chosen, as: Line = 'li' }: AlternativeProps): ReactNode {
  const { probability } = useTrajectoryWords();
  const share = Math.max(0.5, Math.exp(logprob) * 100);
  return (
    <Line className="relative flex items-baseline justify-between gap-3 overflow-hidden rounded-s px-1.5 py-px">
      <span
        aria-hidden
        className={`absolute inset-y-0 left-0 rounded-s ${chosen ? 'bg-accent-wash' : 'bg-hover'}`}
        style={{ width: `${share}%` }}
      />
      <code className={`relative truncate font-mono ${chosen ? 'font-semibold text-accent' : ''}`}>
        {visibleToken(text)}
      </code>
      <span className="tabular relative text-micro text-ink-soft">{probability(Math.exp(logprob))}</span>
    </Line>
  );
}
