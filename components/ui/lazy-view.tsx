'use client';
/**
 * A component whose code comes when it is first shown, or before. Not `next/dynamic`: that suspends, and React holds what
 * comes after a fallback back for up to 300 ms, so that the code of a picture was there and the picture was not.
 */
import { useEffect, useState, type ComponentType, type ReactNode } from 'react';

export interface LazyView<Props> {
  (props: Props): ReactNode;
  /** Fetches the code now. Where that fails it is fetched again when it is shown. */
  preload(): void;
}

/** @param waiting stands there until the code has come; nothing by default. Code that does not come is thrown, for an error page. */
export function lazyView<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): LazyView<Props> {
  let loaded: ComponentType<Props> | null = null;
  const fetched = async () => (loaded = await load());

  function View(props: Props): ReactNode {
    const [Shown, setShown] = useState(() => loaded);
    const [failed, setFailed] = useState<{ readonly cause: unknown } | null>(null);
    useEffect(() => {
      if (Shown) return;
      let here = true;
      fetched().then(
        (component) => here && setShown(() => component),
        (cause: unknown) => here && setFailed({ cause }),
      );
      return () => {
        here = false;
      };
    }, [Shown]);
    if (failed) throw failed.cause;
    return Shown ? <Shown {...props} /> : waiting;
  }
  return Object.assign(View, { preload: () => void fetched().catch(() => undefined) });
}
