'use client';
/** From the rows shown to a link or a file: what is asked first, then the dialog of any share. */
import { useState } from 'react';
import { OwnSharesSheet, ShareDialog } from '@/components/share';
import { Sheet } from '@/components/ui/sheet';
import type { SetRow } from '@/lib/formats';
import type { ShareSource } from '@/lib/share';
import { useFormatsWords } from '@/lib/words/formats';
import { HandOnForm } from './hand-on-form';

interface SharingSetProps {
  readonly name: string;
  readonly rows: readonly SetRow[];
  readonly onEnd: () => void;
}

export function SharingSet({ name, rows, onEnd }: SharingSetProps) {
  const { page } = useFormatsWords();
  const [source, setSource] = useState<ShareSource | null>(null);
  const [own, setOwn] = useState(false);
  const end = (open: boolean) => !open && onEnd();
  if (own) return <OwnSharesSheet open onOpenChange={end} />;
  if (source) {
    return <ShareDialog open onOpenChange={end} source={source} cursor={0} onOwnShares={() => setOwn(true)} />;
  }
  return (
    <Sheet open onOpenChange={end} title={page.handOn.title} place="centre">
      <HandOnForm name={name} rows={rows} onShare={setSource} />
    </Sheet>
  );
}
