'use client';
/**
 * A component whose code comes when it is first shown, or before: when the page is idle, at the latest. Not `next/dynamic`: that suspends, and React holds what
 * comes after a fallback back for up to 300 ms, so that the code of a picture was there and the picture was not.
 *
 * Code that does not come, and a component that breaks, leave the rest of the page as it is (part-boundary.tsx).
 */
import { useCallback, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { whenIdle } from './idle-parts';
import { PartBoundary, PartFailed } from './part-boundary';

export interface LazyView<Props> {
  (props: Props): ReactNode;
  /** Fetches the code now. Where that fails it is fetched again when it is shown. */
  preload(): void;
}

/** What stands over the page, and can be closed. */
interface Over {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

const isOver = (props: object): props is Over => 'open' in props && 'onOpenChange' in props;

/** @param waiting stands there until the code has come; nothing by default */
export function lazyView<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): LazyView<Props> {
  let loaded: ComponentType<Props> | null = null;
  const fetched = async () => (loaded ??= await load());
  whenIdle(fetched);

  function View(props: Props): ReactNode {
    const [Shown, setShown] = useState(() => loaded);
    const [failed, setFailed] = useState(false);
    const again = useCallback(() => setFailed(false), []);
    useEffect(() => {
      if (Shown || failed) return;
      let here = true;
      fetched().then(
        (component) => here && setShown(() => component),
        () => here && setFailed(true),
      );
      return () => {
        here = false;
      };
    }, [Shown, failed]);
    const onClose = isOver(props) ? () => props.onOpenChange(false) : undefined;
    if (failed && isOver(props) && !props.open) return null;
    if (failed) return <PartFailed missing onAgain={again} onClose={onClose} />;
    if (!Shown) return waiting;
    return (
      <PartBoundary onClose={onClose}>
        <Shown {...props} />
      </PartBoundary>
    );
  }
  return Object.assign(View, { preload: () => void fetched().catch(() => undefined) });
}
