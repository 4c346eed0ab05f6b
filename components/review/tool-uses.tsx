'use client';
/** What a run used its tools for, one chip a class, and what is wrong with some of it: calls that failed, code that does nothing. */
import type { ReactNode } from 'react';
import { TOOL_CLASSES, toolMixOf, type ToolFault, type ToolUse } from '@/lib/review';
import { useReviewWords } from '@/lib/words/review';

interface ToolUsesProps {
  readonly uses: readonly ToolUse[];
  /** Why the run went wrong, where that can be told. */
  readonly fault: ToolFault | null;
}

const CHIP = 'flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-micro font-medium touch:h-9';

export function ToolUses({ uses, fault }: ToolUsesProps): ReactNode {
  const words = useReviewWords().tools;
  const mix = toolMixOf(uses);
  const failed = uses.filter(({ error }) => error !== null).length;
  const placeholders = uses.filter(({ placeholder }) => placeholder).length;
  return (
    <div>
      <ul aria-label={words.label} title={words.source} className="flex flex-wrap gap-1.5">
        {TOOL_CLASSES.filter((is) => mix[is] > 0).map((is) => (
          <li key={is} data-tool-class={is} className={`${CHIP} border-line text-ink-soft`}>
            {words.named[is]}
            <span className="tabular text-ink-faint">{words.times(mix[is])}</span>
          </li>
        ))}
        {failed > 0 ? (
          <li data-tool-class="failed" className={`${CHIP} border-transparent bg-danger-wash text-danger`}>
            {words.failed(failed)}
          </li>
        ) : null}
        {placeholders > 0 ? (
          <li
            data-tool-class="placeholder"
            title={words.placeholderHint}
            className={`${CHIP} border-transparent bg-caution-wash text-caution`}
          >
            {words.placeholders(placeholders)}
          </li>
        ) : null}
      </ul>
      {fault ? (
        <p data-tool-fault={fault} className="mt-1.5 text-small text-ink-soft">
          {words.faults[fault]}
        </p>
      ) : null}
      <p className="loupe-detail mt-1 text-micro text-ink-faint">{words.source}</p>
    </div>
  );
}
