'use client';
/** What tools were used for over a set, and in each part of it: one bar a part, as wide as its share, in the classes' colors. */
import type { ReactNode } from 'react';
import { TOOL_CLASSES, type ToolClass, type ToolMix, type ToolStatistics } from '@/lib/sets';
import { useFormatsWords } from '@/lib/words/formats';
import { useReviewWords } from '@/lib/words/review';

const COLORS: Readonly<Record<ToolClass, string>> = {
  crop: 'var(--turn-1)',
  mark: 'var(--turn-3)',
  numeric: 'var(--turn-2)',
  'other-code': 'var(--turn-6)',
  'image-search': 'var(--turn-4)',
  'text-search': 'var(--turn-5)',
  other: 'var(--line-strong)',
};

const FAULTS = ['execution', 'choice', 'analysis'] as const;

interface ToolMixProps {
  readonly tools: ToolStatistics;
  readonly onKind: (kind: string) => void;
}

export function ToolMixBars({ tools, onKind }: ToolMixProps): ReactNode {
  const { page } = useFormatsWords();
  const words = page.statistics.tools;
  const { named, faults, source } = useReviewWords().tools;
  const used = TOOL_CLASSES.filter((is) => tools.all[is] > 0);
  const told = FAULTS.filter((fault) => tools.faults[fault] > 0);
  return (
    <div className="text-small">
      <ul className="mb-2 flex flex-wrap gap-x-3 gap-y-1">
        {used.map((is) => (
          <li key={is} data-tool-class={is} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2.5 rounded-[2px]" style={{ background: COLORS[is] }} />
            {named[is]} <span className="tabular text-ink-faint">{words.share(tools.all[is], tools.calls)}</span>
          </li>
        ))}
      </ul>
      <Bar mix={tools.all} name={page.statistics.all} />
      {tools.byKind.length > 1
        ? tools.byKind.map(({ kind, mix }) => (
            <button
              key={kind}
              type="button"
              onClick={() => onKind(kind)}
              className="block w-full rounded-s px-1 text-left hover:bg-hover"
            >
              <Bar mix={mix} name={kind || page.filter.noKind} />
            </button>
          ))
        : null}
      <dl className="tabular mt-2 grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5">
        <dt>{words.failed}</dt>
        <dd>{words.share(tools.failed, tools.calls)}</dd>
        <dt>{words.placeholders}</dt>
        <dd data-placeholders={tools.placeholders}>{words.share(tools.placeholders, tools.calls)}</dd>
        {told.map((fault) => (
          <div key={fault} className="contents">
            <dt>{faults[fault]}</dt>
            <dd>{words.runs(tools.faults[fault])}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-micro text-ink-faint">{source}</p>
    </div>
  );
}

function Bar({ mix, name }: { readonly mix: ToolMix; readonly name: string }) {
  const { named } = useReviewWords().tools;
  const used = TOOL_CLASSES.filter((is) => mix[is] > 0);
  return (
    <span className="mb-1.5 block">
      <span className="block truncate">{name}</span>
      <span className="flex h-2 overflow-hidden rounded-full bg-sunken">
        {used.map((is) => (
          <span
            key={is}
            title={`${named[is]}: ${mix[is]}`}
            style={{ flexGrow: mix[is], flexBasis: 0, background: COLORS[is] }}
          />
        ))}
      </span>
    </span>
  );
}
