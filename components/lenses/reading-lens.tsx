'use client';
/** What a reading rests on: the pixels that decide it in each picture, and what nudges along that direction do beside nudges of chance. */
import { useId, useMemo, useState, type ReactNode } from 'react';
import { measureReading } from '@/lib/lenses';
import {
  CELLS,
  predictedDivergence,
  readHeat,
  readingSchema,
  readLens,
  toKept,
  triedAt,
  type Reading,
} from '@/lib/review/lenses';
import type { Trajectory } from '@/lib/trajectory';
import { useLensesWords } from '@/lib/words/lenses';
import { LensFrame } from './lens-frame';
import type { Measure } from './measurer';
import { drawNudge, useModelSight } from './model-sight';
import { NudgeChart } from './nudge-chart';

const KIND = 'reading';

const measure: Measure = async (means) => toKept(KIND, await measureReading(means.run, means));

export function ReadingLens({ run }: { readonly run: Trajectory }): ReactNode {
  const { reading: words } = useLensesWords();
  const reading = useMemo(() => readLens(run, KIND, readingSchema), [run]);
  const says = (made: Reading) =>
    words.says(made.options[0]?.text.trim() ?? '', made.nudged === 0 ? words.overview : words.crop(made.nudged));
  return (
    <LensFrame lens={KIND} words={words} ask={words.ask} says={reading && says(reading)} measure={measure}>
      {reading ? <Figure run={run} reading={reading} /> : null}
    </LensFrame>
  );
}

const WIDTH = 440;
const GAP = 8;
/** The largest number of a nudge as it is drawn, of 127. */
const VISIBLE = 110;

function Figure({ run, reading }: { readonly run: Trajectory; readonly reading: Reading }) {
  const { reading: words } = useLensesWords();
  const { pictures, options } = reading;
  const sight = useModelSight(
    run,
    pictures.map(({ picture }) => picture),
  );
  const side = Math.min(200, (WIDTH - GAP * (pictures.length - 1)) / pictures.length);
  const name = (at: number) => (at === 0 ? words.overviewLabel : words.cropLabel(at));
  const list = options.slice(1, 4).map(({ text, probability }) => words.option(text, probability));
  return (
    <>
      <svg
        role="img"
        aria-label={pictures.map(({ values }, at) => `${name(at)}: ${words.sensitivity(values[0] ?? 0)}`).join('. ')}
        viewBox={`0 0 ${WIDTH} ${side + 34}`}
        className="w-full font-sans"
      >
        {pictures.map(({ picture, values, heat }, at) => (
          <g key={picture} transform={`translate(${at * (side + GAP)} 0)`}>
            <title>{`${name(at)}: ${words.sensitivity(values[0] ?? 0)}`}</title>
            <Sight address={sight.get(picture)} heat={heat} side={side} isMain={at === reading.nudged} />
            <text x={0} y={side + 14} fontSize={11} fontWeight={600} fill="var(--ink)">
              {name(at)}
            </text>
            <text x={0} y={side + 28} fontSize={11} fill="var(--ink-faint)">
              {words.sensitivity(values[0] ?? 0)}
            </text>
          </g>
        ))}
      </svg>
      <p className="text-micro text-ink-faint">{words.pictures}</p>
      {list.length > 0 ? (
        <p className="mt-1 text-small" dir="auto">
          {words.options(list.join(', '))}
        </p>
      ) : null}
      <Nudges reading={reading} picture={sight.get(pictures[reading.nudged]?.picture ?? '')} />
    </>
  );
}

/** A picture under its heat. */
function Sight({
  address,
  heat,
  side,
  isMain,
}: {
  readonly address: string | undefined;
  readonly heat: string;
  readonly side: number;
  readonly isMain: boolean;
}) {
  const values = useMemo(() => readHeat(heat), [heat]);
  const cell = side / CELLS;
  return (
    <>
      <rect width={side} height={side} fill="var(--sunken)" />
      {address ? <image href={address} width={side} height={side} preserveAspectRatio="none" /> : null}
      <rect width={side} height={side} fill="black" fillOpacity={0.45} />
      {values.map((value, at) =>
        value < 0.12 ? null : (
          <rect
            key={at}
            x={(at % CELLS) * cell}
            y={Math.floor(at / CELLS) * cell}
            width={cell + 0.2}
            height={cell + 0.2}
            fill={value > 0.6 ? '#ffe08a' : '#ff9f43'}
            fillOpacity={value * 0.85}
          />
        ),
      )}
      <rect
        width={side}
        height={side}
        fill="none"
        stroke={isMain ? 'var(--accent)' : 'var(--line)'}
        strokeWidth={isMain ? 2.5 : 1}
      />
    </>
  );
}

function Nudges({ reading, picture }: { readonly reading: Reading; readonly picture: string | undefined }) {
  const { reading: words } = useLensesWords();
  const { along, random, flips, pictures, nudged, options, direction, side, scale } = reading;
  const values = pictures[nudged]?.values ?? [];
  const slider = useId();
  const [at, setAt] = useState(2);
  const epsilon = along[at]?.epsilon ?? 0;
  const [there, chance] = [triedAt(along, epsilon), triedAt(random, epsilon)];
  // What is added is far below one step of a pixel: as many times as it takes to be seen.
  const times = Math.max(1, Math.round(VISIBLE / (scale * epsilon)));
  const added = useMemo(
    () => drawNudge(direction, side, scale, times * epsilon),
    [direction, side, scale, times, epsilon],
  );
  if (!there) return null;
  const read = options[there.best]?.text.trim() ?? '';
  return (
    <div className="mt-3">
      <p className="text-small font-medium">{words.chart}</p>
      <NudgeChart reading={reading} epsilon={epsilon} />
      <div className="mt-1 flex items-center gap-3 text-small">
        <label htmlFor={slider}>{words.nudge}</label>
        <input
          id={slider}
          type="range"
          min={0}
          max={along.length - 1}
          step={1}
          value={at}
          aria-valuetext={words.at(epsilon)}
          onChange={(event) => setAt(Number(event.target.value))}
          className="min-h-11 min-w-0 flex-1 accent-accent"
        />
        <output htmlFor={slider} className="tabular w-20 text-end">
          {words.at(epsilon)}
        </output>
      </div>
      <div className="flex gap-3">
        {picture && added ? (
          <figure className="w-28 shrink-0">
            {/* Drawn here, of bytes of the run: nothing is fetched. */}
            <img
              src={added}
              alt={words.difference(times)}
              className="aspect-square w-full rounded-s border border-line"
            />
            <figcaption className="text-micro text-ink-faint">{words.difference(times)}</figcaption>
          </figure>
        ) : null}
        <div className="tabular min-w-0 text-small" role="status">
          <p>{words.measured(there.kl, predictedDivergence({ values }, epsilon), chance?.kl ?? 0)}</p>
          {there.best === 0 ? null : <p>{words.reads(read)}</p>}
          <p className="mt-1 font-medium">{words.flips(flips.along, flips.random)}</p>
          <p className="mt-1 text-ink-soft">{words.doubt(values[0] ?? 0, 1 - (options[0]?.probability ?? 1))}</p>
        </div>
      </div>
    </div>
  );
}
