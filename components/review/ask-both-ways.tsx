'use client';
/** Asks the same question many times each way, both ways with the same seeds. */
import { Dices } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { useSessionActions } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';
import { useReviewWords } from '@/lib/words/review';

/** Five are the fewest that can tell: 5 of 5 beside 1 of 5 comes up by chance once in twenty. */
const TIMES = [5, 10, 20];

interface AskBothWaysProps {
  /** With looking and without. */
  readonly runs: readonly [Trajectory, Trajectory];
}

export function AskBothWays({ runs }: AskBothWaysProps): ReactNode {
  const words = useReviewWords().whatIf.many;
  const { askTimes } = useSessionActions();
  const [times, setTimes] = useState(5);
  // Without chance all of them would be the same run.
  const temperature = runs[0].settings?.temperature || 1;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Button size="small" onClick={() => void askTimes(runs, times, { temperature })}>
        <Dices size={15} aria-hidden />
        {words.ask}
      </Button>
      <Select
        label={words.howOften}
        value={String(times)}
        options={TIMES.map((count) => ({ value: String(count), label: words.times(count) }))}
        onChange={(count) => setTimes(Number(count))}
      />
    </span>
  );
}
