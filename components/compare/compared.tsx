'use client';
/** Two opened runs side by side on one cursor; on a phone one beside the other, a swipe apart. */
import { useMemo, useState, type ReactNode } from 'react';
import { CameraLinkContext, createCameraLink } from '@/components/canvas';
import { CompareBar } from './compare-bar';
import { Differences } from './differences';
import { Side } from './side';
import { useLinkedCursor, type Pair } from './use-pair';

interface ComparedProps {
  readonly pair: Pair;
  /** They are among the kept runs, and can be opened there. */
  readonly kept: boolean;
  /** What can be done with both. */
  readonly tools?: ReactNode;
  /** What each is called; left out: left and right. */
  readonly names?: Readonly<Record<'a' | 'b', string>>;
  /** Above the steps of each. */
  readonly heads?: Readonly<Record<'a' | 'b', ReactNode>>;
}

export function Compared({ pair, kept, tools, names, heads }: ComparedProps): ReactNode {
  const cursor = useLinkedCursor(pair);
  const [linked, setLinked] = useState(true);
  const [overlay, setOverlay] = useState(false);
  const link = useMemo(() => createCameraLink(), []);
  const moment = cursor.moments[cursor.at];
  return (
    <CameraLinkContext value={linked ? link : null}>
      <CompareBar {...{ pair, cursor, linked, overlay, tools }} onLinked={setLinked} onOverlay={setOverlay} />
      {moment ? <Differences {...{ pair, moment, overlay }} /> : null}
      <div className="flex min-h-0 flex-1 snap-x snap-mandatory overflow-x-auto overscroll-x-contain tablet:overflow-x-hidden">
        <Side side="a" opened={pair.a} kept={kept} name={names?.a} head={heads?.a} />
        <Side side="b" opened={pair.b} kept={kept} name={names?.b} head={heads?.b} />
      </div>
    </CameraLinkContext>
  );
}
