'use client';
/** How a whole text is read: what was found, by which reading, what was mended, and the switch. */
import { TriangleAlert } from 'lucide-react';
import { Select } from '@/components/ui/select';
import type { MarksChoice, MarksRead, Range } from '@/lib/notations';
import { useAnswerWords } from '@/lib/words/answer';
import { foundWords, mendedWords, rangeWords, readingWords } from './reading-words';

interface ReadingFieldsProps {
  readonly read: MarksRead;
  readonly choice: MarksChoice;
  readonly onChoice: (choice: MarksChoice) => void;
}

const USUAL = '';
const RANGES: readonly Range[] = [1000, 999, 1, 100, 'pixels', 'seen-pixels'];
const ORDERS = ['xyxy', 'yxyx', 'xywh', 'cxcywh'] as const;

export function ReadingFields({ read, choice, onChoice }: ReadingFieldsProps) {
  const all = useAnswerWords();
  const { reading: words } = all;
  const { reading, notes } = read;
  const found = foundWords(all, read);
  const mended = mendedWords(words, read);
  const change = (patch: { range?: Range | undefined; order?: MarksChoice['order']; bare?: boolean }) => {
    const next = { ...choice, ...patch };
    onChoice(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)));
  };
  // What nothing was read of may have been chosen wrongly: the way back stays.
  const isChosen = choice.range !== undefined || choice.order !== undefined;
  return (
    <div className="flex flex-col gap-2.5 text-small">
      {reading ? (
        <p className="text-ink-soft">
          <span className="font-medium text-ink">{found}</span> · {readingWords(words, reading)}
        </p>
      ) : null}
      {reading && !reading.sure ? (
        <p className="flex items-start gap-1.5 text-ink-soft">
          <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-caution" />
          {words.unsure}
        </p>
      ) : null}
      {(reading && !reading.closed) || isChosen ? (
        <div className="flex flex-wrap gap-x-4 gap-y-2">
          <label className="flex min-w-0 flex-col gap-1">
            <span className="text-ink-faint">{words.range}</span>
            <Select
              label={words.range}
              value={choice.range === undefined ? USUAL : String(choice.range)}
              options={[
                { value: USUAL, label: words.asRead },
                ...RANGES.map((value) => ({ value: String(value), label: rangeWords(words, value) })),
              ]}
              onChange={(value) => change({ range: RANGES.find((range) => String(range) === value) })}
            />
          </label>
          <label className="flex min-w-0 flex-col gap-1">
            <span className="text-ink-faint">{words.order}</span>
            <Select
              label={words.order}
              value={choice.order ?? USUAL}
              options={[
                { value: USUAL, label: words.asRead },
                ...ORDERS.map((value) => ({ value, label: words.orders[value] })),
              ]}
              onChange={(value) => change({ order: ORDERS.find((order) => order === value) })}
            />
          </label>
        </div>
      ) : null}
      {notes.offered > 0 ? (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={choice.bare === true}
            onChange={(event) => change({ bare: event.target.checked })}
          />
          {words.bare(notes.offered)}
        </label>
      ) : null}
      {mended.length > 0 ? (
        <ul className="flex flex-col gap-0.5 text-ink-soft">
          {mended.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
