'use client';
/**
 * What can be done with the selected runs; it stands over the end of the list, where a thumb reaches it.
 */
import { Columns2, Download, FileOutput, Pencil, Tag, Trash2, X } from 'lucide-react';
import Link from 'next/link';
import { classNames } from '@/components/ui/class-names';
import { RichText } from '@/components/ui/rich-text';
import { useLibraryWords } from '@/lib/words/library';
import { Button, buttonClass, IconButton } from '@/components/ui/button';

interface SelectionBarProps {
  readonly count: number;
  readonly of: number;
  readonly onAll: () => void;
  readonly onNone: () => void;
  readonly onTag: () => void;
  /** Where two that are selected are laid side by side; null where it is another number. */
  readonly compare: string | null;
  /** Of the one that is selected alone. */
  readonly onRename: () => void;
  readonly onExport: () => void;
  /** In another format. */
  readonly onExportAs: () => void;
  readonly onRemove: () => void;
}

export function SelectionBar({
  count,
  of,
  onAll,
  onNone,
  onTag,
  compare,
  onRename,
  onExport,
  onExportAs,
  onRemove,
}: SelectionBarProps) {
  const words = useLibraryWords().selection;
  if (count === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label={words.label}
      className="pointer-events-auto flex max-w-full items-center gap-1 rounded-m border border-line bg-raised py-1.5 pr-1.5 pl-4 shadow-2"
    >
      <span className="mr-1 text-small font-medium whitespace-nowrap tabular">{words.selected(count)}</span>
      {count < of ? (
        <Button size="small" weight="quiet" onClick={onAll} className="max-tablet:px-2">
          <RichText
            text={words.all(of)}
            parts={{ count: (number) => <span className="max-tablet:sr-only">{number}</span> }}
          />
        </Button>
      ) : null}
      <span aria-hidden className="mx-1 h-5 w-px bg-line" />
      {count === 1 ? (
        <Button size="small" weight="quiet" onClick={onRename} className="max-tablet:px-2">
          <Pencil size={16} aria-hidden />
          <span className="max-tablet:sr-only">{words.rename}</span>
        </Button>
      ) : null}
      {compare === null ? null : (
        <Link href={compare} prefetch={false} className={classNames(buttonClass('quiet', 'small'), 'max-tablet:px-2')}>
          <Columns2 size={16} aria-hidden />
          <span className="max-tablet:sr-only">{words.compare}</span>
        </Link>
      )}
      <Button size="small" weight="quiet" onClick={onTag} className="max-tablet:px-2">
        <Tag size={16} aria-hidden />
        <span className="max-tablet:sr-only">{words.tag}</span>
      </Button>
      <Button size="small" weight="quiet" onClick={onExport} className="max-tablet:px-2">
        <Download size={16} aria-hidden />
        <span className="max-tablet:sr-only">{words.export}</span>
      </Button>
      <IconButton
        label={words.exportAs}
        icon={<FileOutput size={16} aria-hidden />}
        onClick={onExportAs}
        className="size-8"
      />
      <Button size="small" weight="quiet" onClick={onRemove} className="max-tablet:px-2">
        <Trash2 size={16} aria-hidden />
        <span className="max-tablet:sr-only">{words.delete}</span>
      </Button>
      <IconButton label={words.none} icon={<X size={16} aria-hidden />} onClick={onNone} className="size-8" />
    </div>
  );
}
