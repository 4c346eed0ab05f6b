/** The formats of one model, smallest first: how large, what they need, how they would do here. */
import { useId } from 'react';
import { classNames } from '@/components/ui/class-names';
import { fileSize } from '@/components/ui/numbers';
import { useModelsWords } from '@/lib/words/models';
import type { FormatFacts } from './model-desk';
import { Badge } from './model-list';
import { formatWords } from './words';

interface FormatChoiceProps {
  readonly formats: readonly FormatFacts[];
  readonly value: string;
  readonly onChange: (dtype: string) => void;
}

export const VERDICT_COLORS = {
  good: 'text-accent',
  tight: 'text-caution',
  no: 'text-danger',
} as const satisfies Record<FormatFacts['fit']['verdict'], string>;

export function FormatChoice({ formats, value, onChange }: FormatChoiceProps) {
  const words = useModelsWords();
  const name = useId();
  return (
    <fieldset className="mt-3">
      <legend className="text-body">{words.formats.legend}</legend>
      <div className="-mx-3 mt-1 flex flex-col">
        {formats.map(({ dtype, bytes, keptBytes, features, fit }) => (
          <label
            key={dtype}
            className={classNames(
              'flex cursor-pointer items-start gap-3 rounded-m px-3 py-2 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent',
              dtype === value && 'bg-accent-wash/60',
            )}
          >
            <input
              type="radio"
              name={name}
              value={dtype}
              checked={dtype === value}
              onChange={() => onChange(dtype)}
              className="mt-1 size-4 shrink-0 accent-(--accent) outline-none"
            />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{dtype}</span>
                <span className="text-small text-ink-faint">{formatWords(words, dtype)}</span>
                {keptBytes > 0 ? (
                  <Badge>
                    {keptBytes >= bytes ? words.formats.cached : words.formats.partCached(fileSize(keptBytes))}
                  </Badge>
                ) : null}
              </span>
              <span className="flex flex-wrap gap-x-2 text-small">
                <span className={VERDICT_COLORS[fit.verdict]}>{words.fit.verdicts[fit.verdict]}</span>
                {features.map((feature) => (
                  <span key={feature} className="whitespace-nowrap text-ink-faint">
                    {words.formats.needs(feature)}
                  </span>
                ))}
              </span>
            </span>
            <span className="mt-0.5 text-small whitespace-nowrap text-ink-soft tabular">{fileSize(bytes)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
