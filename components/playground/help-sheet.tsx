'use client';
/**
 * The words of the page, the keys, and what happens where, in short.
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
    <Sheet open={open} onOpenChange={onOpenChange} title={words.title} place="centre" textOnly>
      <Glossary />
      <h3 className="mt-6 mb-1 font-serif text-lead font-medium">{words.keys}</h3>
      <KeyHelp />
      <p className="mt-5 text-small text-ink-faint">{words.about}</p>
    </Sheet>
  );
}

function Glossary() {
  const { heading, terms } = useSettingsWords().glossary;
  return (
    <>
      <h3 className="mb-1 font-serif text-lead font-medium">{heading}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-small">
        {Object.entries(terms).map(([key, { name, meaning }]) => (
          <div key={key} className="contents">
            <dt className="font-medium">{name}</dt>
            <dd className="text-ink-soft">{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
