'use client';
/**
 * The run as a strip: one segment a step, as wide as it took, coloured by turn and type. A slider for pointer and
 * keyboard; its value is the cursor.
 */
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { usePlayer, usePlayerActions, useViewActions } from '@/lib/player';
import { timeline, type TimelineEntry, type Trajectory } from '@/lib/trajectory';
import type { Words } from '@/lib/words';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { formatDuration } from './format';
import { stepFacts } from './step-facts';
import { stripLayout } from './strip-layout';
import { stripSegments, type StripSegment } from './strip-segments';
import { turnStyle } from '@/components/ui/turn-color';

export function Timeline({ className = '' }: { readonly className?: string }): ReactNode {
  const trajectory = usePlayer((state) => state.run);
  if (!trajectory || trajectory.steps.length === 0) return <div aria-hidden className={`h-9 ${className}`} />;
  return <Track trajectory={trajectory} className={className} />;
}

function Track({ trajectory, className }: { readonly trajectory: Trajectory; readonly className: string }): ReactNode {
  const cursor = usePlayer((state) => state.cursor);
  const { move } = usePlayerActions();
  const words = useTrajectoryWords();
  const { hover } = useViewActions();
  const track = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<{ readonly index: number; readonly at: number } | null>(null);
  const entries = useMemo(() => timeline(trajectory), [trajectory]);
  const facts = useMemo(() => stepFacts(trajectory, words.steps), [trajectory, words]);

  const count = entries.length;
  const segments = useMemo(() => stripSegments(entries), [entries]);
  const { least, gap } = stripLayout(segments.length);
  /** The step there: within a segment of several by how far along it is. */
  const segmentAt = (x: number): number => {
    const places = [...(track.current?.children ?? [])].map((segment) => segment.getBoundingClientRect());
    const over = places.findIndex(({ right }) => x < right);
    const [segment, place] = [segments[over], places[over]];
    if (!segment || !place) return count - 1;
    const along = Math.max(0, (x - place.left) / Math.max(1, place.width));
    return Math.min(segment.end - 1, segment.first + Math.floor(along * (segment.end - segment.first)));
  };
  const scrub = (event: PointerEvent) => move(segmentAt(event.clientX) + 1);
  const point = (index: number | null) => {
    const strip = track.current?.getBoundingClientRect();
    const child = segments.findIndex(({ end }) => index !== null && index < end);
    const segment = index === null ? undefined : track.current?.children[child]?.getBoundingClientRect();
    const at = strip && segment ? (segment.left + segment.width / 2 - strip.left) / strip.width : 0;
    setPointed(index === null ? null : { index, at });
    hover(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = keyTarget(event.key, cursor, count);
    if (target === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(target);
  };

  const current = entries[cursor - 1];
  const tip = pointed ? entries[pointed.index] : undefined;
  return (
    <div data-timeline className={`relative ${className}`}>
      {tip && pointed ? <Tip entry={tip} title={facts[pointed.index]?.title ?? ''} at={pointed.at} /> : null}
      <div
        ref={track}
        role="slider"
        tabIndex={0}
        aria-label={words.player.step}
        aria-valuemin={0}
        aria-valuemax={count}
        aria-valuenow={cursor}
        aria-valuetext={
          current
            ? words.player.atStep(
                cursor,
                count,
                words.picture.named(...[facts[cursor - 1]?.title ?? '', costWords(words, current)].filter(Boolean)),
              )
            : words.player.beforeFirst(count)
        }
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          scrub(event);
        }}
        onPointerMove={(event) => {
          point(segmentAt(event.clientX));
          if (event.currentTarget.hasPointerCapture(event.pointerId)) scrub(event);
        }}
        onPointerLeave={() => point(null)}
        className="flex h-9 w-full cursor-pointer touch-none items-center rounded-s"
        style={{ columnGap: gap }}
      >
        {segments.map((segment) => (
          <Segment
            key={segment.first}
            segment={segment}
            refused={facts[segment.first]?.refused ?? false}
            least={least}
            shown={segment.first < cursor}
            current={segment.first < cursor && cursor <= segment.end}
          />
        ))}
      </div>
    </div>
  );
}

function keyTarget(key: string, cursor: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return cursor - 1;
    case 'ArrowRight':
    case 'ArrowUp':
      return cursor + 1;
    case 'PageDown':
      return cursor - 3;
    case 'PageUp':
      return cursor + 3;
    case 'Home':
      return 0;
    case 'End':
      return count;
    default:
      return null;
  }
}

const LOOK = {
  think: 'bg-(--turn) opacity-55',
  call: 'bg-(--turn)',
  result: 'bg-(--turn) opacity-70',
  said: 'bg-ink-soft',
  other: 'bg-line-strong',
  answer: 'bg-accent',
} as const satisfies Record<TimelineEntry['type'], string>;

interface SegmentProps {
  readonly segment: StripSegment;
  readonly refused: boolean;
  /** Its least width, in CSS. */
  readonly least: string;
  readonly shown: boolean;
  readonly current: boolean;
}

function Segment({ segment, refused, least, shown, current }: SegmentProps): ReactNode {
  const { entry, weight } = segment;
  return (
    <span
      aria-hidden
      data-segment={entry.stepIndex}
      className="flex h-full items-center"
      style={{ ...turnStyle(entry.turn), flex: `${weight} 1 0`, minWidth: least }}
    >
      <span
        className={`block w-full rounded-[2px] transition-[height] duration-(--quick) ${current ? 'h-4' : 'h-2'} ${
          !shown ? 'bg-line-strong opacity-40' : refused ? 'bg-caution' : LOOK[entry.type]
        }`}
      />
    </span>
  );
}

function costWords(words: Words['trajectory'], entry: TimelineEntry): string {
  const time = entry.start === null || entry.end === null ? null : formatDuration(entry.end - entry.start);
  return words.picture.named(...[time ?? '', entry.tokens > 0 ? words.tokens(entry.tokens) : ''].filter(Boolean));
}

function Tip({ entry, title, at }: { readonly entry: TimelineEntry; readonly title: string; readonly at: number }) {
  const words = useTrajectoryWords();
  return (
    <div
      role="tooltip"
      className="pointer-events-none absolute bottom-full z-20 mb-1 rounded-s border border-line bg-raised px-2 py-1 text-micro whitespace-nowrap text-ink shadow-2"
      style={{ left: `${at * 100}%`, transform: `translateX(-${at * 100}%)` }}
    >
      <span className="font-medium">
        {entry.stepIndex + 1}. <bdi>{title}</bdi>
      </span>{' '}
      <span className="tabular text-ink-soft">{costWords(words, entry)}</span>
    </div>
  );
}
