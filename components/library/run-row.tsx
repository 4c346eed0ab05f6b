'use client';
/**
 * One kept run, in the sheet and on the library's page: open it by pressing, rename it in place, tag it, delete it (which can
 * be undone). Where runs can be selected, a box stands in front. The list decides on place and height.
 */
import { GitBranch, Pencil, Tag, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type SubmitEvent } from 'react';
import { isComposing } from '@/components/ui/composing';
import { IconButton } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { fileSize } from '@/components/ui/numbers';
import type { RunSummary } from '@/lib/library';
import type { Words } from '@/lib/words';
import { RunThumbnail } from './run-thumbnail';
import { useLibraryWords } from '@/lib/words/library';
import { useRunName } from './use-run-name';

interface RunRowProps {
  readonly run: RunSummary;
  readonly current: boolean;
  readonly now: Date;
  /** Where it leads, or what opens it here. */
  readonly open: string | (() => void);
  readonly onRename: (title: string) => void;
  readonly onTag?: () => void;
  readonly onRemove: () => void;
  readonly onFocus?: () => void;
  /** Others of its family; left out where it has none, or is listed for itself. */
  readonly branches?: { readonly count: number; readonly open: boolean } | undefined;
  readonly onBranches?: () => void;
  readonly selection?: {
    readonly selected: boolean;
    /** Some run is: boxes show on all. */
    readonly some: boolean;
    readonly onToggle: () => void;
    readonly onExtend: () => void;
  };
  /** Reached with Tab; the others of its list with arrow keys. */
  readonly tabbable?: boolean;
  readonly renaming?: boolean;
  readonly onRenaming?: (renaming: boolean) => void;
  /** Counted from 0, of all, where the list holds only those in sight; the row is then put in its place by `style`. */
  readonly place?: { readonly index: number; readonly of: number };
  readonly style?: CSSProperties;
}

function statusOf({ status }: RunSummary, current: boolean, words: Words['library']['row']): string | null {
  switch (status) {
    case 'running':
      // Only this tab knows its own; elsewhere it may be going in another tab, or its tab was closed.
      return current ? words.running : words.unfinished;
    case 'done':
      return null;
    case 'stopped':
      return words.stopped;
    case 'failed':
      return words.failed;
  }
}

