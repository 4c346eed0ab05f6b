'use client';
/**
 * The head of the list: what is in it, words to find, the order, and files to bring in.
 */
import { FileInput, Gauge, Search, X } from 'lucide-react';
import Link from 'next/link';
import { useRef } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { RUN_ORDERS, type RunOrder } from '@/lib/library';
import { countOf } from './run-words';

const ORDER_WORDS = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  title: 'By name',
  steps: 'Most steps first',
  size: 'Largest first',
} as const satisfies Record<RunOrder, string>;

const ORDERS = RUN_ORDERS.map((value) => ({ value, label: ORDER_WORDS[value] }));

interface FindBarProps {
  readonly count: number;
  readonly total: number;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly order: RunOrder;
  readonly onOrder: (order: RunOrder) => void;
  readonly onImport: (files: readonly File[]) => void;
}

export function FindBar({ count, total, words, onWords, order, onOrder, onImport }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className="flex items-baseline gap-3">
        <h1 id="library-heading" className="font-serif text-title font-medium tracking-tight">
          Library
        </h1>
        <p role="status" className="text-small text-ink-faint tabular">
          {count === total
            ? countOf(total, 'run', 'runs')
            : `${count.toLocaleString('en')} of ${countOf(total, 'run', 'runs')}`}
        </p>
        <input
          ref={file}
          type="file"
          accept=".json,.jsonl,.zip,application/json,application/zip,image/*"
          multiple
          hidden
          aria-label="Run files"
          onChange={(event) => {
            onImport([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <Link
          href="/bench"
          className={`${buttonClass('quiet', 'small')} ml-auto self-center hover:bg-hover hover:text-ink`}
        >
          <Gauge size={16} aria-hidden />
          Bench
        </Link>
        <Button size="small" weight="quiet" className="self-center" onClick={() => file.current?.click()}>
          <FileInput size={16} aria-hidden />
          Import
        </Button>
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
            aria-label="Find runs"
            placeholder="Find by words or tag"
            value={words}
            onChange={(event) => onWords(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && words !== '') onWords('');
            }}
            className="h-9 w-full appearance-none rounded-m border border-line-strong bg-surface pr-9 pl-9 text-small [&::-webkit-search-cancel-button]:hidden"
          />
          {words ? (
            <button
              type="button"
              aria-label="Clear"
              onClick={() => {
                onWords('');
                field.current?.focus();
              }}
              className="absolute top-1/2 right-1 grid size-7 -translate-y-1/2 place-items-center rounded-s text-ink-faint hover:text-ink"
            >
              <X size={15} aria-hidden />
            </button>
          ) : null}
        </div>
        <Select
          label="Order"
          value={order}
          options={ORDERS}
          onChange={(value) => onOrder(RUN_ORDERS.find((one) => one === value) ?? 'newest')}
        />
      </div>
    </>
  );
}
