'use client';
/**
 * The head of the list: what is in it, words to find, the order, and files to bring in.
 */
import { Download, FileInput, Gauge, Search, X } from 'lucide-react';
import Link from 'next/link';
import { useRef } from 'react';
import { isComposing } from '@/components/ui/composing';
import { Button, buttonClass } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { RUN_ORDERS, type RunOrder } from '@/lib/library';
import { useLibraryWords } from '@/lib/words/library';

interface FindBarProps {
  readonly count: number;
  readonly total: number;
  readonly sought: string;
  readonly onSought: (sought: string) => void;
  readonly order: RunOrder;
  readonly onOrder: (order: RunOrder) => void;
  /** All that are listed. */
  readonly onExport: () => void;
  readonly onImport: (files: readonly File[]) => void;
}

export function FindBar({ count, total, sought, onSought, order, onOrder, onExport, onImport }: FindBarProps) {
  const words = useLibraryWords();
  const field = useRef<HTMLInputElement>(null);
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h1 id="library-heading" className="font-serif text-title font-medium tracking-tight">
          {words.title}
        </h1>
        <p role="status" className="text-small whitespace-nowrap text-ink-faint tabular">
          {count === total ? words.runs(total) : words.runsOf(count, total)}
        </p>
        <input
          ref={file}
          type="file"
          accept=".json,.jsonl,.zip,application/json,application/zip,image/*"
          multiple
          hidden
          aria-label={words.find.runFiles}
          onChange={(event) => {
            onImport([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <div className="-mr-2.5 ml-auto flex self-center">
          <Link href="/bench" className={`${buttonClass('quiet', 'small')} hover:bg-hover hover:text-ink`}>
            <Gauge size={16} aria-hidden />
            {words.bench}
          </Link>
          <Button size="small" weight="quiet" onClick={() => file.current?.click()}>
            <FileInput size={16} aria-hidden />
            {words.find.import}
          </Button>
          <Button size="small" weight="quiet" disabled={count === 0} onClick={onExport}>
            <Download size={16} aria-hidden />
            {words.find.export}
          </Button>
        </div>
      </div>
      <div className="flex gap-2">
        <div className="relative min-w-0 flex-1">
          <Search
            size={16}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-faint"
          />
          <input
            ref={field}
            type="search"
            aria-label={words.find.label}
            dir="auto"
            placeholder={words.find.placeholder}
            value={sought}
            onChange={(event) => onSought(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && sought !== '' && !isComposing(event)) onSought('');
            }}
            className="h-9 w-full appearance-none rounded-m border border-line-strong bg-surface pr-9 pl-9 text-small [&::-webkit-search-cancel-button]:hidden"
          />
          {sought ? (
            <button
              type="button"
              aria-label={words.find.clear}
              onClick={() => {
                onSought('');
                field.current?.focus();
              }}
              className="absolute top-1/2 right-1 grid size-7 -translate-y-1/2 place-items-center rounded-s text-ink-faint hover:text-ink"
            >
              <X size={15} aria-hidden />
            </button>
          ) : null}
        </div>
        <Select
          label={words.find.order}
          value={order}
          options={RUN_ORDERS.map((one) => ({ value: one, label: words.find.orders[one] }))}
          onChange={(value) => onOrder(RUN_ORDERS.find((one) => one === value) ?? 'newest')}
        />
      </div>
    </>
  );
}
