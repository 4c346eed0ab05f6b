'use client';
/**
 * One recorded run, played once and small, so that a first glance shows what this is: the picture, where the model looks, what it says. A
 * real run of the shipped model over one of the gallery's pictures (public/app/first-run.json, made by e2e/record-first-run.ts).
 * Under reduced motion it stands at its end and is played by a press.
 */
import { ArrowRight, Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { useFirstRunWords } from '@/lib/words/first-run';
import { readFirstRun, type FirstRunFile, type FirstStep } from './first-run-file';
import { GALLERY_BASE, type GalleryPicture } from './gallery-index';

interface FirstRunProps {
  readonly pictures: readonly GalleryPicture[] | null;
  readonly onAsk: (picture: GalleryPicture) => void;
}

/** Milliseconds that a step stays. */
const DWELL = { think: 2200, look: 2400, answer: 1000 } as const satisfies Record<FirstStep['type'], number>;

function useFile(): FirstRunFile | null {
  const [file, setFile] = useState<FirstRunFile | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    fetch('/app/first-run.json', { signal: abort.signal })
      .then((response) => (response.ok ? response.json() : null))
      .then((value: unknown) => setFile(readFirstRun(value)))
      .catch(() => undefined); // the page does without
    return () => abort.abort();
  }, []);
  return file;
}

const stillness = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export function FirstRun({ pictures, onAsk }: FirstRunProps) {
  const file = useFile();
  const picture = pictures?.find(({ id }) => id === file?.picture);
  return file && picture ? <Player file={file} picture={picture} onAsk={() => onAsk(picture)} /> : null;
}

interface PlayerProps {
  readonly file: FirstRunFile;
  readonly picture: GalleryPicture;
  readonly onAsk: () => void;
}

function Player({ file, picture, onAsk }: PlayerProps) {
  const words = useFirstRunWords();
  const last = file.steps.length - 1;
  const [at, setAt] = useState(() => (stillness() ? last : -1));
  const [playing, setPlaying] = useState(() => !stillness());
  const step = file.steps[at];
  useEffect(() => {
    if (!playing || at >= last) return;
    const timer = setTimeout(() => setAt(at + 1), step ? DWELL[step.type] : 1500);
    return () => clearTimeout(timer);
  }, [playing, at, last, step]);
  const ended = at >= last;
  const toggle = () => {
    if (ended) setAt(-1);
    setPlaying(ended || !playing);
  };
  const isPlaying = playing && !ended;
  const box = step?.type === 'look' ? step.box : step?.type === 'think' && at > 0 ? lastLook(file.steps, at) : null;
  const look = file.steps.slice(0, at + 1).findLast((one) => one.type === 'look');
  return (
    <section
      aria-label={words.label}
      data-step={at}
      className="mb-6 grid overflow-hidden rounded-l border border-line bg-surface tablet:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]"
    >
      <div className="relative overflow-hidden bg-sunken" style={{ aspectRatio: picture.width / picture.height }}>
        <img
          src={`${GALLERY_BASE}${picture.image}`}
          alt=""
          width={picture.width}
          height={picture.height}
          decoding="async"
          className="absolute inset-0 size-full transition-transform duration-700 motion-reduce:transition-none"
          style={{ transformOrigin: '0 0', transform: box ? zoomTo(box) : 'none' }}
        />
        {look && !box ? (
          <span
            aria-hidden
            className="absolute border-2 border-(--turn-1) shadow-[0_0_0_1px_rgb(0_0_0/0.4)]"
            style={{
              left: `${100 * look.box.x1}%`,
              top: `${100 * look.box.y1}%`,
              width: `${100 * (look.box.x2 - look.box.x1)}%`,
              height: `${100 * (look.box.y2 - look.box.y1)}%`,
            }}
          />
        ) : null}
      </div>
      <div className="flex flex-col gap-2 p-4">
        <p className="font-serif text-lead">{file.question}</p>
        <ol className="flex min-h-24 flex-col gap-1.5 text-small text-ink-soft">
          {file.steps.slice(0, at + 1).map((one, index) => (
            <li key={index} className={one.type === 'answer' ? 'font-serif text-title text-ink' : ''}>
              {one.type === 'look' ? <Looks label={one.label} /> : one.text}
            </li>
          ))}
        </ol>
        <div className="mt-auto flex flex-wrap items-center gap-2">
          <Button size="small" weight="primary" onClick={onAsk} className="touch:h-11">
            {words.ask}
            <ArrowRight size={15} aria-hidden />
          </Button>
          <IconButton
            label={isPlaying ? words.pause : ended ? words.play : words.goOn}
            onClick={toggle}
            icon={isPlaying ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
            className="touch:size-11"
          />
          <span className="text-micro text-ink-faint">{words.recorded}</span>
        </div>
      </div>
    </section>
  );
}

function Looks({ label }: { readonly label: string }) {
  const words = useFirstRunWords();
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className="size-2 rounded-full bg-(--turn-1)" />
      {words.looks}
      {label === '' ? '' : `: ${label}`}
    </span>
  );
}

type Shares = Extract<FirstStep, { type: 'look' }>['box'];

function lastLook(steps: readonly FirstStep[], at: number): Shares | null {
  const before = steps[at - 1];
  return before?.type === 'look' ? before.box : null;
}

/** So that the box fills two thirds of the frame. */
function zoomTo({ x1, y1, x2, y2 }: Shares): string {
  const scale = Math.min(6, 0.66 / Math.max(x2 - x1, y2 - y1));
  const clamp = (offset: number) => Math.min(0, Math.max(1 - scale, offset));
  const x = clamp(0.5 - (scale * (x1 + x2)) / 2);
  const y = clamp(0.5 - (scale * (y1 + y2)) / 2);
  return `translate(${100 * x}%, ${100 * y}%) scale(${scale})`;
}