export function RunRow(props: RunRowProps) {
  const { run, current, now, open, selection, tabbable = true, place } = props;
  const [own, setOwn] = useState(false);
  const renaming = props.renaming ?? own;
  const setRenaming = props.onRenaming ?? setOwn;
  const words = useLibraryWords();
  const name = useRunName()(run);
  const tabIndex = tabbable ? 0 : -1;
  const status = statusOf(run, current, words.row);
  const opener = {
    'data-open': true,
    tabIndex,
    'aria-current': current ? ('true' as const) : undefined,
    // Its own colour: Chromium does not always hand a changed one down to links when the system turns dark.
    className: 'block w-full text-left text-ink outline-offset-0 after:absolute after:inset-0 after:rounded-m',
  };
  const title = (
    <span dir="auto" className={selection ? 'block truncate font-medium' : 'line-clamp-2 font-medium'}>
      {name}
    </span>
  );
  return (
    <li
      data-run={run.id}
      data-index={place?.index}
      onFocus={props.onFocus}
      {...(place && { 'aria-posinset': place.index + 1, 'aria-setsize': place.of })}
      onClickCapture={(event) => {
        if (!event.shiftKey || !selection) return;
        event.preventDefault(); // a browser would open a window
        event.stopPropagation();
        selection.onExtend();
      }}
      style={props.style}
      className={classNames(
        'group flex items-center gap-3 rounded-m px-3 py-2.5 tablet:gap-4',
        place ? 'absolute inset-x-0 top-0' : 'relative',
        selection?.selected ? 'bg-accent-wash' : current ? 'bg-accent-wash/60' : 'hover:bg-hover',
      )}
    >
      {selection ? (
        <input
          type="checkbox"
          aria-label={words.row.select(name)}
          checked={selection.selected}
          tabIndex={tabIndex}
          onChange={selection.onToggle}
          className={classNames(
            'relative z-10 size-4.5 shrink-0 cursor-pointer accent-(--accent) transition-opacity duration-(--quick)',
            !selection.some &&
              'mouse:opacity-0 mouse:group-focus-within:opacity-100 mouse:group-hover:opacity-100 mouse:focus-visible:opacity-100',
          )}
        />
      ) : null}
      <RunThumbnail run={run} />
      <div className="min-w-0 flex-1">
        {renaming ? (
          <RenameForm
            title={name}
            onCancel={() => setRenaming(false)}
            onDone={(title) => {
              if (title && title !== run.title) props.onRename(title);
              setRenaming(false);
            }}
          />
        ) : typeof open === 'string' ? (
          <Link href={open} prefetch={false} {...opener}>
            {title}
          </Link>
        ) : (
          <button type="button" onClick={open} {...opener}>
            {title}
          </button>
        )}
        <p className="truncate font-serif text-ink-soft">{run.answer || <span aria-hidden>–</span>}</p>
        <div className="mt-0.5 flex items-center gap-2 overflow-hidden mask-r-from-[calc(100%-1rem)] text-small whitespace-nowrap text-ink-faint tabular">
          <time dateTime={run.createdAt}>{words.when(run.createdAt, now)}</time>
          <span>{words.looks(run.calls)}</span>
          {selection ? (
            <>
              <span className="max-tablet:hidden">{words.steps(run.steps)}</span>
              <span className="max-tablet:hidden">{fileSize(run.bytes)}</span>
            </>
          ) : null}
          {props.branches ? (
            <button
              type="button"
              tabIndex={tabIndex}
              aria-expanded={props.branches.open}
              onClick={props.onBranches}
              className="relative z-10 inline-flex items-center gap-1 rounded-full bg-sunken px-2 text-ink-soft hover:bg-hover"
            >
              <GitBranch size={12} aria-hidden />
              {words.row.branches(props.branches.count)}
            </button>
          ) : null}
          {status ? <span>{status}</span> : null}
          <TagList tags={run.tags} />
        </div>
      </div>
      {renaming ? null : (
        <div
          className={classNames(
            'z-10 flex shrink-0 transition-opacity duration-(--quick) mouse:opacity-0 mouse:group-focus-within:opacity-100 mouse:group-hover:opacity-100',
            selection
              ? 'max-tablet:hidden'
              : 'touch:-mr-2 mouse:absolute mouse:top-1.5 mouse:right-1.5 mouse:rounded-m mouse:bg-hover',
          )}
        >
          <IconButton
            label={words.row.rename(name)}
            icon={<Pencil size={15} aria-hidden />}
            tabIndex={tabIndex}
            onClick={() => setRenaming(true)}
          />
          {props.onTag ? (
            <IconButton
              label={words.row.tag(name)}
              icon={<Tag size={15} aria-hidden />}
              tabIndex={tabIndex}
              onClick={props.onTag}
            />
          ) : null}
          <IconButton
            label={words.row.delete(name)}
            icon={<Trash2 size={15} aria-hidden />}
            tabIndex={tabIndex}
            onClick={props.onRemove}
          />
        </div>
      )}
    </li>
  );
}

function TagList({ tags }: { readonly tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {tags.map((tag) => (
        <span
          key={tag}
          dir="auto"
          className="max-w-40 truncate rounded-full bg-sunken px-2 text-micro leading-5 text-ink-soft"
        >
          {tag}
        </span>
      ))}
    </span>
  );
}

interface RenameFormProps {
  readonly title: string;
  readonly onDone: (title: string) => void;
  readonly onCancel: () => void;
}

function RenameForm({ title, onDone, onCancel }: RenameFormProps) {
  const words = useLibraryWords().row;
  const [draft, setDraft] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onDone(draft.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation(); // the list's keys rest, the sheet stays open
    if (event.key !== 'Escape' || isComposing(event)) return;
    event.preventDefault();
    onCancel();
  };
  return (
    <form onSubmit={submit} className="relative z-10">
      <input
        ref={field}
        autoFocus
        aria-label={words.name}
        dir="auto"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => onDone(draft.trim())}
        maxLength={200}
        className="h-7 w-full max-w-[40rem] rounded-s border border-line-strong bg-surface px-2"
      />
    </form>
  );
}
