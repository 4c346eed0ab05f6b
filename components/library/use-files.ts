/**
 * Runs out to files and in from them, with how far it is and how it ended, in words.
 */
import { useState } from 'react';
import type { ExportedFile, ImportReport, RunExport } from '@/lib/library';
import { useSessionActions } from '@/lib/session';
import { countOf } from './run-words';
import { saveFile } from './save-file';

export interface FileWork {
  /** Going on: what, and how far (0 … 1). */
  readonly going: { readonly words: string; readonly share: number } | null;
  /** How the last one ended. */
  readonly outcome: FileOutcome | null;
  readonly exportRuns: (ids: readonly string[]) => Promise<void>;
  readonly importFiles: (files: readonly File[]) => Promise<void>;
  readonly dismiss: () => void;
}

export interface FileOutcome {
  readonly title: string;
  readonly details: readonly string[];
  readonly failed: boolean;
  /** To be had again, one by one: browsers may let through only the first of several downloads. */
  readonly files?: readonly ExportedFile[];
}

/** So many reasons are printed; the rest are counted. */
const MOST_REASONS = 5;

export function outcomeOfImport({ added, known, withoutPicture, problems }: ImportReport): FileOutcome {
  const parts = [
    added.length > 0 ? `${countOf(added.length, 'run', 'runs')} added` : '',
    known > 0 ? `${countOf(known, 'was', 'were')} here already` : '',
    problems.length > 0 ? `${problems.length} could not be taken` : '',
  ].filter(Boolean);
  const details = problems.slice(0, MOST_REASONS).map(({ file, reason }) => `${file}: ${reason}`);
  if (problems.length > MOST_REASONS) details.push(`and ${problems.length - MOST_REASONS} more`);
  if (withoutPicture > 0) {
    details.push(`${countOf(withoutPicture, 'run', 'runs')} came without the picture: the steps are kept.`);
  }
  return { title: `${parts.join(', ') || 'Nothing to add'}.`, details, failed: problems.length > 0 };
}

/** Null where there is nothing to say: one file, with all in it, says itself that it is there. */
export function outcomeOfExport({ files, runs, left }: RunExport): FileOutcome | null {
  const missing =
    left.length > 0
      ? `${countOf(left.length, 'run', 'runs')} could not be read and ${left.length === 1 ? 'is' : 'are'} not in the ${files.length > 1 ? 'files' : 'file'}.`
      : '';
  const details = left.slice(0, MOST_REASONS);
  if (left.length > MOST_REASONS) details.push(`and ${left.length - MOST_REASONS} more`);
  if (files.length < 2) return missing ? { title: missing, details, failed: true } : null;
  return {
    title:
      `${countOf(runs, 'run', 'runs')} in ${files.length} files, since one would be too large to import again. ${missing}`.trim(),
    details: [
      'Each can be imported by itself. If your browser let only the first through, take the others here.',
      ...details,
    ],
    failed: left.length > 0,
    files,
  };
}

/** Downloads begun in the same moment are dropped by some browsers. */
const BETWEEN_DOWNLOADS_MS = 1000;

async function saveAll(files: readonly ExportedFile[]): Promise<void> {
  for (const [at, { blob, name }] of files.entries()) {
    if (at > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_DOWNLOADS_MS));
    saveFile(blob, name);
  }
}

export function useFiles(): FileWork {
  const actions = useSessionActions();
  const [going, setGoing] = useState<FileWork['going']>(null);
  const [outcome, setOutcome] = useState<FileOutcome | null>(null);
  const progress = (words: string) => (done: number, total: number) =>
    setGoing({ words: `${words} ${done} of ${total}`, share: total > 0 ? done / total : 0 });
  return {
    going,
    outcome,
    async exportRuns(ids) {
      setOutcome(null);
      setGoing({ words: 'Packing', share: 0 });
      const made = await actions.exportRuns(ids, progress('Packing'));
      setGoing(null);
      if (!made) return;
      setOutcome(outcomeOfExport(made));
      await saveAll(made.files);
    },
    async importFiles(files) {
      if (files.length === 0) return;
      setOutcome(null);
      setGoing({ words: 'Reading', share: 0 });
      const report = await actions.importFiles(files, progress('Reading'));
      setGoing(null);
      if (report) setOutcome(outcomeOfImport(report));
    },
    dismiss: () => setOutcome(null),
  };
}
