'use client';
/**
 * The words of a run with bars under them, one row of bars a source: a figure for lenses that have a number for each token. Pointing at a word,
 * or walking there by arrow keys, tells its numbers below.
 */
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Trajectory } from '@/lib/trajectory';
import { useLensesWords } from '@/lib/words/lenses';
import { turnStyle } from '@/components/ui/turn-color';
import { flowSteps, placeTokens, type FlowToken } from './token-flow';

export interface Bar {
  /** A CSS colour. */
  readonly color: string;
  /** 0 is not there, 1 is full. */
  readonly strength: number;
}

export interface FlowFigureProps {
  readonly run: Trajectory;
  readonly label: string;
  /** What the colors mean: stands in the figure, so that it is in its file too. */
  readonly legend: readonly { readonly name: string; readonly color: string }[];
  /** Bars under a token, one a row; null where the token has no numbers. */
  readonly barsOf: (step: number, token: number) => readonly Bar[] | null;
  /** What is told of a token, a line each. */
  readonly tellOf: (at: FlowToken) => readonly string[];
  /** Stands at the right of a step's head: sums, in the colours of the rows. */
  readonly sumsOf: (step: number) => readonly { readonly text: string; readonly color: string }[];
}

const WIDTH = 440;
const FONT = 13;
const LEGEND = 26;
const HEAD = 17;
const BAR = 4;
const BETWEEN = 2;

export function FlowFigure({ run, label, legend, barsOf, tellOf, sumsOf }: FlowFigureProps): ReactNode {
  const words = useLensesWords();
  const [at, setAt] = useState<FlowToken | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const layout = useMemo(() => layOut(run, barsOf), [run, barsOf]);
  const flat = layout.blocks.flatMap(({ placed }) => placed);
  const isAt = (one: FlowToken) => one.step === at?.step && one.token === at.token;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || flat.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const now = flat.findIndex(isAt);
    const next = flat[Math.min(flat.length - 1, Math.max(0, now + by))];
    if (next) setAt(next);
  };
  return (
    <>
      <svg
        ref={svg}
        role="img"
        aria-label={label}
        tabIndex={0}
        viewBox={`0 0 ${WIDTH} ${layout.height}`}
        className="w-full rounded-s font-sans select-none"
        onKeyDown={onKeyDown}
        onPointerLeave={() => setAt(null)}
      >
        {legend.map(({ name, color }, index) => (
          <g key={name} transform={`translate(${(index * WIDTH) / legend.length} 0)`}>
            <rect y={5} width={16} height={BAR} rx={2} fill={color} />
            <text x={22} y={11} fontSize={12} fill={color}>
              {name}
            </text>
          </g>
        ))}
        {layout.blocks.map(({ step, turn, type, top, placed }) => (
          <g key={step} style={turnStyle(turn)}>
            <circle cx={4} cy={top + 7} r={4} fill="var(--turn)" />
            <text x={13} y={top + 11} fontSize={11} fill="var(--ink-faint)">
              {words.turn(turn, words.steps[type])}
            </text>
            <text x={WIDTH} y={top + 11} fontSize={11} textAnchor="end">
              {sumsOf(step).map(({ text, color }, index) => (
                <tspan key={color} dx={index === 0 ? 0 : 8} fill={color} fontWeight={600}>
                  {text}
                </tspan>
              ))}
            </text>
            {placed.map((one) => {
              const y = top + HEAD + one.line * layout.lineHeight;
              return (
                <g key={one.token} onPointerEnter={() => setAt(one)} onPointerDown={() => setAt(one)}>
                  <rect
                    x={one.x - 1}
                    y={y - 1}
                    width={one.width + 2}
                    height={layout.lineHeight - 3}
                    rx={3}
                    fill={isAt(one) ? 'var(--hover)' : 'transparent'}
                  />
                  {/* As wide as it was measured, whatever letters a saved figure is drawn with. */}
                  <text
                    x={one.x}
                    y={y + FONT - 1}
                    fontSize={FONT}
                    textLength={one.width}
                    lengthAdjust="spacingAndGlyphs"
                    fill="var(--ink)"
                  >
                    {one.text}
                  </text>
                  {(barsOf(one.step, one.token) ?? []).map(({ color, strength }, row) => {
                    const place = {
                      x: one.x,
                      y: y + FONT + 3 + row * (BAR + BETWEEN),
                      width: one.width,
                      height: BAR,
                      rx: 1.5,
                    };
                    return (
                      <g key={row}>
                        <rect {...place} fill="var(--line)" opacity={0.45} />
                        <rect {...place} fill={color} opacity={Math.min(1, Math.max(0, strength))} />
                      </g>
                    );
                  })}
                </g>
              );
            })}
          </g>
        ))}
      </svg>
      <p role="status" className="tabular mt-1.5 min-h-8 text-micro text-ink-soft">
        {at ? tellOf(at).join(' · ') : words.pointAt}
      </p>
    </>
  );
}

function layOut(run: Trajectory, barsOf: FlowFigureProps['barsOf']) {
  const pen = document.createElement('canvas').getContext('2d');
  if (pen) pen.font = `${FONT}px ${getComputedStyle(document.body).fontFamily}`;
  const widthOf = (text: string) => pen?.measureText(text).width ?? text.length * FONT * 0.55;
  let rows = 0;
  const steps = flowSteps(run, (step, token) => {
    const bars = barsOf(step, token);
    rows = Math.max(rows, bars?.length ?? 0);
    return bars !== null;
  });
  const lineHeight = FONT + 9 + rows * (BAR + BETWEEN);
  let top = LEGEND;
  const blocks = steps.map(({ tokens, ...step }) => {
    const { placed, lines } = placeTokens(tokens, { width: WIDTH, space: 4, widthOf });
    const block = { ...step, placed, top };
    top += HEAD + lines * lineHeight + 6;
    return block;
  });
  return { blocks, height: Math.max(1, top), lineHeight };
}
