'use client';
import { useMemo } from 'react';
import type { Note, ReadRow } from '@/lib/formats';
import { say } from '@/lib/words';
import { useFormatsWords } from '@/lib/words/formats';
import { VerdictMark } from './row-list';

/** What the file says of the run, and what is to be known of how it was read. */
export function RowFacts({ row, notes }: { readonly row: ReadRow; readonly notes: readonly Note[] }) {
  const { page, rules, systems, notes: noteWords } = useFormatsWords();
  const words = page.player;
  const { facts } = row;
  const iou = useMemo(() => (facts.ious ?? []).map((one) => one.toFixed(2)), [facts.ious]);
  return (
    <div className="mb-4 flex flex-col gap-1.5 border-b border-line pb-3 text-small">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <VerdictMark right={facts.verdict.right} />
        {facts.wanted.length > 0 ? (
          <span>
            <span className="text-ink-faint">{words.wanted}</span> <span className="font-serif">{facts.wanted[0]}</span>
          </span>
        ) : null}
        {iou.length > 0 ? <span className="tabular text-ink-soft">{words.iou(iou)}</span> : null}
        {facts.kind ? <span className="rounded-full bg-sunken px-2 py-0.5 text-ink-soft">{facts.kind}</span> : null}
      </p>
      <p className="text-ink-faint">
        {words.rule(systems[row.system], rules[row.rule])}
        {row.boxes
          ? ` · ${page.reading.frame} ${page.reading.frames[row.boxes.frame]}, ${page.reading.by[row.boxes.by]}`
          : ''}
      </p>
      {notes.length > 0 ? (
        <ul className="flex flex-col gap-0.5 text-ink-soft">
          {notes.map((note) => (
            <li key={JSON.stringify(note)}>{say(noteWords, note)}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
