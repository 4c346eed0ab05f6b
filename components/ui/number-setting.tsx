/**
 * A number with a name, a slider and a field that say the same. The slider is the browser's own, so keys, touch and screen
 * readers work as everywhere; the field takes exact values and is committed on blur or Enter.
 */
import { useCommonWords } from '@/lib/words/common';
import { isComposing } from './composing';
import { useId, useState, type CSSProperties, type KeyboardEvent } from 'react';

interface NumberSettingProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Without a slider: for numbers whose size means nothing, such as a seed. */
  readonly exact?: boolean;
  readonly onChange: (value: number) => void;
}

export function NumberSetting({ label, hint, value, min, max, step, exact, onChange }: NumberSettingProps) {
  const { sliderOf } = useCommonWords();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const given = draft === null ? Number.NaN : Number(draft);
    if (draft?.trim() && Number.isFinite(given)) onChange(Math.min(max, Math.max(min, given)));
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !isComposing(event)) commit();
  };
  // A typed property of the slider's own track; React knows no custom properties in CSSProperties.
  const fill = { '--fill': `${((value - min) / (max - min)) * 100}%` } as CSSProperties;
  return (
    <div className="py-3">
      <div className="flex items-center justify-between gap-4">
        <label htmlFor={id} className="text-body">
          {label}
        </label>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={draft ?? String(value)}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className={`${exact ? 'w-32' : 'w-20'} h-8 rounded-s border border-line-strong bg-surface px-2 text-right text-small tabular`}
        />
      </div>
      {exact ? null : (
        <input
          type="range"
          aria-label={sliderOf(label)}
          min={min}
          max={max}
          step={step}
          value={value}
          onChange={(event) => onChange(Number(event.target.value))}
          style={fill}
          className="range mt-2 w-full"
        />
      )}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-small text-ink-faint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
