/**
 * A training run to look at: a slider over its checkpoints that moves through the same question on the same picture, so that one
 * sees boxes wander and then land, and through the run's curves.
 */
import { Pause, Play } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { stagesOf, type TrainingRecord, type TrainingStep } from '@/lib/learn';
import { useLearnWords } from '@/lib/words/learn';
import { Button } from '@/components/ui/button';
import { decimal, percent } from '@/components/ui/numbers';
import { Select } from '@/components/ui/select';
import { CELL, FIRST_HEAD, HEAD, ROW_HEAD, TableFrame } from '@/components/ui/table-frame';
import { Curve } from './curve';
import { PaperTable } from './paper-table';
import { SceneAt } from './scene-at';
import { StageTable } from './stage-table';
import { sentences } from '@/lib/words/sentences';

/** How long playing stays on a checkpoint, ms. */
const BEAT = 1100;
const ZOOM = 'var(--turn-1)';
const FREE = 'var(--turn-2)';

interface RecordViewProps {
  readonly record: TrainingRecord;
  /** Where the pictures lie, with a slash at the end. */
  readonly picturesUrl: string;
}

export function RecordView({ record, picturesUrl }: RecordViewProps) {
  const { checkpoints, log, scenes } = record;
  const words = useLearnWords().question;
  const [place, setPlace] = useState(checkpoints.length - 1);
  const [asked, setAsked] = useState(() => firstThatLands(record));
  const [playing, setPlaying] = useState(false);
  const slider = useId();
  const checkpoint = checkpoints[place] ?? checkpoints[0];
  const step = checkpoint?.step ?? 0;
  const all = useMemo(
    () => scenes.flatMap((scene, s) => scene.questions.map((question, q) => ({ value: `${s}.${q}`, scene, question }))),
    [scenes],
  );
  const shown = all.find(({ value }) => value === asked) ?? all[0];
  const last = checkpoints.length - 1;
  const going = playing && place < last;

  useEffect(() => {
    if (!going) return;
    const timer = setTimeout(() => setPlace(place + 1), BEAT);
    return () => clearTimeout(timer);
  }, [going, place]);

  const play = () => {
    if (!going && place === last) setPlace(0);
    setPlaying(!going);
  };

  return (
    <div className="flex flex-col gap-12">
      <section aria-labelledby="scene-heading" className="flex flex-col gap-4">
        <h2 id="scene-heading" className="font-serif text-title tracking-tight">
          {words.heading}
        </h2>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <Select
            label={words.choose}
            value={shown?.value ?? ''}
            options={all.map(({ value, question }, i) => ({ value, label: `${i + 1}. ${question.question}` }))}
            onChange={setAsked}
          />
          <div className="flex min-w-64 flex-1 items-center gap-3">
            <Button size="small" weight="outline" onClick={play}>
              {going ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
              {going ? words.pause : words.play}
            </Button>
            <label htmlFor={slider} className="sr-only">
              {words.checkpoint}
            </label>
            <input
              id={slider}
              type="range"
              min={0}
              max={last}
              value={place}
              aria-valuetext={words.stepSaid(step)}
              onChange={(event) => {
                setPlaying(false);
                setPlace(Number(event.target.value));
              }}
              className="h-6 min-w-0 flex-1 accent-(--accent)"
            />
            <output htmlFor={slider} className="w-20 text-right text-small text-ink-soft tabular">
              {words.step(step)}
            </output>
          </div>
        </div>
        {shown ? <SceneAt scene={shown.scene} question={shown.question} step={step} picturesUrl={picturesUrl} /> : null}
        <p className="text-small text-ink-faint">{words.boxes}</p>
      </section>
      <Curves log={log} at={step} />
      <div className="grid grid-cols-1 gap-x-10 gap-y-12 desk:grid-cols-2">
        <StageTable spans={stagesOf(log)} />
        <PaperTable checkpoints={checkpoints} />
      </div>
      <Tested record={record} at={step} />
    </div>
  );
}

function Curves({ log, at }: { readonly log: readonly TrainingStep[]; readonly at: number }) {
  const words = useLearnWords().curves;
  const named: Readonly<Record<number, string>> = words.levels;
  const steps = log.map(({ step }) => step);
  const column = (key: keyof TrainingStep) => log.map((line) => line[key] ?? null);
  const levels = log
    .filter((line, i) => line.level !== log[i - 1]?.level)
    .map(({ step, level }) => ({ step, name: named[level] ?? '' }));
  const grown = levels.map(({ step, name }) => words.levelFrom(name, step)).join(', ');
  const common = { steps, levels, at };
  const most = (keys: readonly (keyof TrainingStep)[]) =>
    Math.max(1, ...keys.flatMap(column).map((value) => value ?? 0));
  return (
    <section aria-labelledby="curves-heading" className="flex flex-col gap-4">
      <div>
        <h2 id="curves-heading" className="font-serif text-title tracking-tight">
          {words.heading}
        </h2>
        <p className="mt-1 text-small text-ink-soft">
          {sentences(words.about, levels.length > 1 ? words.scenesGrew(grown) : words.scenesOf(levels[0]?.name ?? ''))}
        </p>
      </div>
      <div className="grid grid-cols-1 gap-x-10 gap-y-8 tablet:grid-cols-2 wide:grid-cols-3">
        <Curve
          {...common}
          title={words.rightAnswers}
          most={1}
          write={inHundred}
          series={[
            { name: words.zoomNeeded, color: ZOOM, values: column('zoomAccuracy') },
            { name: words.notNeeded, color: FREE, values: column('freeAccuracy') },
          ]}
        />
        <Curve
          {...common}
          title={words.looks}
          most={most(['calls', 'freeCalls'])}
          write={decimal}
          series={[
            { name: words.zoomNeeded, color: ZOOM, values: column('calls') },
            { name: words.notNeeded, color: FREE, values: column('freeCalls') },
          ]}
        />
        <Curve
          {...common}
          title={words.whereLooksLand}
          most={1}
          write={decimal}
          series={[
            { name: words.tagInCrop, color: 'var(--turn-3)', values: column('hit') },
            { name: words.iou, color: 'var(--accent)', values: column('iou') },
          ]}
        />
        <Curve
          {...common}
          title={words.reward}
          most={2}
          write={decimal}
          series={[{ name: words.mean, color: 'var(--accent)', values: column('reward') }]}
        />
        <Curve
          {...common}
          title={words.tokens}
          most={most(['tokens'])}
          write={(value) => value.toFixed(0)}
          series={[{ name: words.written, color: 'var(--accent)', values: column('tokens') }]}
        />
        <Curve
          {...common}
          title={words.withoutLook}
          most={1}
          write={inHundred}
          series={[{ name: words.zoomNotNeeded, color: FREE, values: column('answeredWithoutCall') }]}
        />
      </div>
    </section>
  );
}

function Tested({ record: { checkpoints }, at }: { readonly record: TrainingRecord; readonly at: number }) {
  const words = useLearnWords().tested;
  return (
    <TableFrame title={words.title} note={words.note(checkpoints[0]?.n ?? 0)}>
      <thead>
        <tr>
          <th scope="col" className={FIRST_HEAD}>
            {words.step}
          </th>
          {words.heads.map((name) => (
            <th key={name} scope="col" className={HEAD}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {checkpoints.map((one) => (
          <tr key={one.step} className={one.step === at ? 'bg-accent-wash' : ''}>
            <th scope="row" className={`${ROW_HEAD} font-normal tabular`}>
              {one.step}
            </th>
            {[one.accuracy, one.zoomAccuracy, one.freeAccuracy, one.hit].map((value, i) => (
              <td key={i} className={CELL}>
                {percent(value)}
              </td>
            ))}
            {[one.iou, one.calls, one.freeCalls].map((value, i) => (
              <td key={i} className={CELL}>
                {decimal(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

/** Of a running mean, which has no tenths to speak of. */
const inHundred = (share: number): string => `${Math.round(100 * share)} %`;

/** The first question that is missed at the start and found at the end: what the page is about. */
function firstThatLands({ scenes }: TrainingRecord): string {
  const places = scenes.flatMap((scene, s) => scene.questions.map((question, q) => ({ question, value: `${s}.${q}` })));
  const lands = places.find(
    ({ question }) => question.needsZoom && !question.runs[0]?.hit && question.runs.at(-1)?.right,
  );
  return (lands ?? places.find(({ question }) => question.needsZoom) ?? places[0])?.value ?? '';
}
