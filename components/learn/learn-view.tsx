'use client';
/** The page "How it learned to look": fetches the record of the training run and says whose record it is. */
import { useEffect, useState, type ReactNode } from 'react';
import { parseTrainingRecord, type TrainingRecord } from '@/lib/learn';
import { Button } from '@/components/ui/button';
import { useCommonWords } from '@/lib/words/common';
import { useLearnWords } from '@/lib/words/learn';
import { RecordView } from './record-view';
import { useSpeaker } from '@/lib/words/speaker';

const FOLDER = '/learn/';

/** `status`: what the server answered; `detail`: what is wrong with what it gave, for who knows the format. */
type Problem = { readonly status: number } | { readonly detail: string };
type Fetched = { readonly record: TrainingRecord } | { readonly problem: Problem } | null;

/** @param banner what went wrong, where the page says such things */
export function LearnView({ banner }: { readonly banner: ReactNode }) {
  const words = useLearnWords();
  const { tryAgain } = useCommonWords();
  const [fetched, setFetched] = useState<Fetched>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const leave = new AbortController();
    fetchRecord(leave.signal).then(setFetched, () => undefined);
    return () => leave.abort();
  }, [attempt]);
  const again = () => {
    setFetched(null);
    setAttempt(attempt + 1);
  };
  return (
    <main className="mx-auto w-full max-w-[88rem] flex-1 px-4 pt-5 pb-16 tablet:px-6">
      {banner}
      <h1 className="font-serif text-display font-medium">{words.title}</h1>
      {fetched === null ? <p className="mt-6 text-ink-soft">{words.fetching}</p> : null}
      {fetched && 'problem' in fetched ? (
        <div role="alert" className="mt-6 flex flex-wrap items-center gap-3">
          <p>
            {'status' in fetched.problem
              ? words.notFetched(fetched.problem.status)
              : words.notRead(fetched.problem.detail)}
          </p>
          <Button size="small" weight="outline" onClick={again}>
            {tryAgain}
          </Button>
        </div>
      ) : null}
      {fetched && 'record' in fetched ? (
        <>
          <Account about={fetched.record.about} />
          <div className="mt-12">
            <RecordView record={fetched.record} picturesUrl={FOLDER} />
          </div>
        </>
      ) : null}
    </main>
  );
}

function Account({ about }: { readonly about: TrainingRecord['about'] }) {
  const words = useLearnWords();
  const { language } = useSpeaker();
  const translated = about.translations?.[language];
  const note = translated?.note ?? about.note;
  return (
    <div className="mt-5 grid grid-cols-1 gap-x-10 gap-y-6 desk:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
      <div className="flex max-w-[44rem] flex-col gap-3 font-serif text-lead">
        {about.ships ? null : (
          <p className="rounded-m bg-caution-wash px-3 py-2 font-sans text-small">{words.notOfTheApp}</p>
        )}
        {(translated?.text ?? about.text).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <div className="self-start">
        <dl className="text-small">
          {about.measured.map(({ what, value, command }, at) => (
            <div key={what} className="grid grid-cols-[1fr_auto] gap-x-3 border-b border-line py-1.5">
              <dt className="text-ink-soft">{translated?.measured[at] ?? what}</dt>
              <dd className="text-right tabular">{value}</dd>
              <dd className="col-span-2 truncate font-mono text-micro text-ink-faint" title={command}>
                {command}
              </dd>
            </div>
          ))}
        </dl>
        {note ? <p className="mt-2 text-small text-ink-faint">{note}</p> : null}
      </div>
    </div>
  );
}

/** Does not settle once aborted. */
async function fetchRecord(signal: AbortSignal): Promise<Fetched> {
  try {
    const response = await fetch(`${FOLDER}run.json`, { signal });
    if (!response.ok) return { problem: { status: response.status } };
    return { record: parseTrainingRecord(await response.json()) };
  } catch (error) {
    signal.throwIfAborted();
    return { problem: { detail: error instanceof Error ? error.message : String(error) } };
  }
}
