'use client';
/** How boxes of each file are read, and otherwise where a person knows better: the frame, the rule, which call. Remembered for the file. */
import { Select } from '@/components/ui/select';
import type { FoundFile, ReadRow, Reading } from '@/lib/formats';
import { useFormatsWords } from '@/lib/words/formats';
import { mainSet, type SetState } from './set-store';

const USUAL = '';
const FRAMES = ['original-pixels', 'resized-pixels', 'thousandths', 'fractions'] as const;

export function ReadingForm({ state }: { readonly state: SetState }) {
  const formats = [...new Set(state.files.map(({ format }) => format))];
  return (
    <div className="flex flex-col gap-6">
      {formats.map((format) => (
        <OfFormat key={format} files={state.files.filter((file) => file.format === format)} state={state} />
      ))}
    </div>
  );
}

function OfFormat({ files, state }: { readonly files: readonly FoundFile[]; readonly state: SetState }) {
  const { page, rules, systems } = useFormatsWords();
  const { reading: words } = page;
  const [file] = files;
  const own = new Set(files.map(({ index }) => index));
  const first = state.rows.find(
    (row): row is ReadRow => row.problem === undefined && own.has(row.file) && row.boxes !== null,
  );
  const reading: Reading = (file && state.readings[file.index]) ?? {};
  const frame = first?.boxes ?? null;
  const change = ({ frame: as, rule, call }: { frame?: string; rule?: string; call?: string }) => {
    const next = {
      frame: as ?? reading.frame ?? USUAL,
      rule: rule ?? reading.rule ?? USUAL,
      call: call ?? reading.call ?? USUAL,
    };
    void mainSet.setReading(files, Object.fromEntries(Object.entries(next).filter(([, value]) => value !== USUAL)));
  };
  if (!file) return null;
  const line = 'grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)] items-center gap-3';
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-body font-medium wrap-anywhere">
        {files.length === 1 ? file.path : words.files(files.length)}
      </h3>
      <p className="text-small text-ink-faint">
        {systems[first?.system ?? file.format]}
        {frame ? ` · ${words.frames[frame.frame]}, ${words.by[frame.by]}` : ''}
        {first ? ` · ${rules[first.rule]}` : ''}
      </p>
      <div className={line}>
        <span className="text-small">{words.frame}</span>
        <Select
          label={words.frame}
          value={reading.frame ?? USUAL}
          options={[
            { value: USUAL, label: page.reading.calls.usual },
            ...FRAMES.map((value) => ({ value, label: words.frames[value] })),
          ]}
          onChange={(value) => change({ frame: value })}
        />
      </div>
      {file.rules.length > 1 ? (
        <div className={line}>
          <span className="text-small">{words.rule}</span>
          <Select
            label={words.rule}
            value={reading.rule ?? file.rules[0] ?? USUAL}
            options={file.rules.map((value) => ({ value, label: rules[value] }))}
            onChange={(value) => change({ rule: value })}
          />
        </div>
      ) : null}
      <div className={line}>
        <span className="text-small">{words.call}</span>
        <Select
          label={words.call}
          value={reading.call ?? USUAL}
          options={[
            { value: USUAL, label: words.calls.usual },
            { value: 'first', label: words.calls.first },
            { value: 'last', label: words.calls.last },
          ]}
          onChange={(value) => change({ call: value })}
        />
      </div>
      <p className="text-small text-ink-faint">{words.about}</p>
    </section>
  );
}
