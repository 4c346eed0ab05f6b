'use client';
/** What was given holds one run: it becomes a run of the library like any other. A picture that is missing is asked for first. */
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useSessionActions } from '@/lib/session';
import { say } from '@/lib/words';
import { useFormatsWords } from '@/lib/words/formats';
import { FileChoice } from './file-choice';
import { mainSet, type SetState } from './set-store';
import { runFile } from './run-file';

interface OneRunProps {
  readonly state: SetState;
  /** Show it as a set of one all the same. */
  readonly onSet: () => void;
}

export function OneRun({ state, onSet }: OneRunProps) {
  const { page, problems, systems, notes } = useFormatsWords();
  const words = page.one;
  const open = useOpenAsRun();
  const [row] = state.rows;
  const wanted = row?.problem === undefined ? (row?.wanted ?? []) : [];
  const begun = useRef(false);
  const ready = row !== undefined && row.problem === undefined && wanted.length === 0 && !state.busy;
  useEffect(() => {
    if (!ready || begun.current) return;
    begun.current = true;
    void open().then((opened) => opened || onSet());
  }, [ready, open, onSet]);
  if (!row || row.problem !== undefined) {
    return (
      <section className="flex flex-col gap-3">
        <h1 className="font-serif text-title">{page.nothing.title}</h1>
        <p role="alert">{row ? say(problems, row.problem) : null}</p>
        <div>
          <Button onClick={mainSet.closeSet}>{page.nothing.another}</Button>
        </div>
      </section>
    );
  }
  const [first] = wanted;
  if (!first) return <h1 className="font-serif text-title">{page.opening(state.name)}</h1>;
  return (
    <section className="flex flex-col gap-4">
      <p className="text-small text-ink-faint">
        {systems[row.system]} · {state.name}
      </p>
      <h1 className="font-serif text-title whitespace-pre-wrap">{row.facts.question || words.title}</h1>
      <p className="text-body text-ink-soft">{words.picture(first.names[0] ?? '')}</p>
      <ul className="text-small text-ink-faint">
        {row.notes.map((note) => (
          <li key={note.code}>{say(notes, note)}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <FileChoice
          label={words.add}
          weight="primary"
          single
          onFiles={([given]) => given && void mainSet.choosePicture(first, given.file as File)}
        />
        <Button onClick={() => void open().then((opened) => opened || onSet())}>{words.without}</Button>
      </div>
    </section>
  );
}

/** Into the library and onto the first page. Resolves with whether that worked. */
function useOpenAsRun(): () => Promise<boolean> {
  const { importFiles, openRun } = useSessionActions();
  const [open] = useState(() => async () => {
    const row = await mainSet.readSetRow(0);
    if ('problem' in row) return false;
    // One of Loupe's own comes in as it is, with its tags.
    const own =
      mainSet.getSetState().files[0]?.format === 'loupe' ? mainSet.givenAsFiles() : [await runFile(row.run, row.files)];
    const report = await importFiles(own);
    const id = report?.added[0] ?? (report?.known ? row.run.id : null);
    if (id === null || id === undefined) return false;
    await openRun(id);
    mainSet.closeSet();
    return true;
  });
  return open;
}
