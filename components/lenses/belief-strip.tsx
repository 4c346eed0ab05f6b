'use client';
/** The same curve under the timeline, small: as wide as the steps are there, and it moves with the cursor. */
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { usePlayer } from '@/lib/player';
import { beliefAt, beliefSchema, readLens, type Belief } from '@/lib/review/lenses';
import { useLensesWords } from '@/lib/words/lenses';
import { BELIEF } from './belief-lens';
import { beliefScale } from './belief-scale';

export function BeliefStrip(): ReactNode {
  const run = usePlayer((state) => state.run);
  const belief = useMemo(() => run && readLens(run, BELIEF, beliefSchema), [run]);
  const place = useTimeline(belief !== null);
  return belief && place ? createPortal(<Strip belief={belief} timeline={place} />, place) : null;
}

/** Where the player draws the steps of the run on screen. */
function useTimeline(isWanted: boolean): HTMLElement | null {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    const frame = requestAnimationFrame(() => setPlace(document.querySelector<HTMLElement>('[data-timeline]')));
    return () => cancelAnimationFrame(frame);
  }, [isWanted]);
  return place;
}

const HEIGHT = 26;

function Strip({ belief, timeline }: { readonly belief: Belief; readonly timeline: HTMLElement }) {
  const { belief: words } = useLensesWords();
  const cursor = usePlayer((state) => state.cursor);
  const { width, ends } = useEnds(timeline);
  const scale = useMemo(() => beliefScale(belief), [belief]);
  const now = beliefAt(belief, cursor);
  const x = (at: number) => (at <= 0 ? 0 : (ends[at - 1] ?? ends.at(-1) ?? width));
  const y = (logprob: number) => 3 + scale.down(logprob) * (HEIGHT - 6);
  if (width === 0) return null;
  const line = belief.points.map((point) => `${x(point.cursor).toFixed(1)},${y(point.logprob).toFixed(1)}`);
  return (
    <svg
      role="img"
      aria-label={`${words.strip(belief.answer)}${now ? `: ${words.point(words.moments[now.moment], now.logprob)}` : ''}`}
      data-belief={now?.logprob.toFixed(3)}
      width={width}
      height={HEIGHT}
      className="pointer-events-none block overflow-visible"
    >
      <title>{words.strip(belief.answer)}</title>
      <polyline points={line.join(' ')} fill="none" stroke="var(--accent)" strokeWidth={1.75} strokeLinejoin="round" />
      {belief.points.map((point, at) => (
        <circle key={at} cx={x(point.cursor)} cy={y(point.logprob)} r={2.25} fill="var(--accent)" />
      ))}
      <line x1={x(cursor)} x2={x(cursor)} y1={0} y2={HEIGHT} stroke="var(--ink-soft)" />
      {now ? <circle cx={x(cursor)} cy={y(now.logprob)} r={3.5} fill="var(--ink)" /> : null}
    </svg>
  );
}

/** Where each step ends on the strip of the player, in pixels; of a segment of several steps, shared among them. */
function useEnds(timeline: HTMLElement): { readonly width: number; readonly ends: readonly number[] } {
  const [found, setFound] = useState<{ readonly width: number; readonly ends: readonly number[] }>({
    width: 0,
    ends: [],
  });
  const steps = usePlayer((state) => state.run?.steps.length ?? 0);
  useEffect(() => {
    const read = () => {
      const segments = [...timeline.querySelectorAll<HTMLElement>('[data-segment]')];
      const frame = timeline.getBoundingClientRect();
      const ends: number[] = [];
      segments.forEach((segment, at) => {
        const first = Number(segment.dataset.segment);
        const next = Number(segments[at + 1]?.dataset.segment ?? steps);
        const { left, width } = segment.getBoundingClientRect();
        for (let step = first; step < next; step += 1)
          ends.push(left - frame.left + (width * (step - first + 1)) / (next - first));
      });
      setFound({ width: frame.width, ends });
    };
    const watch = new ResizeObserver(read);
    watch.observe(timeline);
    return () => watch.disconnect();
  }, [timeline, steps]);
  return found;
}
