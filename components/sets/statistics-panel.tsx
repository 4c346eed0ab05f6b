'use client';
/** A set in numbers: of the rows that are shown. What is a part of it narrows the table when it is pressed. */
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import type { SetRow } from '@/lib/formats';
import { dynamicsOf, statisticsOf, type Histogram, type Share } from '@/lib/sets';
import { useFormatsWords } from '@/lib/words/formats';
import type { SetFilter } from './arrange-rows';
import { ToolMixBars } from './tool-mix';
import { DynamicsCurves } from './dynamics-curves';

interface StatisticsPanelProps {
  readonly rows: readonly SetRow[];
  readonly onFilter: (patch: Partial<SetFilter>) => void;
}

export function StatisticsPanel({ rows: shown, onFilter }: StatisticsPanelProps) {
  // The table first.
  const rows = useDeferredValue(shown);
  const { page } = useFormatsWords();
  const { statistics: words } = page;
  const facts = useMemo(() => rows.flatMap((row) => (row.problem === undefined ? [row.facts] : [])), [rows]);
  const made = useMemo(() => statisticsOf(facts), [facts]);
  const dynamics = useMemo(() => dynamicsOf(facts), [facts]);
  const { mean } = made;
  const outcomes: Readonly<Record<string, string>> = page.outcomes;
  return (
    <aside
      aria-labelledby="statistics-heading"
      className="min-h-0 overflow-y-auto overscroll-contain border-line bg-surface px-5 py-4 max-desk:border-t max-desk:max-h-[45dvh] desk:border-l"
    >
      <h2 id="statistics-heading" className="font-serif text-lead font-medium">
        {words.title}
      </h2>
      <p className="tabular text-small text-ink-faint">{words.of(facts.length)}</p>
      {made.all.n > 0 ? (
        <Part title={words.accuracy}>
          <Accuracy name={words.all} share={made.all} strong />
          {made.byKind.length > 1
            ? made.byKind.map(({ kind, share }) => (
                <Accuracy
                  key={kind}
                  name={kind || page.filter.noKind}
                  share={share}
                  onPress={() => onFilter({ kind })}
                />
              ))
            : null}
        </Part>
      ) : null}
      <Part title={words.means}>
        <dl className="tabular grid grid-cols-3 gap-2 text-small">
          <Mean name={words.meanCalls} value={mean.calls} />
          <Mean name={words.meanIou} value={mean.bestIou} />
          <Mean name={words.meanReward} value={mean.reward} />
        </dl>
      </Part>
      <Part title={words.calls}>
        <Bars
          histogram={made.calls}
          name={(at) => String(made.calls.edges[at] ?? at)}
          onPress={(at) => onFilter({ calls: at })}
        />
      </Part>
      {made.iou ? (
        <Part title={words.iou}>
          <Bars histogram={made.iou} name={(at) => (made.iou?.edges[at] ?? 0).toFixed(1)} />
        </Part>
      ) : null}
      <Part title={made.lengths.unit === 'tokens' ? words.tokens : words.characters}>
        <Bars histogram={made.lengths.histogram} name={(at) => String(made.lengths.histogram.edges[at] ?? '')} sparse />
      </Part>
      <Part title={words.outcomes}>
        <ul className="flex flex-col gap-1 text-small">
          {made.outcomes.map(({ outcome, runs }) => (
            <li key={outcome}>
              <button
                type="button"
                onClick={() => onFilter({ outcome })}
                className="flex w-full justify-between gap-3 rounded-s px-1 text-left hover:bg-hover"
              >
                <span>{outcomes[outcome]}</span>
                <span className="tabular text-ink-faint">{runs}</span>
              </button>
            </li>
          ))}
        </ul>
      </Part>
      {made.tools ? (
        <Part title={words.tools.title}>
          <ToolMixBars tools={made.tools} onKind={(kind) => onFilter({ kind })} />
        </Part>
      ) : null}
      {dynamics.length > 1 ? (
        <Part title={words.dynamics}>
          <DynamicsCurves points={dynamics} onStep={(step) => onFilter({ step })} />
        </Part>
      ) : null}
    </aside>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mt-5">
      <h3 className="mb-1.5 text-small font-medium text-ink-soft">{title}</h3>
      {children}
    </section>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

interface AccuracyProps {
  readonly name: string;
  readonly share: Share;
  readonly strong?: boolean;
  readonly onPress?: () => void;
}

/** A point in its interval, on a line from 0 to 1. */
function Accuracy({ name, share: { n, right, accuracy, interval }, strong = false, onPress }: AccuracyProps) {
  const { page } = useFormatsWords();
  const { statistics: words } = page;
  if (accuracy === null || !interval) return null;
  const about = `${words.share(right, n)}, ${words.interval(percent(interval[0]), percent(interval[1]))}`;
  const content = (
    <>
      <span className="flex items-baseline justify-between gap-3">
        <span className="truncate">{name}</span>
        <span className={strong ? 'tabular font-serif text-lead' : 'tabular'}>{percent(accuracy)}</span>
      </span>
      <span aria-hidden className="relative mt-1 mb-2 block h-1.5 rounded-full bg-sunken">
        <span
          className="absolute inset-y-0 rounded-full bg-accent opacity-30"
          style={{ left: `${interval[0] * 100}%`, right: `${(1 - interval[1]) * 100}%` }}
        />
        <span
          className="absolute -inset-y-0.5 w-1 -translate-x-1/2 rounded-full bg-accent"
          style={{ left: `${accuracy * 100}%` }}
        />
      </span>
      <span className="sr-only">{about}</span>
    </>
  );
  if (!onPress) {
    return (
      <div title={about} className="px-1 text-small">
        {content}
      </div>
    );
  }
  return (
    <button
      type="button"
      title={about}
      onClick={onPress}
      className="block w-full rounded-s px-1 text-left text-small hover:bg-hover"
    >
      {content}
    </button>
  );
}

function Mean({ name, value }: { readonly name: string; readonly value: number | null }) {
  return (
    <div className="flex flex-col">
      <dt className="order-2 text-ink-faint">{name}</dt>
      <dd className="text-body">{value === null ? '–' : value.toFixed(2)}</dd>
    </div>
  );
}

interface BarsProps {
  readonly histogram: Histogram;
  readonly name: (at: number) => string;
  /** Only the first and the last edge are written. */
  readonly sparse?: boolean;
  readonly onPress?: (at: number) => void;
}

function Bars({ histogram: { counts }, name, sparse = false, onPress }: BarsProps) {
  const most = counts.reduce((top, count) => Math.max(top, count), 1);
  return (
    <ol className="flex h-20 items-stretch gap-0.5">
      {counts.map((count, at) => {
        const bar = (
          <>
            <span className="flex flex-1 items-end">
              <span
                aria-hidden
                className="block w-full rounded-t-[2px] bg-accent opacity-70"
                style={{ height: `${(count / most) * 100}%`, minHeight: count > 0 ? 2 : 0 }}
              />
            </span>
            <span className="tabular h-4 text-center text-micro text-ink-faint">
              {sparse && at > 0 && at < counts.length - 1 ? '' : name(at)}
            </span>
          </>
        );
        const title = `${name(at)}: ${count}`;
        return (
          <li key={at} className="flex min-w-0 flex-1">
            {onPress && count > 0 ? (
              <button
                type="button"
                title={title}
                aria-label={title}
                onClick={() => onPress(at)}
                className="flex min-w-0 flex-1 flex-col rounded-s hover:bg-hover"
              >
                {bar}
              </button>
            ) : (
              <span title={title} className="flex min-w-0 flex-1 flex-col">
                {bar}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
