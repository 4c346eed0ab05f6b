/** Where it looked, in numbers and as a histogram of the last looks' IoU. */
import { IOU_BINS, iouHistogram, type BenchResult, type Looks, type Summary } from '@/lib/bench';
import { decimal, percent } from '@/components/ui/numbers';

interface LooksPanelProps {
  readonly summary: Summary;
  readonly results: readonly BenchResult[];
}

export function LooksPanel({ summary, results }: LooksPanelProps) {
  const { looks } = summary;
  const last = results.flatMap(({ tools, callIous }) => (tools ? callIous.slice(-1) : []));
  if (!looks) return null;
  return (
    <section aria-labelledby="looks-heading" className="flex flex-col gap-4">
      <div>
        <h2 id="looks-heading" className="font-serif text-lead font-medium">
          Looks
        </h2>
        <dl className="mt-1.5 grid grid-cols-[1fr_auto] text-small">
          {factsOf(looks).map(([name, value]) => (
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

const factsOf = (looks: Looks): readonly (readonly [string, string])[] => [
  ['Looks a question', decimal(looks.callsPerQuestion)],
  ['Looked where it was needed', `${percent(looks.lookedWhereNeeded)} %`],
  ['Answered without a look where none was needed', `${percent(looks.answeredWithoutCall)} %`],
  ['Mean IoU of looks', decimal(looks.meanIou)],
  ['IoU of the last look', decimal(looks.lastCallIou)],
  ['Tag in the last look, 10 px or more', `${percent(looks.tagInLastCall)} %`],
];

function Histogram({ values }: { readonly values: readonly number[] }) {
  const bins = iouHistogram(values);
  const most = Math.max(...bins);
  const words = bins.map((count, at) => `${at / IOU_BINS} to ${(at + 1) / IOU_BINS}: ${count}`).join('; ');
  return (
    <figure>
      <figcaption className="text-small text-ink-faint">IoU of the last look with the target and its tag</figcaption>
      <div role="img" aria-label={`Histogram. ${words}.`} className="mt-2 flex h-24 items-end gap-1">
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
