'use client';
/** The model that somebody who wants more than the shipped one would do well to begin with on this device, as one press. */
import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { fileSize } from '@/components/ui/numbers';
import { useOnline } from '@/components/ui/use-online';
import type { Words } from '@/lib/words';
import { useModelsWords } from '@/lib/words/models';
import { listedSize } from './listed-size';
import type { CuratedModel } from './model-desk';
import { pageModelDesk } from './page-model-desk';
import { useAdvice } from './use-advice';

/** Megabits a second, as the browser measured it; in Chromium only, and not typed. */
function downlink(): number | null {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly downlink?: number } };
  return connection?.downlink ?? null;
}

/** @param onOpen opens the choice of models, where its size, license and fit stand before anything is downloaded */
export function SuggestedModel({ onOpen }: { readonly onOpen: () => void }) {
  const all = useModelsWords();
  const words = all.offer;
  const advice = useAdvice(pageModelDesk);
  const model = pageModelDesk.curated.find(({ id }) => id === advice?.suggested);
  const isOnline = useOnline();
  return (
    <div className="flex flex-col items-start gap-1">
      <Button size="small" weight="primary" onClick={onOpen} className="max-w-full touch:h-11">
        <Download size={15} aria-hidden />
        <span className="min-w-0 truncate">{model ? words.get(model.name) : words.choose}</span>
      </Button>
      {model ? (
        <p className="tabular text-micro text-ink-soft">{offerFacts(all, model, isOnline).join(' · ')}</p>
      ) : null}
    </div>
  );
}

/** How large it is, and what fetching it takes. */
function offerFacts(
  { offer: words, list }: Words['models'],
  model: CuratedModel,
  isOnline: boolean,
): readonly string[] {
  const { bytes, reckoned } = listedSize(model);
  const size = reckoned ? words.about(fileSize(bytes)) : fileSize(bytes);
  if (!isOnline) return [size, list.marks.away];
  const speed = downlink();
  return speed ? [size, words.takes((8 * bytes) / (speed * 1e6))] : [size];
}
