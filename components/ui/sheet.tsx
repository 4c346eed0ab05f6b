/**
 * Two things that open over the page: a `side` sheet at its edge (a full screen on phones) and a `centre` dialog. Both trap
 * focus, close with Escape and give the focus back (Base UI's dialog does that).
 */
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCommonWords } from '@/lib/words/common';
import { IconButton } from './button';
import { classNames } from './class-names';
import { isComposing } from './composing';
import { useKeptFocus } from './keep-focus';

const PLACES = {
  side: 'inset-y-0 right-0 w-full max-w-[27rem] min-[27rem]:border-l data-ending-style:translate-x-6 data-starting-style:translate-x-6',
  centre:
    'top-1/2 left-1/2 max-h-[88dvh] w-[calc(100%-2rem)] max-w-[34rem] -translate-x-1/2 -translate-y-1/2 rounded-l border data-ending-style:scale-[0.98] data-starting-style:scale-[0.98]',
} as const;

interface SheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly place?: keyof typeof PLACES;
  /** There is nothing in it to press: it is scrolled by keyboard itself. */
  readonly textOnly?: boolean;
  /** Stands at the bottom, out of the scrolled part. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

export function Sheet({ open, onOpenChange, title, place = 'side', textOnly = false, footer, children }: SheetProps) {
  const { close } = useCommonWords();
  const dialog = useKeptFocus();
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next, { event }) => {
        // Escape takes back what an input method was writing; the dialog stays.
        if (!(event instanceof KeyboardEvent && isComposing(event))) onOpenChange(next);
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity duration-(--calm) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          ref={dialog}
          className={classNames(
            'fixed z-50 flex flex-col border-line bg-surface text-ink shadow-3 transition-[opacity,translate,scale] duration-(--calm) ease-calm outline-none data-ending-style:opacity-0 data-starting-style:opacity-0',
            PLACES[place],
          )}
        >
          <header className="flex items-center justify-between gap-4 py-3 pr-3 pl-6">
            <Dialog.Title className="font-serif text-title font-medium tracking-tight">{title}</Dialog.Title>
            <Dialog.Close render={<IconButton label={close} icon={<X size={18} aria-hidden />} />} />
          </header>
          <div
            {...(textOnly && { tabIndex: 0, role: 'group', 'aria-label': title })}
            className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-6 pb-6"
          >
            {children}
          </div>
          {footer ? <footer className="border-t border-line px-6 py-3">{footer}</footer> : null}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
