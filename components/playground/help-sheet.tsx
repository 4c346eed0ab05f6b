'use client';
/**
 * The keys, and what happens where, in short.
 */
import { KeyHelp } from '@/components/trajectory';
import { Sheet } from '@/components/ui/sheet';
import { useSettingsWords } from '@/lib/words/settings';

interface HelpSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function HelpSheet({ open, onOpenChange }: HelpSheetProps) {
  const words = useSettingsWords().keys;
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={words.title} place="centre">
      <KeyHelp />
      <p className="mt-5 text-small text-ink-faint">{words.about}</p>
    </Sheet>
  );
}
