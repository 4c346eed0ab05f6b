/** Where it looked, in numbers and as a histogram of the last looks' IoU, and how it says what is there. */
import { IOU_BINS, iouHistogram, type BenchResult, type Summary } from '@/lib/bench';
import { decimal, percent } from './words';

interface LooksPanelProps {
  readonly summary: Summary;
  readonly results: readonly BenchResult[];
}

export function LooksPanel({ summary, results }: LooksPanelProps) {
  const { looks, withTools, without } = summary;
  const existence = withTools?.existence ?? without?.existence ?? null;
  const last = results.flatMap(({ tools, callIous }) => (tools ? callIous.slice(-1) : []));
  return (
    <section aria-labelledby="looks-heading" className="flex flex-col gap-4">
      <h2 id="looks-heading" className="font-serif text-lead font-medium">
        Looks
      </h2>
      {looks ? (
        <>
          <Facts
            facts={[
              ['Looks a question', decimal(looks.callsPerQuestion)],
              ['Looked where it was needed', `${percent(looks.lookedWhereNeeded)} %`],
              ['Answered without a look where none was needed', `${percent(looks.answeredWithoutCall)} %`],
              ['Mean IoU of looks', decimal(looks.meanIou)],
              ['IoU of the last look', decimal(looks.lastCallIou)],
              ['Tag in the last look, 10 px or more', `${percent(looks.tagInLastCall)} %`],
            ]}
          />
          {last.length > 0 ? <Histogram values={last} /> : null}
        </>
      ) : null}
      <Facts
        facts={[
          [
            'Tokens a question, with tools · without',
            pair(withTools?.tokensPerQuestion, without?.tokensPerQuestion, 1),
          ],
          [
            'Seconds a question, with tools · without',
            pair(withTools?.secondsPerQuestion, without?.secondsPerQuestion, 2),
          ],
          ...(existence
            ? ([
                ['“Is it there?” accuracy · F1', `${percent(existence.accuracy)} % · ${percent(existence.f1)} %`],
                ['Precision · recall', `${percent(existence.precision)} % · ${percent(existence.recall)} %`],
                ['Says yes', `${percent(existence.yesRatio)} %`],
              ] as const)
            : []),
        ]}
      />
    </section>
  );
}

const pair = (a: number | null | undefined, b: number | null | undefined, digits: number): string =>
  `${decimal(a, digits)} · ${decimal(b, digits)}`;

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] text-small">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="border-b border-line py-1.5 pr-3 text-ink-soft">{name}</dt>
          <dd className="border-b border-line py-1.5 text-right tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

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
