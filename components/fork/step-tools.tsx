'use client';
/** What a person can change at the step that is shown: its box, its words, what comes after it. */
import { Code, Crop, PenLine, ScanSearch, SlidersHorizontal } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { usePlayer, useViewActions } from '@/lib/player';
import { codeOf, rootPlace, wordsOf } from '@/lib/trajectory';
import { useForkWords } from '@/lib/words/fork';
import { EditCode } from './edit-code';
import { EditWords } from './edit-words';
import { OtherSettings } from './other-settings';
import { useCanChange } from './use-can-change';

const ICON = { size: 14, 'aria-hidden': true } as const;

export function StepTools({ step: index }: { readonly step: number }): ReactNode {
  const words = useForkWords().step;
  const run = usePlayer((state) => state.run);
  const can = useCanChange();
  const { beginDraft } = useViewActions();
  const [open, setOpen] = useState<'words' | 'code' | 'settings' | null>(null);
  const step = run?.steps[index];
  if (!can || !run || !step || step.type === 'other' || step.type === 'said') return null;
  const place = step.type === 'call' && step.place ? rootPlace(run.pictures, step.place) : null;
  const close = () => setOpen(null);
  const code = codeOf(step);
  if (open === 'code' && code !== null) return <EditCode key={index} step={index} code={code} onClose={close} />;
  if (open === 'words') return <EditWords key={index} step={index} text={wordsOf(step)} onClose={close} />;
  if (open === 'settings') return <OtherSettings key={index} step={index} run={run} onClose={close} />;
  const isAnswer = step.type === 'answer';
  return (
    <div role="group" aria-label={words.label} className="-ml-2 mt-1 flex flex-wrap items-center gap-x-0.5">
      {place ? (
        <Button
          size="small"
          weight="quiet"
          onClick={() => beginDraft({ purpose: 'move', step: index, box: place.box })}
        >
          <Crop {...ICON} />
          {words.move}
        </Button>
      ) : (
        <Button size="small" weight="quiet" onClick={() => beginDraft({ purpose: 'look', step: index, box: null })}>
          <ScanSearch {...ICON} />
          {isAnswer ? words.lookAgain : words.look}
        </Button>
      )}
      {code === null ? null : (
        <Button size="small" weight="quiet" onClick={() => setOpen('code')}>
          <Code {...ICON} />
          {words.editCode}
        </Button>
      )}
      {step.type === 'result' || code !== null ? null : (
        <Button size="small" weight="quiet" onClick={() => setOpen('words')}>
          <PenLine {...ICON} />
          {words.edit}
        </Button>
      )}
      <Button size="small" weight="quiet" onClick={() => setOpen('settings')}>
        <SlidersHorizontal {...ICON} />
        {words.settings}
      </Button>
    </div>
  );
}
