'use client';
/** A model from this device: a folder laid out as on the hub or its files, chosen or dropped, copied into the browser's storage. */
import { Files, FolderOpen } from 'lucide-react';
import { useEffect, useRef, useState, type ChangeEvent, type DragEvent } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { NoticeWords } from '@/components/ui/notice-words';
import { fileSize } from '@/components/ui/numbers';
import { RichText } from '@/components/ui/rich-text';
import { noticeOfError, useSession, useSessionActions, type Notice } from '@/lib/session';
import { useCommonWords } from '@/lib/words/common';
import { useModelsWords } from '@/lib/words/models';
import { useFolderCopy } from './folder-copy';
import { FormatChoice } from './format-choice';
import type { FolderFacts, FolderFile, FormatFacts, ImportOrder, ModelDesk, ModelWishes } from './model-desk';
import { filesOfDrop, filesOfInput } from './read-dropped';
import { WishFields, wishesFor } from './wish-fields';

/** React's types do not know it; every browser does. */
const WHOLE_FOLDER: Readonly<Record<string, string>> = { webkitdirectory: '' };

interface FolderIntakeProps {
  readonly desk: Pick<ModelDesk, 'inspectFolder' | 'copying'>;
  readonly onImported: (modelUrl: string) => void;
}

interface Read {
  readonly files: readonly FolderFile[];
  readonly facts: FolderFacts;
  readonly format: FormatFacts;
  readonly wishes: ModelWishes;
}

export function FolderIntake({ desk, onImported }: FolderIntakeProps) {
  const words = useModelsWords().folder;
  const common = useCommonWords();
  const device = useSession((state) => state.settings.device);
  const { modelReplaced } = useSessionActions();
  const copy = useFolderCopy(desk.copying);
  const folderButton = useRef<HTMLButtonElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const filesInput = useRef<HTMLInputElement>(null);
  /** Counts what was given: what is found of an earlier one is of no interest any more. */
  const given = useRef(0);
  const drawn = useRef(false);
  const [over, setOver] = useState(false);
  const [reading, setReading] = useState(false);
  /** A folder of several formats, before one is copied. */
  const [read, setRead] = useState<Read | null>(null);
  const [unread, setUnread] = useState<Notice | null>(null);
  useEffect(() => {
    drawn.current = true;
    return () => {
      drawn.current = false;
    };
  }, []);
  const busy = reading || copy.status === 'copying';
  const failed = copy.status === 'failed' ? copy.notice : unread;

  const handOver = (modelUrl: string) => {
    desk.copying.clear();
    onImported(modelUrl);
  };
  const start = async (order: ImportOrder) => {
    setRead(null);
    const modelUrl = await desk.copying.start(order, (copied) => void modelReplaced(copied));
    // Who has gone on to something else meanwhile is offered it when they come back.
    if (modelUrl !== null && drawn.current) handOver(modelUrl);
  };
  const take = async (finding: Promise<readonly FolderFile[]>) => {
    given.current += 1;
    const mine = given.current;
    desk.copying.clear();
    setRead(null);
    setUnread(null);
    setReading(true);
    try {
      const files = await finding;
      const facts = await desk.inspectFolder(files, device);
      if (given.current !== mine) return;
      setReading(false);
      const { name, formats } = facts;
      // Where there is a switch it is said either way: templates differ in what they do by themselves.
      const wishes = { maxPixels: null, thinking: facts.thinking ? false : null };
      const format = formatNamed(facts, facts.first) ?? formats[0];
      // What may be asked of it can be chosen later, too; its format cannot.
      if (format && formats.length > 1) setRead({ files, facts, format, wishes });
      else await start({ name, files, dtype: format?.dtype ?? null, ...wishes });
    } catch (error) {
      if (given.current !== mine) return;
      setReading(false);
      setUnread(noticeOfError(error));
    }
  };
  const cancel = () => {
    given.current += 1;
    desk.copying.clear();
    setReading(false);
    setRead(null);
  };
  const onChosen = (event: ChangeEvent<HTMLInputElement>) => {
    const files = filesOfInput(event.target.files ?? []);
    if (files.length > 0) void take(Promise.resolve(files));
    event.target.value = '';
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
        <RichText
          text={words.about}
          parts={{
            drop: (inside) => <span className="touch:hidden">{inside}</span>,
            file: (name) => <code className="font-mono">{name}</code>,
          }}
        />
      </p>
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        <Button ref={folderButton} size="small" onClick={() => folderInput.current?.click()} disabled={busy}>
          <FolderOpen size={15} aria-hidden />
          {words.chooseFolder}
        </Button>
        <Button size="small" onClick={() => filesInput.current?.click()} disabled={busy}>
          <Files size={15} aria-hidden />
          {words.chooseFiles}
        </Button>
        {busy ? (
          <Button size="small" weight="quiet" onClick={cancel}>
            {common.cancel}
          </Button>
        ) : null}
      </div>
      <p role="status" className="text-small text-ink-soft tabular not-empty:mt-2">
        {copy.status === 'copying' && copy.total > 0
          ? words.copying(copy.name, fileSize(copy.done), fileSize(copy.total))
          : busy
            ? words.reading
            : copy.status === 'done'
              ? words.copied(copy.name)
              : ''}
      </p>
      {copy.status === 'done' ? (
        <Button size="small" onClick={() => handOver(copy.modelUrl)} className="mt-2">
          {words.use}
        </Button>
      ) : null}
      {read && !busy ? (
        <div className="mt-4 border-t border-line pt-3">
          <p className="font-medium wrap-anywhere">{read.facts.name}</p>
          <FormatChoice
            formats={read.facts.formats}
            value={read.format.dtype}
            onChange={(dtype) => setRead({ ...read, format: formatNamed(read.facts, dtype) ?? read.format })}
          />
          <WishFields
            pictureSizes={read.format.pictureSizes}
            canThink={read.facts.thinking}
            wishes={wishesFor(read.format, read.wishes)}
            onChange={(wishes) => setRead({ ...read, wishes })}
          />
          <div className="mt-4 flex flex-wrap gap-2">
            <Button weight="primary" className="flex-1 whitespace-nowrap" onClick={() => void start(orderOf(read))}>
              {words.copyAndUse}
            </Button>
            <Button
              weight="quiet"
              onClick={() => {
                cancel();
                // The button that had the focus is gone.
                folderButton.current?.focus();
              }}
            >
              {common.cancel}
            </Button>
          </div>
        </div>
      ) : null}
      {failed ? (
        <div role="alert" data-code={failed.code} className="mt-2 rounded-m bg-danger-wash px-3 py-2.5 text-small">
          <NoticeWords notice={failed} />
        </div>
      ) : null}
      <input
        ref={folderInput}
        type="file"
        {...WHOLE_FOLDER}
        multiple
        hidden
        aria-label={words.folderOfModel}
        onChange={onChosen}
      />
      <input ref={filesInput} type="file" multiple hidden aria-label={words.filesOfModel} onChange={onChosen} />
    </div>
  );
}

const formatNamed = ({ formats }: FolderFacts, dtype: string): FormatFacts | undefined =>
  formats.find((one) => one.dtype === dtype);

function orderOf({ facts, files, format, wishes }: Read): ImportOrder {
  return { name: facts.name, files, dtype: format.dtype, ...wishesFor(format, wishes) };
}
