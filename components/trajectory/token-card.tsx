'use client';
/**
 * The card that tells of one token: its probability and the five likeliest. One a panel, moved to whichever token is
 * pointed at; it never takes the pointer or the focus.
 */
import { createContext, useContext, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Token } from '@/lib/trajectory';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { visibleToken } from './format';

interface TokenCard {
  show(token: Token, anchor: HTMLElement): void;
  hide(): void;
}

const NONE: TokenCard = { show: () => undefined, hide: () => undefined };
const TokenCardContext = createContext<TokenCard>(NONE);

export const useTokenCard = (): TokenCard => useContext(TokenCardContext);

interface Shown {
  readonly token: Token;
  readonly anchor: HTMLElement;
}

export function TokenCardProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [shown, setShown] = useState<Shown | null>(null);
  const card = useMemo<TokenCard>(
    () => ({ show: (token, anchor) => setShown({ token, anchor }), hide: () => setShown(null) }),
    [],
  );
  return (
    <TokenCardContext.Provider value={card}>
      {children}
      {shown ? createPortal(<Card token={shown.token} anchor={shown.anchor} />, document.body) : null}
    </TokenCardContext.Provider>
  );
}

const GAP = 6;
const EDGE = 8;

function Card({ token, anchor }: Shown): ReactNode {
  const { probability, noProbability } = useTrajectoryWords();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const card = element.current;
    if (!card) return;
    // A token may wrap over two lines: the first line is where reading begins.
    const at = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const above = at.top - height - GAP;
    const left = Math.min(window.innerWidth - width - EDGE, Math.max(EDGE, at.left + at.width / 2 - width / 2));
    card.style.left = `${left}px`;
    card.style.top = `${above >= EDGE ? above : at.bottom + GAP}px`;
  }, [anchor, token]);

  const isChosen = (other: Token['top'][number]) =>
    other.id === token.id && (other.id !== null || other.text === token.text);
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

interface AlternativeProps {
  readonly text: string;
  readonly logprob: number;
  readonly chosen: boolean;
}

function Alternative({ text, logprob, chosen }: AlternativeProps): ReactNode {
  const { probability } = useTrajectoryWords();
  const share = Math.max(0.5, Math.exp(logprob) * 100);
  return (
    <li className="relative flex items-baseline justify-between gap-3 overflow-hidden rounded-s px-1.5 py-px">
      <span
        aria-hidden
        className={`absolute inset-y-0 left-0 rounded-s ${chosen ? 'bg-accent-wash' : 'bg-hover'}`}
        style={{ width: `${share}%` }}
      />
      <code className={`relative truncate font-mono ${chosen ? 'font-semibold text-accent' : ''}`}>
        {visibleToken(text)}
      </code>
      <span className="tabular relative text-micro text-ink-soft">{probability(Math.exp(logprob))}</span>
    </li>
  );
}
