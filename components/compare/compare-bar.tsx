'use client';
/** One cursor for both runs, where they part, and what is linked. The keys are the player's. */
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, Link2, Percent, Split, SquareStack } from 'lucide-react';
import { useEffect, type CSSProperties, type ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { isKeyTaken } from '@/components/ui/key-taken';
import { useCompareWords } from '@/lib/words/compare';
import type { LinkedCursor, Pair } from './use-pair';

interface CompareBarProps {
  readonly pair: Pair;
  readonly cursor: LinkedCursor;
  readonly linked: boolean;
  readonly overlay: boolean;
  readonly tools?: ReactNode;
  readonly onLinked: (linked: boolean) => void;
  readonly onOverlay: (overlay: boolean) => void;
}

const PRESSED = 'aria-pressed:bg-accent-wash aria-pressed:text-accent';

export function CompareBar({ pair, cursor, linked, overlay, tools, onLinked, onOverlay }: CompareBarProps): ReactNode {
  const words = useCompareWords();
  const { at, go, moments, divergence } = cursor;
  const last = moments.length - 1;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const to = { ArrowRight: at + 1, j: at + 1, ArrowLeft: at - 1, k: at - 1, Home: 0, End: last }[event.key];
      if (to === undefined || event.shiftKey || isKeyTaken(event)) return;
      event.preventDefault();
      go(to);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [at, last, go]);
  // A typed property of the slider's own track; React knows no custom properties in CSSProperties.
  const fill = { '--fill': `${(100 * at) / Math.max(1, last)}%` } as CSSProperties;
  const shade = () => {
    const players = [pair.a.player, pair.b.player];
    const on = !players.every(({ view }) => view.getState().probabilities);
    for (const { view } of players) if (view.getState().probabilities !== on) view.actions.toggleProbabilities();
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 py-1.5 tablet:px-4">
      <div role="group" aria-label={words.player} className="flex items-center">
        <IconButton
          label={words.first}
          title={words.withKey(words.first, 'Home')}
          icon={<ChevronFirst size={18} aria-hidden />}
          disabled={at === 0}
          onClick={() => go(0)}
        />
        <IconButton
          label={words.previous}
          title={words.withKey(words.previous, '←')}
          icon={<ChevronLeft size={18} aria-hidden />}
          disabled={at === 0}
          onClick={() => go(at - 1)}
        />
        <IconButton
          label={words.next}
          title={words.withKey(words.next, '→')}
          icon={<ChevronRight size={18} aria-hidden />}
          disabled={at === last}
          onClick={() => go(at + 1)}
        />
        <IconButton
          label={words.last}
          title={words.withKey(words.last, 'End')}
          icon={<ChevronLast size={18} aria-hidden />}
          disabled={at === last}
          onClick={() => go(last)}
        />
      </div>
      <div className="relative min-w-24 flex-1">
        <input
          type="range"
          aria-label={words.position}
          min={0}
          max={last}
          value={at}
          onChange={(event) => go(Number(event.target.value))}
          style={fill}
          className="range w-full"
        />
        {divergence === null ? null : (
          <span
            aria-hidden
            className="pointer-events-none absolute top-1/2 h-3 w-0.5 -translate-y-1/2 bg-caution"
            style={{ left: `${(100 * divergence) / Math.max(1, last)}%` }}
          />
        )}
      </div>
      <output aria-label={words.position} className="tabular text-small text-ink-soft">
        {words.at(at, last)}
      </output>
      {divergence === null ? (
        <span className="text-small text-ink-soft">{words.same}</span>
      ) : (
        <Button
          size="small"
          weight="quiet"
          onClick={() => go(divergence)}
          aria-current={at === divergence || undefined}
        >
          <Split size={15} aria-hidden className="text-caution" />
          {at === divergence ? words.divergence : words.toDivergence}
        </Button>
      )}
      <div className="ml-auto flex items-center">
        <IconButton label={words.probabilities} icon={<Percent size={16} aria-hidden />} onClick={shade} />
        <IconButton
          label={words.linked}
          title={words.linkedHint}
          aria-pressed={linked}
          icon={<Link2 size={16} aria-hidden />}
          className={PRESSED}
          onClick={() => onLinked(!linked)}
        />
        <IconButton
          label={words.overlay}
          aria-pressed={overlay}
          icon={<SquareStack size={16} aria-hidden />}
          className={PRESSED}
          onClick={() => onOverlay(!overlay)}
        />
        {tools}
      </div>
    </div>
  );
}
