'use client';
/**
 * What all lenses share: a question on top, the figure with one plain sentence over it, Measure with its progress and Stop, the figure as a
 * file, and where the idea comes from, what of it is reconstructed, and what it does not show.
 */
import { ChevronDown, ImageDown, LoaderCircle, Square } from 'lucide-react';
import { useRef, useState, type ReactNode, type RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { useLensesWords } from '@/lib/words/lenses';
import { useMeasurer, type Measure } from './measurer';
import { saveFigure } from './save-figure';

export interface LensFrameProps {
  /** Which lens: the kind under which a run keeps it. */
  readonly lens: string;
  readonly words: {
    readonly name: string;
    readonly paper: string;
    readonly rebuilt: string;
    readonly notShown: string;
  };
  /** What one would like to know. */
  readonly ask: string;
  /** What one sees, in one sentence; null until it was measured. */
  readonly says: string | null;
  readonly measure: Measure;
  /** The figure, and what belongs to it. Its first `svg` is what is saved. Left out until it was measured. */
  readonly children?: ReactNode;
}

/** Nothing where it was not measured, and nobody here can measure. */
export function LensFrame({ lens, words: own, ask, says, measure, children }: LensFrameProps): ReactNode {
  const words = useLensesWords();
  const measurer = useMeasurer();
  const figure = useRef<HTMLDivElement>(null);
  // What was measured before stands open; from then on it is the person's.
  const [open, setOpen] = useState(says !== null);
  if (!measurer && says === null) return null;
  const isBusy = measurer?.busy === lens;
  const problem = measurer?.refused?.lens === lens ? measurer.refused.problem : null;
  return (
    <details
      data-lens={lens}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group border-t border-line"
    >
      <summary className="flex list-none items-baseline gap-2 py-2.5 [&::-webkit-details-marker]:hidden">
        <span className="min-w-0 flex-1">
          <span className="font-serif text-lead font-medium">{own.name}</span>
          <span className="block text-small text-ink-soft">{ask}</span>
        </span>
        <ChevronDown
          size={16}
          aria-hidden
          className="shrink-0 self-center text-ink-faint transition-transform duration-(--quick) group-open:rotate-180"
        />
      </summary>
      <div className="pb-3.5">
        {says === null ? null : (
          <div ref={figure} role="group" aria-label={own.name}>
            <p className="mb-2 font-medium">{says}</p>
            {children}
          </div>
        )}
        {problem ? (
          <p role="alert" className="mb-2 rounded-m bg-caution-wash px-3 py-2 text-small">
            {words.problems[problem]}
          </p>
        ) : null}
        <div className="mt-2 flex flex-wrap items-center gap-2">
          {isBusy ? (
            <>
              <Button size="small" onClick={measurer.stop}>
                <Square size={13} aria-hidden fill="currentColor" />
                {words.stop}
              </Button>
              <Progress progress={measurer.progress} />
            </>
          ) : null}
          {measurer && !isBusy ? (
            <Button
              size="small"
              weight={says === null ? 'primary' : 'outline'}
              disabled={!measurer.can}
              onClick={() => measurer.start(lens, measure)}
            >
              {says === null ? words.measure : words.measureAgain}
            </Button>
          ) : null}
          {says === null ? null : <SaveButtons figure={figure} name={own.name} />}
        </div>
        <dl className="mt-2.5 flex flex-col gap-1 text-micro text-ink-faint">
          {(['paper', 'rebuilt', 'notShown'] as const).map((part) => (
            <div key={part}>
              <dt className="inline font-medium after:content-['_·_']">{words[part]}</dt>
              <dd className="inline">{own[part]}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}

interface SaveButtonsProps {
  readonly figure: RefObject<HTMLElement | null>;
  readonly name: string;
}

function SaveButtons({ figure, name }: SaveButtonsProps) {
  const words = useLensesWords();
  const save = (as: 'svg' | 'png') => {
    const svg = figure.current?.querySelector<SVGSVGElement>('svg');
    if (svg) void saveFigure(svg, name, as);
  };
  return (
    <>
      <Button size="small" weight="quiet" onClick={() => save('svg')}>
        <ImageDown size={15} aria-hidden />
        {words.saveSvg}
      </Button>
      <Button size="small" weight="quiet" onClick={() => save('png')}>
        <ImageDown size={15} aria-hidden />
        {words.savePng}
      </Button>
    </>
  );
}

function Progress({ progress }: { readonly progress: { readonly done: number; readonly of: number } | null }) {
  const words = useLensesWords();
  return (
    <span role="status" className="tabular flex min-w-0 flex-1 items-center gap-2 text-small text-ink-soft">
      {progress ? (
        <progress max={progress.of} value={progress.done} aria-hidden className="h-1 min-w-16 flex-1 accent-accent" />
      ) : (
        <LoaderCircle size={15} aria-hidden className="animate-spin" />
      )}
      {progress ? words.passes(progress.done, progress.of) : words.starting}
    </span>
  );
}
