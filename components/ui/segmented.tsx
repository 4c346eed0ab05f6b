/**
 * One of a few, side by side: native radio buttons, so that arrow keys and screen readers work as everywhere.
 */
import { useId, type ReactNode } from 'react';

interface SegmentedProps<T extends string> {
  readonly legend: string;
  /** Hide the legend from sight where a heading already says it. */
  readonly quiet?: boolean;
  readonly options: readonly { readonly value: T; readonly label: ReactNode; readonly name?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export function Segmented<T extends string>({ legend, quiet, options, value, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={quiet ? 'sr-only' : 'mb-1.5 text-body'}>{legend}</legend>
      <div className="flex rounded-m border border-line bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            title={option.name}
            className="flex h-8 flex-1 cursor-pointer items-center justify-center rounded-[6px] px-3 text-small text-ink-soft transition-colors duration-(--quick) hover:text-ink has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              aria-label={option.name}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
