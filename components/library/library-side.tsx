'use client';
/**
 * What stands beside the list: tags to filter by, what was deleted lately, the storage, the keys. On a phone the tags are a
 * strip above the list and the rest is a sheet.
 */
import { HardDrive, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { Sheet } from '@/components/ui/sheet';
import { countTags, tagKey } from '@/lib/library';
import { useSession } from '@/lib/session';
import { useCommonWords } from '@/lib/words/common';
import { useLibraryWords } from '@/lib/words/library';
import { StoragePanel } from './storage-panel';

interface SideProps {
  /** Filtered by, all of them. */
  readonly tags: readonly string[];
  readonly onTag: (tag: string) => void;
  readonly onAll: () => void;
  readonly onBin: () => void;
}

const HEADING = 'mb-1.5 px-2.5 text-small font-medium text-ink-faint';

interface LineProps {
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly count: number;
  readonly children: ReactNode;
}

function Line({ pressed, onPress, count, children }: LineProps) {
  const { number } = useCommonWords();
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={classNames(
        'flex h-8 w-full items-center justify-between gap-3 rounded-m px-2.5 text-left text-small',
        pressed ? 'bg-accent-wash font-medium' : 'text-ink-soft hover:bg-hover hover:text-ink',
      )}
    >
      <span className="truncate">{children}</span>
      <span className="text-ink-faint tabular">{number(count)}</span>
    </button>
  );
}

function useTags(tags: readonly string[]) {
  const runs = useSession((state) => state.runs);
  const keys = new Set(tags.map(tagKey));
  const counted = countTags(runs).map((entry) => ({ ...entry, pressed: keys.has(tagKey(entry.tag)) }));
  // A tag that no run has any more can still be let go of.
  const unused = tags.filter((tag) => !counted.some((entry) => tagKey(entry.tag) === tagKey(tag)));
  return { total: runs.length, counted: [...counted, ...unused.map((tag) => ({ tag, count: 0, pressed: true }))] };
}

function BinLine({ onBin }: Pick<SideProps, 'onBin'>) {
  const count = useSession((state) => state.removed.length);
  const words = useLibraryWords().side;
  const { number } = useCommonWords();
  return (
    <button
      type="button"
      onClick={onBin}
      className="flex h-8 w-full items-center gap-2 rounded-m px-2.5 text-small text-ink-soft hover:bg-hover hover:text-ink"
    >
      <Trash2 size={15} aria-hidden />
      <span className="mr-auto">{words.recentlyDeleted}</span>
      <span className="text-ink-faint tabular">{number(count)}</span>
    </button>
  );
}

export function LibrarySide({ tags, onTag, onAll, onBin }: SideProps) {
  const { total, counted } = useTags(tags);
  const words = useLibraryWords().side;
  return (
    <aside
      aria-label={words.label}
      className="flex min-h-0 flex-col gap-6 overflow-y-auto border-r border-line py-5 pr-4 pl-6 max-desk:hidden"
    >
      <div>
        <h2 className={HEADING}>{words.tags}</h2>
        <Line pressed={tags.length === 0} onPress={onAll} count={total}>
          {words.allRuns}
        </Line>
        {counted.map(({ tag, count, pressed }) => (
          <Line key={tagKey(tag)} pressed={pressed} onPress={() => onTag(tag)} count={count}>
            {tag}
          </Line>
        ))}
      </div>
      <BinLine onBin={onBin} />
      <div className="mt-auto">
        <h2 className={HEADING}>{words.storage}</h2>
        <div className="px-2.5">
          <StoragePanel />
        </div>
      </div>
      <details className="px-2.5 text-small text-ink-soft">
        <summary className="font-medium text-ink-faint">{words.keys}</summary>
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
          {words.keyList.map(([keys, does]) => (
            <div key={keys} className="contents">
              <dt>
                <kbd className="font-sans">{keys}</kbd>
              </dt>
              <dd className="text-ink-faint">{does}</dd>
            </div>
          ))}
        </dl>
      </details>
    </aside>
  );
}

export function TagStrip({ tags, onTag, onBin }: SideProps) {
  const { counted } = useTags(tags);
  const words = useLibraryWords().side;
  const [open, setOpen] = useState(false);
  return (
    <div className="-mx-4 flex items-center gap-1.5 overflow-x-auto px-4 desk:hidden">
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex h-8 shrink-0 items-center gap-1.5 rounded-full border border-line-strong px-3 text-small"
      >
        <HardDrive size={14} aria-hidden />
        {words.storage}
      </button>
      {counted.map(({ tag, pressed }) => (
        <button
          key={tagKey(tag)}
          type="button"
          aria-pressed={pressed}
          onClick={() => onTag(tag)}
          className={classNames(
            'h-8 max-w-48 shrink-0 truncate rounded-full border px-3 text-small',
            pressed ? 'border-accent bg-accent-wash font-medium' : 'border-line text-ink-soft',
          )}
        >
          {tag}
        </button>
      ))}
      <Sheet open={open} onOpenChange={setOpen} title={words.storage}>
        <StoragePanel />
        <div className="-mx-2.5 mt-4">
          <BinLine
            onBin={() => {
              setOpen(false);
              onBin();
            }}
          />
        </div>
      </Sheet>
    </div>
  );
}
