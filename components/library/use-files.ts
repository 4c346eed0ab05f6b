/**
 * Runs out to files and in from them, with how far it is and how it ended, in words.
 */
import { useState } from 'react';
import type { ExportedFile, ImportReport, RunExport } from '@/lib/library';
import { useSessionActions } from '@/lib/session';
import { say, type Words } from '@/lib/words';
import { useLibraryWords } from '@/lib/words/library';
import { isolated } from '@/lib/words/isolate';
import { saveFile } from '@/components/ui/save-file';

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

export function outcomeOfImport(
  { files: words, problems: reasons }: Words['library'],
  { added, known, withoutPicture, problems }: ImportReport,
): FileOutcome {
  const parts = [
    added.length > 0 ? words.added(added.length) : '',
    known > 0 ? words.known(known) : '',
    problems.length > 0 ? words.notTaken(problems.length) : '',
  ].filter(Boolean);
  const details = problems
    .slice(0, MOST_REASONS)
    .map(({ file, line = null, reason }) => words.problem(isolated(file), line, say(reasons, reason)));
  if (problems.length > MOST_REASONS) details.push(words.andMore(problems.length - MOST_REASONS));
  if (withoutPicture > 0) details.push(words.withoutPicture(withoutPicture));
  const title = words.sentence(parts.length > 0 ? parts : [words.nothing]);
  return { title, details, failed: problems.length > 0 };
}

/** Null where there is nothing to say: one file, with all in it, says itself that it is there. */
export function outcomeOfExport(
  { files: words, nameless }: Words['library'],
  { files, runs, left }: RunExport,
): FileOutcome | null {
  const missing = left.length > 0 ? words.left(left.length, Math.max(1, files.length)) : '';
  const details = left.slice(0, MOST_REASONS).map((name) => name || nameless);
  if (left.length > MOST_REASONS) details.push(words.andMore(left.length - MOST_REASONS));
  if (files.length < 2) return missing ? { title: missing, details, failed: true } : null;
  return {
    title: `${words.several(runs, files.length)} ${missing}`.trim(),
    details: [words.severalAbout, ...details],
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
  const words = useLibraryWords();
  const { packing, reading, progress: progressWords } = words.files;
  const actions = useSessionActions();
  const [going, setGoing] = useState<FileWork['going']>(null);
  const [outcome, setOutcome] = useState<FileOutcome | null>(null);
  const progress = (doing: string) => (done: number, total: number) =>
    setGoing({ words: progressWords(doing, done, total), share: total > 0 ? done / total : 0 });
  return {
    going,
    outcome,
    async exportRuns(ids) {
      setOutcome(null);
      setGoing({ words: packing, share: 0 });
      const made = await actions.exportRuns(ids, progress(packing));
      setGoing(null);
      if (!made) return;
      setOutcome(outcomeOfExport(words, made));
      await saveAll(made.files);
    },
    async importFiles(files) {
      if (files.length === 0) return;
      setOutcome(null);
      setGoing({ words: reading, share: 0 });
      const report = await actions.importFiles(files, progress(reading));
      setGoing(null);
      if (report) setOutcome(outcomeOfImport(words, report));
    },
    dismiss: () => setOutcome(null),
  };
}
