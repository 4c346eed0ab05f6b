'use client';
/**
 * The library's page: every kept run, found by words and tags, in an order; selected, tagged, taken away as files, deleted.
 * Beside it what the storage says. On a phone the side becomes a strip of tags and a sheet.
 */
import { useDeferredValue, useMemo, useRef, useState, type ReactNode } from 'react';
import { useExporting } from '@/components/export';
import { findRuns, foldFamilies, tagKey, type RunOrder } from '@/lib/library';
import { useSession, useSessionActions } from '@/lib/session';
import { FileNotes } from './file-notes';
import { FindBar } from './find-bar';
import { LibrarySide, TagStrip } from './library-side';
import { EmptyLibrary, NothingFound } from './nothing-here';
import { RemovedSheet } from './removed-sheet';
import { RunList } from './run-list';
import { scopesOfSelection } from './selection-scopes';
import { keepOnly, NOTHING_SELECTED, selectAll } from './selection';
import { SelectionBar } from './selection-bar';
import { TagDialog } from './tag-dialog';
import { UndoBar } from './undo-bar';
import { useFiles } from './use-files';

/** @param banner what went wrong, where the page says such things */
export function LibraryView({ banner }: { readonly banner: ReactNode }) {
  const runs = useSession((state) => state.runs);
  const listed = useSession((state) => state.listed);
  const [text, setText] = useState('');
  const [tags, setTags] = useState<readonly string[]>([]);
  const [order, setOrder] = useState<RunOrder>('newest');
  const [given, setSelection] = useState(NOTHING_SELECTED);
  const [tagging, setTagging] = useState<readonly string[]>([]);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [binOpen, setBinOpen] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const files = useFiles();
  const exporting = useExporting();
  const { removeRuns, readWhole } = useSessionActions();
  const sought = useDeferredValue(text);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => findRuns(runs, { words: sought, tags, order }), [runs, sought, tags, order]);
  const { shown: found, branches } = useMemo(() => foldFamilies(all, opened), [all, opened]);
  // Only what is shown can be selected: a command never touches what is out of sight.
  const shown = useMemo(() => new Set(found.map(({ id }) => id)), [found]);
  const selection = keepOnly(given, shown);
  const chosen = found.filter(({ id }) => selection.ids.has(id)).map(({ id }) => id);

  const removeChosen = async () => {
    await removeRuns(chosen);
    // The bar that had the focus is gone; the list takes it, once it is drawn anew.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>('[data-open][tabindex="0"]')?.focus({ preventScroll: true }),
    );
  };
  const toggleTag = (tag: string) => {
    const without = tags.filter((one) => tagKey(one) !== tagKey(tag));
    setTags(without.length < tags.length ? without : [...tags, tag]);
  };
  const side = { tags, onTag: toggleTag, onAll: () => setTags([]), onBin: () => setBinOpen(true) };

  return (
    <main className="mx-auto grid min-h-0 w-full max-w-[88rem] flex-1 grid-rows-[minmax(0,1fr)] desk:grid-cols-[15rem_minmax(0,1fr)]">
      <LibrarySide {...side} />
      <section aria-labelledby="library-heading" className="relative flex min-h-0 min-w-0 flex-col">
        <div className="flex flex-col gap-3 px-4 pt-5 pb-3 tablet:px-6">
          <FindBar
            count={found.length}
            total={runs.length}
            sought={text}
            onSought={setText}
            order={order}
            onOrder={setOrder}
            onExport={() => void files.exportRuns(found.map(({ id }) => id))}
            onImport={(list) => void files.importFiles(list)}
          />
          <TagStrip {...side} />
          {banner}
          <FileNotes files={files} />
        </div>
        <div
          ref={scroller}
          className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain border-t border-line px-1 pt-1 pb-28 tablet:px-3"
        >
          {listed ? (
            <RunList
              runs={found}
              branches={branches}
              onBranches={(id) => setOpened(toggled(opened, id))}
              scroller={scroller}
              selection={selection}
              onSelection={setSelection}
              onTag={setTagging}
              renaming={renaming}
              onRenaming={setRenaming}
              empty={
                runs.length === 0 ? (
                  <EmptyLibrary />
                ) : (
                  <NothingFound
                    onClear={() => {
                      setText('');
                      setTags([]);
                    }}
                  />
                )
              }
            />
          ) : null}
        </div>
        <div className="pointer-events-none absolute inset-x-0 bottom-0 z-20 flex flex-col items-center gap-2 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
          <UndoBar />
          <SelectionBar
            count={chosen.length}
            of={found.length}
            onAll={() => setSelection(selectAll(found.map(({ id }) => id)))}
            onNone={() => setSelection(NOTHING_SELECTED)}
            onTag={() => setTagging(chosen)}
            compare={comparison(chosen)}
            onRename={() => setRenaming(chosen[0] ?? null)}
            onExport={() => void files.exportRuns(chosen)}
            onExportAs={() => exporting.begin(scopesOfSelection(runs, chosen, readWhole))}
            onRemove={() => void removeChosen()}
          />
        </div>
      </section>
      {exporting.sheet}
      <TagDialog ids={tagging} onClose={() => setTagging([])} />
      <RemovedSheet open={binOpen} onOpenChange={setBinOpen} />
    </main>
  );
}

function comparison([a, b, ...more]: readonly string[]): string | null {
  if (a === undefined || b === undefined || more.length > 0) return null;
  return `/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`;
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
