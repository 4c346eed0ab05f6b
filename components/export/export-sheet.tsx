'use client';
/** Every format that runs can be written in; pressed, it is written and handed to the browser's downloads. */
import { Code, Film, FileArchive, FileJson, FileText, Globe, Grid3x3, LoaderCircle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { saveFile } from '@/components/ui/save-file';
import { Select } from '@/components/ui/select';
import { Sheet } from '@/components/ui/sheet';
import { ExportError, exportRunsAs, EXPORTS, type ExportId, type ExportScope } from '@/lib/export';
import { useExportsWords } from '@/lib/words/exports';

export interface ExportSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** One at least. */
  readonly scopes: readonly ExportScope[];
}

const ICONS: Readonly<Record<ExportId, typeof Globe>> = {
  html: Globe,
  native: FileJson,
  document: FileJson,
  sheet: Grid3x3,
  animation: Film,
  markdown: FileText,
  openai: Code,
  atif: FileArchive,
  deepeyes: FileArchive,
};

interface Work {
  readonly id: ExportId;
  readonly done: number;
}

export function ExportSheet({ open, onOpenChange, scopes }: ExportSheetProps): ReactNode {
  const words = useExportsWords();
  const [chosen, setChosen] = useState(scopes[0]?.id);
  const scope = scopes.find(({ id }) => id === chosen) ?? scopes[0];
  const [work, setWork] = useState<Work | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (!scope) return null;
  const { runs } = scope;
  const nameOf = (one: ExportScope) => words.scopes[one.id](one.runs.count);
  const write = async (id: ExportId) => {
    setProblem(null);
    setWork({ id, done: 0 });
    try {
      const { blob, name } = await exportRunsAs(id, runs, (done) => setWork({ id, done }));
      saveFile(blob, name);
    } catch (error) {
      setProblem(words.problems[error instanceof ExportError ? error.code : 'failed']);
    }
    setWork(null);
  };
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={words.title}>
      {scopes.length === 1 ? (
        <p className="text-small text-ink-faint">{nameOf(scope)}</p>
      ) : (
        <Select
          label={words.what}
          value={scope.id}
          options={scopes.map((one) => ({ value: one.id, label: nameOf(one) }))}
          onChange={(value) => setChosen(scopes.find(({ id }) => id === value)?.id)}
        />
      )}
      <p role="alert" className="mt-3 rounded-m bg-caution-wash px-3 py-2 text-small empty:hidden">
        {problem}
      </p>
      <ul className="mt-2">
        {EXPORTS.map(({ id }) => {
          const { name, ending, about } = words.formats[id];
          const Icon = ICONS[id];
          const mine = work?.id === id;
          return (
            <li key={id} className="border-b border-line last:border-b-0">
              <button
                type="button"
                disabled={work !== null}
                onClick={() => void write(id)}
                className="-mx-3 flex w-[calc(100%+1.5rem)] items-center gap-3.5 rounded-m px-3 py-3 text-left enabled:hover:bg-hover disabled:opacity-60"
              >
                {mine ? (
                  <LoaderCircle size={20} aria-hidden className="shrink-0 animate-spin text-accent" />
                ) : (
                  <Icon size={20} aria-hidden className="shrink-0 text-ink-faint" />
                )}
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{name}</span>
                  <span className="block text-small text-ink-soft">
                    {mine ? words.working(work.done, runs.count) : about}
                  </span>
                </span>
                <span className="shrink-0 text-micro text-ink-faint">{ending}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}
