'use client';
/**
 * A step's text, token by token: pointing at a token (or reaching it by keyboard while probabilities show) tells how
 * likely it was and what else the model could have written. Falls back to plain text where tokens were not recorded.
 */
import { memo, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Step, Token } from '@/lib/trajectory';
import { LongText, MoreText } from '@/components/ui/long-text';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { visibleToken } from './format';
import { MOST_TOKENS } from './step-window';
import { tokenSpans } from './token-spans';
import { useTokenCard } from './token-card';

export interface TokenTextProps {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Index of the step that they are of. */
  readonly step: number;
  /** What of the step's words a person wrote. */
  readonly person?: Step['person'];
  /** Shade tokens by how unsure the model was, and let the keyboard walk through them. */
  readonly shaded: boolean;
  /** A blinking caret behind the last token. */
  readonly streaming?: boolean;
}

export function TokenText({ text, tokens, step, person, shaded, streaming = false }: TokenTextProps): ReactNode {
  const spans = useMemo(() => tokenSpans(text, tokens), [text, tokens]);
  const [shown, setShown] = useState(MOST_TOKENS);
  const caret = streaming ? <span aria-hidden className="loupe-caret" /> : null;
  if (!spans) {
    return (
      <>
        <LongText text={text} />
        {caret}
      </>
    );
  }
  return (
    <span onKeyDown={shaded ? walkTokens : undefined}>
      {spans.slice(0, shown).map((span, order) => (
        <TokenMark
          key={span.index}
          text={span.text}
          token={span.token}
          step={step}
          index={span.index}
          theirs={person !== undefined && isPersons(spans, order, person)}
          shaded={shaded}
          first={order === 0}
        />
      ))}
      <MoreText left={lettersBehind(spans, shown)} onMore={() => setShown(shown * 2)} />
      {caret}
    </span>
  );
}

/** Words begin where the first span does, but for white space that is not shown: no range begins in that. */
function isPersons(
  spans: readonly { readonly text: string }[],
  order: number,
  person: NonNullable<Step['person']>,
): boolean {
  let from = 0;
  for (let at = 0; at < order; at += 1) from += spans[at]?.text.length ?? 0;
  const to = from + (spans[order]?.text.length ?? 0);
  return person.some((range) => range.from < to && range.to > from);
}

function lettersBehind(spans: readonly { readonly text: string }[], shown: number): number {
  let letters = 0;
  for (let at = shown; at < spans.length; at += 1) letters += spans[at]?.text.length ?? 0;
  return letters;
}

interface TokenMarkProps {
  readonly text: string;
  readonly token: Token;
  /** Indices of the step and of the token. */
  readonly step: number;
  readonly index: number;
  /** A person wrote it. */
  readonly theirs: boolean;
  readonly shaded: boolean;
  readonly first: boolean;
}

const TokenMark = memo(function TokenMark(props: TokenMarkProps): ReactNode {
  const { text, token, step, index, theirs, shaded, first } = props;
  const card = useTokenCard();
  const { probability } = useTrajectoryWords();
  const { logprob } = token;
  const doubt = logprob === null ? 0 : Math.round((1 - Math.exp(logprob)) * 70);
  const shade = shaded && doubt > 2 ? { background: `color-mix(in oklab, var(--caution) ${doubt}%, transparent)` } : {};
  const keyboard = shaded
    ? {
        tabIndex: first ? 0 : -1,
        role: 'button',
        'aria-label': [visibleToken(token.text), logprob === null ? null : probability(Math.exp(logprob))]
          .filter(Boolean)
          .join(', '),
        onFocus: (event: React.FocusEvent<HTMLElement>) => card.show(token, event.currentTarget),
        onBlur: () => card.hide(),
        onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
          if (event.key !== 'Enter' || !card.choose) return;
          event.preventDefault();
          card.choose({ step, index, token }, event.currentTarget);
        },
      }
    : {};
  return (
    <span
      data-token=""
      data-person={theirs || undefined}
      className={`rounded-[3px] transition-colors duration-100 hover:bg-hover ${
        theirs ? 'underline decoration-accent decoration-2 underline-offset-4' : ''
      } ${card.choose && token.top.length > 1 ? 'cursor-pointer' : ''}`}
      style={shade}
      onPointerEnter={(event) => {
        if (event.pointerType !== 'touch') card.show(token, event.currentTarget);
      }}
      onPointerLeave={() => card.hide()}
      onClick={(event) => {
        if (!card.choose || token.top.length < 2 || !(window.getSelection()?.isCollapsed ?? true)) return;
        event.stopPropagation();
        card.choose({ step, index, token }, event.currentTarget);
      }}
      {...keyboard}
    >
      {text}
    </span>
  );
});

/** ← and → walk from token to token; the player leaves keys alone that are used here. */
function walkTokens(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  const marks = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-token]')];
  const at = marks.indexOf(document.activeElement as HTMLElement); // -1 for any other element
  const next = marks[at + step];
  if (at < 0) return;
  event.preventDefault();
  next?.focus();
}
