'use client';
/** One of a few colours, as swatches; each says its name. */
import { useId } from 'react';

interface ColorChoiceProps {
  readonly legend: string;
  readonly choices: readonly { readonly id: string; readonly name: string; readonly color: string | undefined }[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

export function ColorChoice({ legend, choices, value, onChange }: ColorChoiceProps) {
  const group = useId();
  return (
    <fieldset>
      <legend className="mb-1.5">{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {choices.map(({ id, name, color }) => (
          <label
            key={id}
            title={name}
            className="block size-8 cursor-pointer rounded-full border border-line-strong ring-offset-2 ring-offset-surface has-checked:ring-2 has-checked:ring-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-4 has-focus-visible:outline-accent"
            style={{ backgroundColor: color }}
          >
            <input
              type="radio"
              name={group}
              value={id}
              checked={id === value}
              onChange={() => onChange(id)}
              aria-label={name}
              className="sr-only"
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
