'use client';
/** What is open and how it is read: the name, how many rows, what is the same of all of them, which pictures are missing, whether it is kept. */
import { BarChart3, Columns2, Download, FolderSync, ImageOff, Save, Share2, SlidersHorizontal, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useExporting } from '@/components/export';
import { lazyView } from '@/components/ui/lazy-view';
import { wantedKey, type PictureName, type SetRow } from '@/lib/formats';
import { say } from '@/lib/words';
import { useFormatsWords } from '@/lib/words/formats';
import { FileChoice } from './file-choice';
import { scopesOfSet } from './rows-to-export';
import { mainSet, type SetState } from './set-store';

const Sheet = lazyView(() => import('@/components/ui/sheet').then((module) => module.Sheet));
const CompareForm = lazyView(() => import('./compare-form').then((module) => module.CompareForm));
const SharingSet = lazyView(() => import('./sharing-set').then((module) => module.SharingSet));
const ReadingForm = lazyView(() => import('./reading-form').then((module) => module.ReadingForm));

interface SetHeadProps {
  readonly state: SetState;
  /** The rows that the filters let through, in their order. */
  readonly shown: readonly SetRow[];
  readonly statistics: boolean;
  readonly onStatistics: (open: boolean) => void;
}

export function SetHead({ state, shown, statistics, onStatistics }: SetHeadProps) {
  const { page: words, systems } = useFormatsWords();
  const [sheet, setSheet] = useState<'reading' | 'compare' | 'share' | null>(null);
  const onSheet = (open: boolean) => !open && setSheet(null);
  const exporting = useExporting();
  const found = [...new Set(state.rows.flatMap((row) => (row.problem === undefined ? [systems[row.system]] : [])))];
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h1 id="set-heading" className="truncate font-serif text-title font-medium">
            {state.name || words.untitled}
          </h1>
          <p className="tabular text-small text-ink-faint" aria-live="polite">
            {found.join(', ')}
            {found.length > 0 ? ' · ' : ''}
            {words.head.shown(shown.length, state.rows.length)}
            {state.unread.length > 0 ? ` · ${words.head.others(state.unread.length)}` : ''}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-1">
          <Button size="small" weight="quiet" onClick={() => setSheet('reading')}>
            <SlidersHorizontal size={15} aria-hidden />
            <span className="max-tablet:sr-only">{words.reading.title}</span>
          </Button>
          <Button size="small" weight="quiet" onClick={() => setSheet('compare')}>
            <Columns2 size={15} aria-hidden />
            <span className="max-tablet:sr-only">{words.pairs.compare}</span>
          </Button>
          <Button size="small" weight="quiet" disabled={shown.length === 0} onClick={() => setSheet('share')}>
            <Share2 size={15} aria-hidden />
            <span className="max-tablet:sr-only">{words.handOn.title}</span>
          </Button>
          <Button size="small" weight="quiet" onClick={() => exporting.begin(scopesOfSet(state.rows, shown))}>
            <Download size={15} aria-hidden />
            <span className="max-tablet:sr-only">{words.head.export}</span>
          </Button>
          <Button
            size="small"
            weight="quiet"
            aria-pressed={state.kept !== null}
            onClick={() => void (state.kept === null ? mainSet.keepSet() : mainSet.forgetSet())}
            className={state.kept === null ? '' : 'text-accent'}
          >
            <Save size={15} aria-hidden />
            <span className="max-tablet:sr-only">{state.kept === null ? words.head.keep : words.head.kept}</span>
          </Button>
          <Button size="small" weight="quiet" aria-pressed={statistics} onClick={() => onStatistics(!statistics)}>
            <BarChart3 size={15} aria-hidden />
            <span className="max-tablet:sr-only">{words.head.statistics}</span>
          </Button>
          <IconButton label={words.head.close} icon={<X size={17} aria-hidden />} onClick={mainSet.closeSet} />
        </div>
      </div>
      <Going state={state} />
      {state.following ? <Following name={state.name} /> : null}
      {state.problem === 'not-kept' ? (
        <p role="alert" className="rounded-m bg-caution-wash px-3 py-2 text-small">
          {words.failed['not-kept']}
        </p>
      ) : null}
      <Common rows={state.rows} />
      <Missing rows={state.rows} />
      {exporting.sheet}
      {sheet === 'reading' ? (
        <Sheet open onOpenChange={onSheet} title={words.reading.title}>
          <ReadingForm state={state} />
        </Sheet>
      ) : null}
      {sheet === 'share' ? <SharingSet name={state.name} rows={shown} onEnd={() => setSheet(null)} /> : null}
      {sheet === 'compare' ? (
        <Sheet open onOpenChange={onSheet} title={words.pairs.choose}>
          <CompareForm kept={state.kept} />
        </Sheet>
      ) : null}
    </div>
  );
}

