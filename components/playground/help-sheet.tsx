'use client';
/**
 * The keys, and what happens where, in short.
 */
import { KeyHelp } from '@/components/trajectory';
import { Sheet } from '@/components/ui/sheet';

interface HelpSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function HelpSheet({ open, onOpenChange }: HelpSheetProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="Keys" place="centre">
      <KeyHelp />
      <p className="mt-5 text-small text-ink-faint">
        Keys rest while you type, all but Esc. In the question field, Enter asks and Shift+Enter breaks the line. A
        picture can be dropped or pasted anywhere on the page.
      </p>
    </Sheet>
  );
}
