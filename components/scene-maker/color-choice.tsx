'use client';
/** One of a few named colours, as swatches; each says its name. */
import { useId } from 'react';

interface ColorChoiceProps {
  readonly legend: string;
  readonly names: readonly string[];
  readonly colors: Readonly<Record<string, string>>;
  readonly value: string;
  readonly onChange: (name: string) => void;
}

export function ColorChoice({ legend, names, colors, value, onChange }: ColorChoiceProps) {
  const group = useId();
  return (
    <fieldset>
      <legend className="mb-1.5">{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {names.map((name) => (
          <label
            key={name}
            title={name}
            className="block size-8 cursor-pointer rounded-full border border-line-strong ring-offset-2 ring-offset-surface has-checked:ring-2 has-checked:ring-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-4 has-focus-visible:outline-accent"
            style={{ backgroundColor: colors[name] }}
          >
            <input
              type="radio"
              name={group}
              value={name}
              checked={name === value}
              onChange={() => onChange(name)}
              aria-label={name}
              className="sr-only"
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