function Going({ state }: { readonly state: SetState }) {
  const { page: words } = useFormatsWords();
  if (state.phase === 'stopped') return <p className="text-small text-caution">{words.stopped}</p>;
  if (state.phase !== 'reading' && !state.busy) return null;
  return (
    <p className="flex items-center gap-3 text-small text-ink-soft" aria-live="polite">
      <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
      {state.busy ? words.rereading : words.found(state.rows.length)}
      <Button size="small" onClick={mainSet.stopReading}>
        {words.stop}
      </Button>
    </p>
  );
}

function Following({ name }: { readonly name: string }) {
  const { page: words } = useFormatsWords();
  return (
    <p className="flex items-center gap-3 text-small text-ink-soft">
      <FolderSync size={15} aria-hidden className="text-accent" />
      {words.head.following(name)}
      <Button size="small" onClick={mainSet.stopFollowing}>
        {words.head.stopFollowing}
      </Button>
    </p>
  );
}

/** What is to be said of so many rows that it is said once. */
const COMMON = 0.5;

function Common({ rows }: { readonly rows: readonly SetRow[] }) {
  const { page: words, notes, problems } = useFormatsWords();
  const common = useMemo(() => {
    const counted = new Map<string, number>();
    const count = (text: string) => counted.set(text, (counted.get(text) ?? 0) + 1);
    for (const row of rows) {
      if (row.problem !== undefined) count(say(problems, row.problem));
      else for (const text of new Set(row.notes.map((note) => say(notes, note)))) count(text);
    }
    return [...counted].filter(([, times]) => rows.length > 1 && times >= rows.length * COMMON).slice(0, 3);
  }, [rows, notes, problems]);
  if (common.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-small text-ink-soft">
      {common.map(([text, times]) => (
        <li key={text}>
          <span className="tabular font-medium">
            {times === rows.length ? words.head.ofAll(times) : words.head.ofSome(times)}
          </span>{' '}
          {text}
        </li>
      ))}
    </ul>
  );
}

/** So many names stand there; the rest are counted. */
const NAMED = 4;

function Missing({ rows }: { readonly rows: readonly SetRow[] }) {
  const { page } = useFormatsWords();
  const { missing: words } = page;
  const missing = useMemo(() => {
    const names = new Map<string, PictureName>();
    for (const row of rows)
      if (row.problem === undefined) for (const name of row.wanted) names.set(wantedKey(name), name);
    return [...names.values()];
  }, [rows]);
  if (missing.length === 0) return null;
  return (
    <details className="group rounded-m border border-line bg-surface text-small">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2">
        <ImageOff size={15} aria-hidden className="text-ink-faint" />
        <span className="tabular font-medium">{words.title(missing.length)}</span>
        <span className="text-ink-faint">{words.about}</span>
      </summary>
      <ul className="flex flex-col border-t border-line px-3 py-2">
        {missing.slice(0, NAMED).map((name) => (
          <li key={wantedKey(name)} className="flex items-center justify-between gap-3 py-0.5">
            <span className={classNames('min-w-0 truncate', name.names[0] === undefined ? 'font-serif' : 'font-mono')}>
              {name.names[0] ?? words.asked(name.question ?? '')}
            </span>
            <FileChoice
              small
              weight="quiet"
              single
              label={words.choose}
              onFiles={([given]) => given && void mainSet.choosePicture(name, given.file as File)}
            />
          </li>
        ))}
        {missing.length > NAMED ? <li className="text-ink-faint">{words.more(missing.length - NAMED)}</li> : null}
        <li className="flex gap-2 pt-2">
          <FileChoice small label={words.files} onFiles={(files) => void mainSet.supply(files)} />
          <FileChoice small folder label={page.empty.folder} onFiles={(files) => void mainSet.supply(files)} />
        </li>
      </ul>
    </details>
  );
}
