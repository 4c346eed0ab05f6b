'use client';
/** The model that somebody who wants more than the shipped one would do well to begin with on this device, as one press. */
import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { fileSize } from '@/components/ui/numbers';
import { useModelsWords } from '@/lib/words/models';
import { pageModelDesk } from './page-model-desk';
import { useAdvice } from './use-advice';

/** Megabits a second, as the browser measured it; in Chromium only, and not typed. */
function downlink(): number | null {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly downlink?: number } };
  return connection?.downlink ?? null;
}

/** Of a million parameters in four bits, as those that are listed have it; the exact size is told before anything is downloaded. */
const BYTES_PER_MILLION = 0.8e6;

/** @param onOpen opens the choice of models, where its size, license and fit stand before anything is downloaded */
export function SuggestedModel({ onOpen }: { readonly onOpen: () => void }) {
  const { offer: words } = useModelsWords();
  const advice = useAdvice(pageModelDesk);
  const model = pageModelDesk.curated.find(({ id }) => id === advice?.suggested);
  const speed = downlink();
  const bytes = model ? (model.size?.bytes ?? model.parameters * BYTES_PER_MILLION) : 0;
  const seconds = speed ? (8 * bytes) / (speed * 1e6) : null;
  const facts = model
    ? [model.size ? fileSize(bytes) : words.about(fileSize(bytes)), ...(seconds === null ? [] : [words.takes(seconds)])]
    : [];
  return (
    <div className="flex flex-col items-start gap-1">
      <Button size="small" weight="primary" onClick={onOpen} className="max-w-full touch:h-11">
        <Download size={15} aria-hidden />
        <span className="min-w-0 truncate">{model ? words.get(model.name) : words.choose}</span>
      </Button>
      {facts.length > 0 ? <p className="tabular text-micro text-ink-soft">{facts.join(' · ')}</p> : null}
    </div>
  );
}
