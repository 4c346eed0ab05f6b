'use client';
/**
 * The step player: first, back, play, on, last, the timeline, the speed. It moves the cursor and nothing else; live and
 * kept runs are the same to it, but a live one offers the way back to its end.
 */
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/button';
import { SPEEDS, usePlayer, usePlayerActions } from '@/lib/player';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { Timeline } from './timeline';

export interface PlayerBarProps {
  readonly className?: string;
}

export function PlayerBar({ className = '' }: PlayerBarProps): ReactNode {
  const count = usePlayer((state) => state.run?.steps.length ?? 0);
  const cursor = usePlayer((state) => state.cursor);
  const playing = usePlayer((state) => state.playing);
  const behind = usePlayer((state) => state.live && !state.following);
  const live = usePlayer((state) => state.live && state.following);
  const { move, step, play, pause } = usePlayerActions();
  const { player: words, keys } = useTrajectoryWords();
  const toggle = playing ? words.pause : words.play;
  return (
    <div
      role="group"
      aria-label={words.label}
      className={`flex flex-wrap items-center gap-x-3 gap-y-0.5 tablet:flex-nowrap ${className}`}
    >
      <div className="flex items-center">
        <IconButton
          label={words.first}
          title={words.withKey(words.first, 'Home')}
          icon={<ChevronFirst size={18} />}
          disabled={cursor === 0}
          onClick={() => move(0)}
        />
        <IconButton
          label={words.previous}
          title={words.withKey(words.previous, '←')}
          icon={<ChevronLeft size={18} />}
          disabled={cursor === 0}
          onClick={() => step(-1)}
        />
        <IconButton
          label={toggle}
          title={words.withKey(toggle, keys.space)}
          icon={
            playing ? (
              <Pause size={18} fill="currentColor" strokeWidth={0} />
            ) : (
              <Play size={18} fill="currentColor" strokeWidth={0} />
            )
          }
          disabled={count === 0}
          onClick={playing ? pause : play}
        />
        <IconButton
          label={words.next}
          title={words.withKey(words.next, '→')}
          icon={<ChevronRight size={18} />}
          disabled={cursor >= count}
          onClick={() => step(1)}
        />
        <IconButton
          label={words.last}
          title={words.withKey(words.last, 'End')}
          icon={<ChevronLast size={18} />}
          disabled={cursor >= count}
          onClick={() => move(count)}
        />
      </div>
      <Timeline className="order-last min-w-0 flex-1 basis-full tablet:order-none tablet:basis-0" />
      <div className="ml-auto flex items-center gap-1">
        <LiveMark live={live} behind={behind} onReturn={() => move(count)} />
        <output aria-label={words.step} className="tabular px-1 text-small whitespace-nowrap text-ink-soft">
          {words.at(cursor, count)}
        </output>
        <Speed />
      </div>
    </div>
  );
}

interface LiveMarkProps {
  readonly live: boolean;
  readonly behind: boolean;
  readonly onReturn: () => void;
}

function LiveMark({ live, behind, onReturn }: LiveMarkProps): ReactNode {
  const { player: words } = useTrajectoryWords();
  if (behind) {
    return (
      <button
        type="button"
        onClick={onReturn}
        className="rounded-full border border-line-strong px-2.5 py-0.5 text-micro font-medium text-ink-soft hover:bg-hover hover:text-ink"
      >
        {words.toLive}
      </button>
    );
  }
  if (!live) return null;
  return (
    <span className="flex items-center gap-1.5 px-1 text-micro font-medium text-accent">
      <span aria-hidden className="loupe-live size-1.5 rounded-full bg-accent" />
      {words.live}
    </span>
  );
}

function Speed(): ReactNode {
  const speed = usePlayer((state) => state.speed);
  const { setSpeed } = usePlayerActions();
  const { speed: label } = useTrajectoryWords().player;
  return (
    <select
      aria-label={label}
      title={label}
      value={speed}
      onChange={(event) => setSpeed(Number(event.currentTarget.value))}
      className="tabular h-8 cursor-pointer appearance-none rounded-m bg-transparent px-2 text-small text-ink-soft hover:bg-hover hover:text-ink"
    >
      {SPEEDS.map((value) => (
        <option key={value} value={value} className="bg-raised text-ink">
          {value}×
        </option>
      ))}
    </select>
  );
}
