'use client';
/**
 * A step's own words. Those that point at something on the picture light it up while the pointer is on them: of words with tokens by
 * the token that is pointed at, of others by the words themselves.
 */
import { useMemo, type PointerEvent, type ReactNode } from 'react';
import { useViewActions } from '@/lib/player';
import type { StepOf } from '@/lib/trajectory';
import { TokenText } from './token-text';
import { tokenSpans } from './token-spans';

interface MarkedTextProps {
  readonly step: StepOf<'think' | 'answer'>;
  /** Of the step. */
  readonly index: number;
  readonly shaded: boolean;
  readonly streaming: boolean;
}

export function MarkedText({ step, index, shaded, streaming }: MarkedTextProps): ReactNode {
  const text = step.text.trim();
  const words = (
    <TokenText text={text} {...{ step: index, tokens: step.tokens, person: step.person, shaded, streaming }} />
  );
  return step.marks?.length ? <Marked step={step} index={index} text={text} words={words} /> : words;
}

interface MarkedProps extends Pick<MarkedTextProps, 'step' | 'index'> {
  readonly text: string;
  readonly words: ReactNode;
}

function Marked({ step, index, text, words }: MarkedProps): ReactNode {
  const { pointAt } = useViewActions();
  const tokens = useMemo(() => tokenSpans(text, step.tokens), [text, step.tokens]);
  // Marks count in the step's text; what is shown begins where its words do.
  const skipped = step.text.length - step.text.trimStart().length;
  const point = (mark: number) => pointAt(mark < 0 ? null : { step: index, index: mark });
  const marks = step.marks ?? [];
  const leave = () => pointAt(null);

  if (tokens) {
    const over = (event: PointerEvent<HTMLElement>) => {
      const all = [...event.currentTarget.querySelectorAll('[data-token]')];
      const token = all.indexOf((event.target as Element).closest('[data-token]')!); // -1 beside all of them
      const from = skipped + tokens.slice(0, token).reduce((sum, span) => sum + span.text.length, 0);
      const to = from + (tokens[token]?.text.length ?? 0);
      point(token < 0 ? -1 : marks.findIndex(({ at }) => at && at.from < to && at.to > from));
    };
    return (
      <span onPointerOver={over} onPointerLeave={leave}>
        {words}
      </span>
    );
  }

  return piecesOf(text, marks, skipped).map(({ from, to, mark }) =>
    mark === null ? (
      text.slice(from, to)
    ) : (
      <span
        key={from}
        data-mark={mark}
        onPointerEnter={() => point(mark)}
        onPointerLeave={leave}
        className="rounded-[3px] underline decoration-(--turn) decoration-dotted underline-offset-4 hover:bg-hover"
      >
        {text.slice(from, to)}
      </span>
    ),
  );
}

interface Piece {
  readonly from: number;
  readonly to: number;
  /** Index of the mark that these words say; null of words between. */
  readonly mark: number | null;
}

/** The text in order, in pieces of one mark or none; where ranges overlap, the one that begins first has the words. */
function piecesOf(text: string, marks: NonNullable<StepOf<'answer'>['marks']>, skipped: number): readonly Piece[] {
  const said = marks
    .flatMap(({ at }, mark) => (at ? [{ mark, from: at.from - skipped, to: at.to - skipped }] : []))
    .toSorted((a, b) => a.from - b.from);
  const pieces: Piece[] = [];
  let end = 0;
  for (const { mark, from, to } of said) {
    const begin = Math.max(from, end);
    const until = Math.min(to, text.length);
    if (until <= begin) continue;
    if (begin > end) pieces.push({ from: end, to: begin, mark: null });
    pieces.push({ from: begin, to: until, mark });
    end = until;
  }
  if (end < text.length) pieces.push({ from: end, to: text.length, mark: null });
  return pieces;
}
