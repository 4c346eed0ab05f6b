/** Dead links and distractors: what makes the collection a simulated environment. */
import { useState } from 'react';
import { NumberSetting } from '@/components/ui/number-setting';
import { pageStorage } from '@/lib/library';
import { keepFaults, readFaults, type Faults } from '@/lib/search';
import { useSearchWords } from '@/lib/words/search';

export function FaultsForm() {
  const words = useSearchWords().faults;
  const [faults, setFaults] = useState(() => readFaults(pageStorage()));
  const change = (some: Partial<Faults>) => {
    const next = { ...faults, ...some };
    setFaults(next);
    keepFaults(pageStorage(), next);
  };
  return (
    <details className="rounded-m border border-line px-4 py-3">
      <summary className="cursor-pointer font-medium">{words.heading}</summary>
      <p className="mt-2 text-small text-ink-soft">{words.about}</p>
      <NumberSetting
        label={words.deadLinks}
        hint={words.deadLinksHint}
        value={Math.round(faults.deadLinks * 100)}
        min={0}
        max={100}
        step={5}
        onChange={(percent) => change({ deadLinks: percent / 100 })}
      />
      <NumberSetting
        label={words.distractors}
        hint={words.distractorsHint}
        value={faults.distractors}
        min={0}
        max={4}
        step={1}
        onChange={(distractors) => change({ distractors })}
      />
      <NumberSetting
        label={words.seed}
        hint={words.seedHint}
        value={faults.seed}
        min={0}
        max={4294967295}
        step={1}
        exact
        onChange={(seed) => change({ seed })}
      />
    </details>
  );
}
