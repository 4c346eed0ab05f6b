'use client';
/** The page of the collection: what is in it, adding and removing, trying a search, and making it harder on purpose. */
import { FilePlus2, FolderPlus, Square, Trash2 } from 'lucide-react';
import { useRef, type DragEvent, type ReactNode } from 'react';
import { filesOfDrop, filesOfInput } from '@/components/models/read-dropped';
import { Button, IconButton } from '@/components/ui/button';
import { fileSize } from '@/components/ui/numbers';
import type { KeptFile } from '@/lib/search';
import { usePlaygroundWords } from '@/lib/words/playground';
import { useSearchWords } from '@/lib/words/search';
import { FaultsForm } from './faults-form';
import { Trial } from './trial';
import { useCollection, type CollectionWork, type Outcome } from './use-collection';

/** Files that are listed by name; the rest are counted. */
const MOST_LISTED = 200;
/** React's types do not know it; every browser does. */
const WHOLE_FOLDER: Readonly<Record<string, string>> = { webkitdirectory: '' };

export function CollectionView({ banner }: { readonly banner: ReactNode }) {
  const words = useSearchWords();
  const { pages } = usePlaygroundWords();
  const collection = useCollection();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void filesOfDrop(event.dataTransfer).then(collection.add);
  };
  return (
    <main
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      className="mx-auto flex w-full max-w-3xl flex-1 flex-col gap-8 px-4 py-8 tablet:px-6"
    >
      {banner}
      <header>
        <h1 className="font-serif text-display font-medium tracking-tight">{pages.collection}</h1>
        <p className="mt-2 max-w-prose text-ink-soft">{words.about}</p>
      </header>
      <Adding collection={collection} />
      <Files collection={collection} />
      <Trial empty={collection.files?.length === 0} />
      <FaultsForm />
    </main>
  );
}

function Adding({ collection: { going, outcome, add, stop } }: { readonly collection: CollectionWork }) {
  const words = useSearchWords().add;
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const chosen = filesOfInput(input.files ?? []);
    input.value = '';
    void add(chosen);
  };
  return (
    <section aria-label={words.files} className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button weight="primary" size="small" disabled={going !== null} onClick={() => files.current?.click()}>
          <FilePlus2 size={15} aria-hidden />
          {words.files}
        </Button>
        <Button size="small" disabled={going !== null} onClick={() => folder.current?.click()}>
          <FolderPlus size={15} aria-hidden />
          {words.folder}
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={words.fileInput}
        onChange={(event) => take(event.target)}
      />
      <input
        ref={folder}
        type="file"
        {...WHOLE_FOLDER}
        multiple
        hidden
        aria-label={words.folderInput}
        onChange={(event) => take(event.target)}
      />
      <p className="text-small text-ink-soft">{words.hint}</p>
      <p className="text-small text-ink-soft">{words.captions}</p>
      {going ? (
        <div className="flex items-center gap-3">
          <div className="min-w-0 flex-1">
            <div
              role="progressbar"
              aria-label={words.reading}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.round((100 * going.done) / Math.max(1, going.total))}
              className="h-1.5 overflow-hidden rounded-full bg-line"
            >
              <div
                className="h-full bg-accent"
                style={{ width: `${(100 * going.done) / Math.max(1, going.total)}%` }}
              />
            </div>
            <p className="mt-1.5 text-small text-ink-soft tabular">
              {words.reading} · {words.progress(fileSize(going.done), fileSize(going.total))}
            </p>
          </div>
          <Button size="small" onClick={stop}>
            <Square size={12} fill="currentColor" aria-hidden />
            {words.stop}
          </Button>
        </div>
      ) : null}
      <div role="status">{outcome ? <OutcomeNote outcome={outcome} /> : null}</div>
    </section>
  );
}

function OutcomeNote({ outcome }: { readonly outcome: Outcome }) {
  const { add: words, errors } = useSearchWords();
  if (outcome.kind === 'stopped') return <p className="text-small">{words.stopped}</p>;
  if (outcome.kind === 'failed') return <p className="text-small text-danger">{errors[outcome.code]}</p>;
  const { added, documents, pictures, left } = outcome.report;
  return (
    <>
      <p className="text-small">{words.added(added, documents, pictures)}</p>
      {left.length > 0 ? (
        <details className="mt-2 rounded-m bg-caution-wash px-3 py-2 text-small">
          <summary className="cursor-pointer font-medium">{words.left(left.length)}</summary>
          <ul className="mt-1.5 flex flex-col gap-1">
            {left.slice(0, MOST_LISTED).map(({ path, problem }) => (
              <li key={path} className="wrap-anywhere">
                <span className="font-mono text-micro">{path}</span> {words.problems[problem]}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function Files({ collection: { files, going, remove } }: { readonly collection: CollectionWork }) {
  const words = useSearchWords().list;
  if (files === null) return null;
  const sum = (of: (file: KeptFile) => number): number => files.reduce((total, file) => total + of(file), 0);
  return (
    <section aria-labelledby="collection-files">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="collection-files" className="font-serif text-title font-medium">
          {words.heading}
        </h2>
        {files.length > 1 ? (
          <Button
            weight="quiet"
            size="small"
            disabled={going !== null}
            onClick={() => void remove(files.map(({ id }) => id))}
          >
            {words.removeAll}
          </Button>
        ) : null}
      </div>
      <p className="text-small text-ink-soft tabular">
        {files.length === 0
          ? words.empty
          : words.sums(
              files.length,
              sum(({ documents }) => documents),
              sum(({ pictures }) => pictures),
              fileSize(sum(({ bytes }) => bytes)),
            )}
      </p>
      <ul className="mt-3 flex flex-col divide-y divide-line">
        {files.slice(0, MOST_LISTED).map(({ id, path, documents, pictures, bytes }) => (
          <li key={id} className="flex items-center gap-3 py-1.5">
            <span className="min-w-0 flex-1">
              <span className="block text-small wrap-anywhere">{path}</span>
              <span className="block text-micro text-ink-soft tabular">
                {words.file(documents, pictures, fileSize(bytes))}
              </span>
            </span>
            <IconButton
              label={words.remove(path)}
              icon={<Trash2 size={16} aria-hidden />}
              disabled={going !== null}
              onClick={() => void remove([id])}
            />
          </li>
        ))}
      </ul>
      {files.length > MOST_LISTED ? (
        <p className="mt-2 text-small text-ink-soft">{words.more(files.length - MOST_LISTED)}</p>
      ) : null}
    </section>
  );
}
