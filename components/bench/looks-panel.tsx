/** Where it looked, in numbers and as a histogram of the last looks' IoU. */
import { IOU_BINS, iouHistogram, type BenchResult, type Looks, type Summary } from '@/lib/bench';
import { useBenchWords } from '@/lib/words/bench';
import type { Words } from '@/lib/words';
import { decimal, percent } from '@/components/ui/numbers';

interface LooksPanelProps {
  readonly summary: Summary;
  readonly results: readonly BenchResult[];
}

export function LooksPanel({ summary, results }: LooksPanelProps) {
  const words = useBenchWords().looks;
  const { looks } = summary;
  const last = results.flatMap(({ tools, callIous }) => (tools ? callIous.slice(-1) : []));
  if (!looks) return null;
  return (
    <section aria-labelledby="looks-heading" className="flex flex-col gap-4">
      <div>
        <h2 id="looks-heading" className="font-serif text-lead font-medium">
          {words.title}
        </h2>
        <dl className="mt-1.5 grid grid-cols-[1fr_auto] text-small">
          {factsOf(looks, words).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="border-b border-line py-1.5 pr-3 text-ink-soft">{name}</dt>
              <dd className="border-b border-line py-1.5 text-right tabular">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {last.length > 0 ? <Histogram values={last} /> : null}
    </section>
  );
}

const factsOf = (looks: Looks, words: Words['bench']['looks']): readonly (readonly [string, string])[] => [
  [words.perQuestion, decimal(looks.callsPerQuestion)],
  [words.whereNeeded, `${percent(looks.lookedWhereNeeded)} %`],
  [words.withoutCall, `${percent(looks.answeredWithoutCall)} %`],
  [words.meanIou, decimal(looks.meanIou)],
  [words.lastIou, decimal(looks.lastCallIou)],
  [words.tagInLast, `${percent(looks.tagInLastCall)} %`],
];

function Histogram({ values }: { readonly values: readonly number[] }) {
  const words = useBenchWords().looks;
  const bins = iouHistogram(values);
  const most = Math.max(...bins);
  const said = bins.map((count, at) => words.bin(at / IOU_BINS, (at + 1) / IOU_BINS, count)).join('; ');
  return (
    <figure>
      <figcaption className="text-small text-ink-faint">{words.histogram}</figcaption>
      <div role="img" aria-label={words.histogramSaid(said)} className="mt-2 flex h-24 items-end gap-1">
        {bins.map((count, at) => (
          <div key={at} className="flex h-full flex-1 flex-col items-center justify-end gap-0.5">
            <span className="text-micro text-ink-faint tabular">{count || ''}</span>
            <div
              className="w-full rounded-t-s bg-accent"
              style={{ height: `${(70 * count) / most}%`, minHeight: count > 0 ? '2px' : '0' }}
            />
          </div>
        ))}
      </div>
      <div
        aria-hidden
        className="flex justify-between border-t border-line-strong pt-0.5 text-micro text-ink-faint tabular"
      >
        <span>0</span>
        <span>0.5</span>
        <span>1</span>
      </div>
    </figure>
  );
}
