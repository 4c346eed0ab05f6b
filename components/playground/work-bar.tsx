'use client';
/**
 * One bar for whatever takes time: parts side by side, each with its name where there is more than one.
 */
import { classNames } from '@/components/ui/class-names';
import type { BarPart, WorkProgress } from './work-progress';

function Part({ part }: { readonly part: BarPart }) {
  const known = part.filled !== null;
  return (
    <div className="h-1 overflow-hidden rounded-full bg-line" style={{ flexGrow: part.share, flexBasis: 0 }}>
      <div
        className={classNames(
          'h-full rounded-full bg-accent',
          known ? 'transition-[width] duration-(--calm)' : 'w-1/3 animate-sweep',
        )}
        style={known ? { width: `${(part.filled ?? 0) * 100}%` } : undefined}
      />
    </div>
  );
}

/** All of the bar as one number for those who hear it; undefined where it is not known. */
function overall(parts: readonly BarPart[]): number | undefined {
  if (parts.length === 1 && parts[0]?.filled === null) return undefined;
  return Math.round(parts.reduce((sum, part) => sum + part.share * (part.filled ?? 0), 0) * 100);
}

export function WorkBar({ work }: { readonly work: WorkProgress }) {
  const several = work.parts.length > 1;
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4 text-small">
        <span className="font-medium">{work.title}</span>
        <span className="tabular text-ink-soft">{work.detail}</span>
      </div>
      <div
        role="progressbar"
        aria-label={work.title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={overall(work.parts)}
        aria-valuetext={work.detail || undefined}
        className="mt-2 flex gap-1"
      >
        {work.parts.map((part) => (
          <Part key={part.name} part={part} />
        ))}
      </div>
      {several ? (
        <div aria-hidden className="mt-1.5 flex gap-1 text-micro text-ink-faint">
          {work.parts.map((part) => (
            <span
              key={part.name}
              className={classNames('min-w-0 whitespace-nowrap', part.filled !== 0 && part.filled !== 1 && 'text-ink')}
              style={{ flexGrow: part.share, flexBasis: 0 }}
            >
              {part.name}
            </span>
          ))}
        </div>
      ) : null}
    </div>
  );
}
