/**
 * Tab stays in a dialog, also where the browser would rather go elsewhere: Safari passes over buttons and what only stands guard, and
 * begins at the page when what had the focus is gone.
 */
import { useEffect, useState } from 'react';

const TABBABLE =
  'a[href], button:enabled, input:enabled:not([type="hidden"]), select:enabled, textarea:enabled, summary, [tabindex="0"]';

function tabbableIn(dialog: HTMLElement): readonly HTMLElement[] {
  return [...dialog.querySelectorAll<HTMLElement>(TABBABLE)].filter(
    (one) => one.tabIndex >= 0 && one.getClientRects().length > 0 && one.closest('[inert]') === null,
  );
}

/** @returns the ref of the dialog */
export function useKeptFocus(): (dialog: HTMLElement | null) => void {
  const [dialog, setDialog] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!dialog) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Tab' || event.defaultPrevented) return;
      const focused = document.activeElement;
      const inside = dialog.contains(focused);
      // What opens over the dialog has its own order.
      if (!inside && focused?.closest('[data-base-ui-portal]') && !focused.hasAttribute('data-base-ui-focus-guard'))
        return;
      const all = tabbableIn(dialog);
      const [end, start] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
      if (inside && focused !== end && focused !== dialog) return;
      if (focused === dialog && !event.shiftKey) return;
      event.preventDefault();
      (start ?? dialog).focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [dialog]);
  return setDialog;
}
