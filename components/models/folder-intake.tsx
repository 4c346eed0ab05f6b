'use client';
/** A model from this device: a folder laid out as on the hub, chosen or dropped, copied into the browser's storage. */
import { FolderOpen } from 'lucide-react';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { NoticeWords } from '@/components/ui/notice-words';
import { fileSize } from '@/components/ui/numbers';
import { noticeOfError, useSession, type Notice } from '@/lib/session';
import { FormatChoice } from './format-choice';
import type { FolderFacts, FolderFile, ModelDesk } from './model-desk';
import { filesOfDrop, filesOfInput } from './read-dropped';

/** React's types do not know it; every browser does. */
const WHOLE_FOLDER: Readonly<Record<string, string>> = { webkitdirectory: '' };

interface FolderIntakeProps {
  readonly desk: Pick<ModelDesk, 'inspectFolder' | 'importFolder'>;
  readonly onImported: (modelUrl: string) => void;
}

interface Read {
  readonly files: readonly FolderFile[];
  readonly facts: FolderFacts;
  readonly dtype: string;
}

export function FolderIntake({ desk, onImported }: FolderIntakeProps) {
  const device = useSession((state) => state.settings.device);
  const input = useRef<HTMLInputElement>(null);
  const going = useRef<AbortController | null>(null);
  const [over, setOver] = useState(false);
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number } | null>(null);
  /** A folder of several formats, before one is copied. */
  const [read, setRead] = useState<Read | null>(null);
  const [failed, setFailed] = useState<Notice | null>(null);
  useEffect(() => () => going.current?.abort(), []);

  /** Runs alone: what was going on before is let go of. */
  const alone = async (work: (signal: AbortSignal) => Promise<void>) => {
    going.current?.abort();
    const mine = new AbortController();
    going.current = mine;
    setFailed(null);
    setProgress({ done: 0, total: 0 });
    try {
      await work(mine.signal);
    } catch (error) {
      if (!mine.signal.aborted) setFailed(noticeOfError(error));
    } finally {
      if (going.current === mine) setProgress(null);
    }
  };
  const copy = (name: string, files: readonly FolderFile[], format: string | null) =>
    alone(async (signal) => {
      const onProgress = (done: number, total: number) => {
        if (!signal.aborted) setProgress({ done, total });
      };
      const modelUrl = await desk.importFolder({ name, files, dtype: format }, onProgress, signal);
      if (signal.aborted) return;
      setRead(null);
      onImported(modelUrl);
    });
  const take = async (reading: Promise<readonly FolderFile[]>) => {
    setRead(null);
    let only: (() => Promise<void>) | null = null;
    await alone(async (signal) => {
      const files = await reading;
      const facts = await desk.inspectFolder(files, device);
      if (signal.aborted) return;
      if (facts.formats.length < 2) only = () => copy(facts.name, files, facts.formats[0]?.dtype ?? null);
      else setRead({ files, facts, dtype: facts.first });
    });
    // TypeScript does not see that the work above ran.
    await (only as (() => Promise<void>) | null)?.();
  };
  const cancel = () => {
    going.current?.abort();
    going.current = null;
    setProgress(null);
    setRead(null);
  };
  const onDrop = (event: DragEvent) => {
    // The page under this takes dropped pictures; it leaves alone what was taken here.
    event.preventDefault();
    setOver(false);
    void take(filesOfDrop(event.dataTransfer));
  };

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={classNames(
        'mt-3 rounded-l border border-dashed p-4',
        over ? 'border-accent bg-accent-wash' : 'border-line-strong',
      )}
    >
      <p className="text-small text-ink-soft">
        A folder as the hub has it: <code className="font-mono">config.json</code>,{' '}
        <code className="font-mono">tokenizer.json</code> and an <code className="font-mono">onnx</code> folder. It is
        copied into this browser’s storage.
      </p>
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        <Button size="small" onClick={() => input.current?.click()} disabled={progress !== null}>
          <FolderOpen size={15} aria-hidden />
          Choose a folder
        </Button>
        {progress ? (
          <Button size="small" weight="quiet" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <span className="text-small text-ink-faint touch:hidden">or drop it here</span>
        )}
      </div>
      <p role="status" className="text-small text-ink-soft tabular">
        {progress
          ? progress.total > 0
            ? `Copying: ${fileSize(progress.done)} of ${fileSize(progress.total)}`
            : 'Reading the folder …'
          : ''}
      </p>
      {read && !progress ? (
        <div className="mt-2">
          <p className="font-medium wrap-anywhere">{read.facts.name}</p>
          <FormatChoice
            formats={read.facts.formats}
            value={read.dtype}
            onChange={(dtype) => setRead({ ...read, dtype })}
          />
          <Button
            weight="primary"
            className="mt-2 w-full"
            onClick={() => void copy(read.facts.name, read.files, read.dtype)}
          >
            Copy it and use it
          </Button>
        </div>
      ) : null}
      {failed ? (
        <div role="alert" data-code={failed.code} className="mt-2 rounded-m bg-danger-wash px-3 py-2.5 text-small">
          <NoticeWords notice={failed} />
        </div>
      ) : null}
      <input
        ref={input}
        type="file"
        {...WHOLE_FOLDER}
        multiple
        hidden
        aria-label="Folder of a model"
        onChange={(event) => {
          const files = filesOfInput(event.target.files ?? []);
          if (files.length > 0) void take(Promise.resolve(files));
          event.target.value = '';
        }}
      />
    </div>
  );
}
