'use client';
/** What differs at a moment: the words of the two steps, and on demand the looks of both on one picture. */
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { lookPairs, wordDifference, type Moment } from '@/lib/review';
import { boxesAt, mainPicture, pictureOf, wordsOf, type Trajectory } from '@/lib/trajectory';
import { useCompareWords } from '@/lib/words/compare';
import type { Pair } from './use-pair';

interface DifferencesProps {
  readonly pair: Pair;
  readonly moment: Moment;
  readonly overlay: boolean;
}

export function Differences({ pair, moment, overlay }: DifferencesProps): ReactNode {
  const words = useCompareWords();
  const [a, b] = [pair.a.run.steps[moment.a - 1], pair.b.run.steps[moment.b - 1]];
  const [inA, inB] = [a ? wordsOf(a) : '', b ? wordsOf(b) : ''];
  const pieces = useMemo(() => wordDifference(inA, inB), [inA, inB]);
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-2 border-b border-line bg-raised px-3 py-2 empty:hidden tablet:px-4">
      {inA !== inB ? (
        <p
          aria-label={words.words}
          role="note"
          dir="auto"
          className="max-h-24 min-w-60 flex-1 overflow-y-auto text-small"
        >
          {pieces.map((piece, index) =>
            piece.in === 'both' ? (
              <span key={index}>{piece.text}</span>
            ) : (
              <span
                key={index}
                data-only={piece.in}
                title={words.onlyIn[piece.in]}
                className={
                  piece.in === 'a'
                    ? 'rounded-s bg-caution-wash text-caution line-through decoration-1'
                    : 'rounded-s bg-accent-wash text-accent'
                }
              >
                <span className="sr-only">{`${words.onlyIn[piece.in]}: `}</span>
                {piece.text}
              </span>
            ),
          )}
        </p>
      ) : null}
      {overlay ? <Overlay pair={pair} moment={moment} /> : null}
    </div>
  );
}

const WIDTH = 360;
const COLORS = { a: '#e0701a', b: '#0f7a5a' } as const;

const hashOf = ({ pictures }: Trajectory, id: string): string | null => {
  const picture = pictureOf(pictures, id);
  return picture && picture.from !== 'view' ? picture.file.hash : null;
};

function Overlay({ pair: { a, b }, moment }: Pick<DifferencesProps, 'pair' | 'moment'>): ReactNode {
  const words = useCompareWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = mainPicture(a.run);
  const hash = picture?.file.hash ?? null;
  const bitmap = hash === null ? undefined : a.player.getState().pictures.get(hash);
  const height = picture ? Math.round((WIDTH * picture.height) / picture.width) : 0;
  const pairs = useMemo(
    () =>
      lookPairs(a.run, b.run, (one, other) => {
        const file = hashOf(a.run, one);
        return file !== null && file === hashOf(b.run, other);
      }),
    [a, b],
  );
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !picture) return;
    context.clearRect(0, 0, WIDTH, height);
    if (bitmap) context.drawImage(bitmap, 0, 0, WIDTH, height);
    const scale = WIDTH / picture.width;
    for (const [side, { run }, cursor] of [
      ['a', a, moment.a],
      ['b', b, moment.b],
    ] as const) {
      context.strokeStyle = COLORS[side];
      context.lineWidth = 2.5;
      context.setLineDash(side === 'a' ? [] : [6, 4]);
      for (const box of boxesAt(run, cursor)) {
        if (hashOf(run, box.picture) !== hash) continue;
        const { x1, y1, x2, y2 } = box.asked;
        context.strokeRect(x1 * scale, y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale);
      }
    }
  }, [a, b, moment, picture, bitmap, hash, height]);
  if (!picture) return null;
  return (
    <figure className="flex flex-wrap items-start gap-3">
      <canvas
        ref={canvas}
        role="img"
        aria-label={words.overlayLabel}
        width={WIDTH}
        height={height}
        className="w-full max-w-60 rounded-s border border-line"
      />
      <figcaption className="tabular text-small">
        <p className="flex items-center gap-2 text-micro text-ink-faint">
          <span aria-hidden className="w-4 border-t-2" style={{ borderColor: COLORS.a }} />
          {words.side.a}
          <span aria-hidden className="w-4 border-t-2 border-dashed" style={{ borderColor: COLORS.b }} />
          {words.side.b}
        </p>
        <ul className="mt-1">
          {pairs.map(({ number, overlap }) => (
            <li key={number}>
              {words.look(number)}{' '}
              <span className="text-ink-soft">{overlap === null ? words.noOverlap : words.overlap(overlap)}</span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
