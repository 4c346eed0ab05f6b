'use client';
/**
 * All found runs as one long list of which only the rows in sight are made. One row is reached with Tab, the others with the
 * arrow keys; the keys are in the library's words, as the page prints them.
 */
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { keyOf } from '@/components/ui/key-of';
import type { FoldedRuns, RunSummary } from '@/lib/library';
import { usePlayer } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';
import { useLibraryWords } from '@/lib/words/library';
import { RunRow } from './run-row';
import { extendTo, selectAll, toggleOne, NOTHING_SELECTED, type Selection } from './selection';
import { useRowHeight } from './use-row-height';
import { useWindow } from './use-window';

interface RunListProps {
  readonly runs: readonly RunSummary[];
  readonly branches: FoldedRuns['branches'];
  /** Lists the branches of a run, or folds them again. */
  readonly onBranches: (id: string) => void;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly onTag: (ids: readonly string[]) => void;
  /** The run whose name is being changed. */
  readonly renaming: string | null;
  readonly onRenaming: (id: string | null) => void;
  readonly empty: ReactNode;
}

export function RunList(props: RunListProps) {
  const { runs, branches, onBranches, scroller, selection, onSelection, onTag, renaming, onRenaming, empty } = props;
  const words = useLibraryWords();
  const current = usePlayer((state) => state.run?.id ?? null);
  const undo = useSession((state) => state.undo);
  const { renameRun, removeRuns, restoreRuns } = useSessionActions();
  const [now] = useState(() => new Date());
  const list = useRef<HTMLUListElement>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const rowHeight = useRowHeight();
  const sight = useWindow(scroller, list, rowHeight, runs.length);
  const order = runs.map(({ id }) => id);
  const found = activeId === null ? -1 : order.indexOf(activeId);
  const active = Math.max(0, found);

  // Focus follows the active row once it is made; only after a key or a deletion, never by itself.
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current || renaming !== null) return;
    const opener = list.current?.querySelector<HTMLElement>(`[data-index="${active}"] [data-open]`);
    if (!opener) return;
    wantsFocus.current = false;
    opener.focus({ preventScroll: true });
  });

  const show = (index: number) => {
    const box = scroller.current;
    const top = (list.current?.offsetTop ?? 0) + index * rowHeight;
    if (!box) return;
    if (top < box.scrollTop) box.scrollTo({ top });
    else if (top + rowHeight > box.scrollTop + box.clientHeight)
      box.scrollTo({ top: top + rowHeight - box.clientHeight });
  };
  const moveTo = (index: number, extend: boolean) => {
    const next = Math.min(Math.max(0, index), runs.length - 1);
    const id = order[next];
    if (id === undefined) return;
    if (extend) {
      const from = selection.anchor === null ? { ...selection, anchor: order[active] ?? id } : selection;
      onSelection(extendTo(from, order, id));
    }
    wantsFocus.current = true;
    setActiveId(id);
    show(next);
  };
  const remove = (ids: readonly string[]) => {
    // The row that takes the place of what goes gets the focus, where a deleted one had it.
    const going = new Set(ids);
    const after = order.slice(active).find((id) => !going.has(id)) ?? order.findLast((id) => !going.has(id)) ?? null;
    wantsFocus.current = list.current?.contains(document.activeElement) ?? false;
    setActiveId(after);
    onSelection(NOTHING_SELECTED);
    void removeRuns(ids);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const id = order[active];
    if (id === undefined || event.altKey) return;
    const chosen = selection.ids.size > 0 ? order.filter((one) => selection.ids.has(one)) : [id];
    const command = event.ctrlKey || event.metaKey;
    const onRow = event.target instanceof HTMLElement && event.target.matches('[data-open], input[type="checkbox"]');
    const perform = (work: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      work();
    };
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    if (command) {
      if (keyOf(event) === 'a') perform(() => onSelection(selectAll(order)));
      if (keyOf(event) === 'z' && undo) perform(() => void restoreRuns(undo));
      return;
    }
    switch (event.key) {
      case 'ArrowDown':
        return perform(() => moveTo(active + 1, event.shiftKey));
      case 'ArrowUp':
        return perform(() => moveTo(active - 1, event.shiftKey));
      case 'PageDown':
        return perform(() => moveTo(active + page, event.shiftKey));
      case 'PageUp':
        return perform(() => moveTo(active - page, event.shiftKey));
      case 'Home':
        return perform(() => moveTo(0, event.shiftKey));
      case 'End':
        return perform(() => moveTo(runs.length - 1, event.shiftKey));
      case 'Escape':
        if (selection.ids.size > 0) perform(() => onSelection(NOTHING_SELECTED));
        return;
      case 'Delete':
      case 'Backspace':
        if (onRow) perform(() => remove(chosen));
        return;
      case ' ':
        if (onRow) perform(() => onSelection(toggleOne(selection, id)));
        return;
      case 'F2':
        if (onRow) perform(() => onRenaming(id));
        return;
      case 't':
      case 'T':
        if (onRow) perform(() => onTag(chosen));
        return;
    }
  };

  if (runs.length === 0) return empty;
  const shown = runs.slice(sight.first, sight.end).map((run, at) => ({ run, index: sight.first + at }));
  // The active row stays even out of sight: it holds the focus.
  const activeRun = runs[active];
  if (activeRun && (active < sight.first || active >= sight.end)) shown.push({ run: activeRun, index: active });
  return (
    <ul
      ref={list}
      aria-label={words.list}
      onKeyDown={onKeyDown}
      className="relative"
      style={{ height: runs.length * rowHeight }}
    >
      {shown.map(({ run, index }) => (
        <RunRow
          key={run.id}
          run={run}
          now={now}
          current={run.id === current}
          open={`/?run=${encodeURIComponent(run.id)}`}
          tabbable={index === active}
          renaming={renaming === run.id}
          onRenaming={(on) => {
            wantsFocus.current = !on;
            setActiveId(run.id);
            onRenaming(on ? run.id : null);
          }}
          onRename={(title) => void renameRun(run.id, title)}
          onTag={() => onTag([run.id])}
          onRemove={() => remove([run.id])}
          onFocus={() => setActiveId(run.id)}
          branches={branches.get(run.id)}
          onBranches={() => onBranches(run.id)}
          selection={{
            selected: selection.ids.has(run.id),
            some: selection.ids.size > 0,
            onToggle: () => {
              setActiveId(run.id);
              onSelection(toggleOne(selection, run.id));
            },
            onExtend: () => {
              setActiveId(run.id);
              onSelection(extendTo(selection, order, run.id));
            },
          }}
          place={{ index, of: runs.length }}
          style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
        />
      ))}
    </ul>
  );
}
