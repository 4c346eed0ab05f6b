'use client';
/**
 * The bench's page: on one side what to measure and how far it is, on the other what came of it so far. A result that is
 * opened takes the page's place; the page under it stays as it was.
 */
import { useDeferredValue, useMemo, useRef, useState, type ReactNode } from 'react';
import { pickQuestions, SEARCH_WAYS, summarize, type BenchResult, type BenchState } from '@/lib/bench';
import { lazyView } from '@/components/ui/lazy-view';
import { useSession, useSessionActions } from '@/lib/session';
import { useBenchWords } from '@/lib/words/bench';
import { ExistenceTable } from './existence-table';
import { ExportBar } from './export-bar';
import { KindTable } from './kind-table';
import { LooksPanel } from './looks-panel';
import { OutcomeTable } from './outcome-table';
import { FIRST_PLAN, isRealX, mostOf, PlanForm, type Plan } from './plan-form';
import { RealXTable } from './realx-table';
import { useSearched } from './use-searched';
import { QuestionList } from './question-list';
import { isGoing, RunBar } from './run-bar';
import { useBench } from './use-bench';
import { useDataSet } from './use-data-set';

const ResultScreen = lazyView(() => import('./result-screen').then((module) => module.ResultScreen));

const WAYS = { both: [true, false], with: [true], without: [false] } as const satisfies Record<Plan['ways'], unknown>;

/** @param banner what went wrong, where the page says such things */
export function BenchView({ banner }: { readonly banner: ReactNode }) {
  const words = useBenchWords();
  const { bench, state } = useBench();
  const data = useDataSet();
  const [plan, setPlan] = useState<Plan>(FIRST_PLAN);
  const [opened, setOpened] = useState<BenchResult | null>(null);
  const opener = useRef<Element | null>(null);
  const most = mostOf(plan);
  const { dataSet } = data;
  const hub = useSession((state) => state.hub);
  const { releaseModel } = useSessionActions();

  const searched = useSearched();

  const start = async () => {
    if (!dataSet || most === null) return;
    // So that a result opens at once, and also where the server is gone by then.
    ResultScreen.preload();
    const { modelUrl, device, ways } = plan;
    // A device holds one model at a time.
    void releaseModel();
    const model = { modelUrl, device, hub: modelUrl.startsWith('hub:') ? hub : undefined };
    const questions = pickQuestions(dataSet, most);
    if (!isRealX(dataSet)) return void bench.start({ questions, ways: WAYS[ways], model });
    const searches = plan.searches === 'all' ? SEARCH_WAYS : [plan.searches];
    const search = searches.some((way) => way !== 'none') ? await searched.open(dataSet) : null;
    if (search !== undefined) void bench.start({ questions, ways: WAYS[ways], model, searches, search });
  };
  const open = (result: BenchResult) => {
    opener.current = document.activeElement;
    setOpened(result);
  };
  const back = () => {
    setOpened(null);
    // Once the page is there again.
    requestAnimationFrame(() => (opener.current as HTMLElement | null)?.focus()); // a pressed button is one
  };
  const picture = state.questions.find(({ id }) => id === opened?.id)?.scene.readPicture;

  return (
    <main className="flex-1">
      {opened && picture ? <ResultScreen result={opened} readPicture={picture} onBack={back} /> : null}
      <div
        hidden={opened !== null}
        className="mx-auto grid max-w-[88rem] grid-cols-1 gap-x-10 gap-y-8 px-4 pt-5 pb-16 tablet:px-6 desk:grid-cols-[20rem_minmax(0,1fr)]"
      >
        <div className="flex flex-col gap-6">
          <div>
            <h1 className="font-serif text-title font-medium tracking-tight">{words.title}</h1>
            <p className="mt-1 text-small text-ink-soft">{words.about}</p>
          </div>
          {banner}
          {isGoing(state) ? null : <PlanForm plan={plan} onPlan={setPlan} data={data} />}
          <RunBar
            bench={bench}
            state={state}
            onStart={dataSet && most !== null && !searched.preparing ? () => void start() : null}
          />
          <p role="status" className={searched.failed ? 'text-small text-danger' : 'text-small text-ink-soft'}>
            {searched.failed ? words.realX.failed : searched.preparing ? words.realX.preparing : null}
          </p>
        </div>
        <Results state={state} onOpen={open} />
      </div>
    </main>
  );
}

function Results({ state, onOpen }: { readonly state: BenchState; readonly onOpen: (result: BenchResult) => void }) {
  const words = useBenchWords();
  // Numbers may come a moment later than the words of the run.
  const results = useDeferredValue(state.results);
  const summary = useMemo(() => summarize(results), [results]);
  const withTools = useMemo(() => results.filter(({ tools }) => tools), [results]);
  const without = useMemo(() => results.filter(({ tools }) => !tools), [results]);
  if (results.length === 0) return <NothingYet />;
  return (
    <section aria-labelledby="results-heading" className="flex min-w-0 flex-col gap-9">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="results-heading" className="font-serif text-title tracking-tight">
          {words.results}
        </h2>
        <ExportBar results={results} questions={state.questions} />
      </div>
      <RealXTable results={results} />
      <div className="grid grid-cols-1 gap-x-10 gap-y-9 wide:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-9">
          <KindTable summary={summary} />
          <ExistenceTable summary={summary} />
        </div>
        <LooksPanel summary={summary} results={results} />
      </div>
      <div className="grid grid-cols-1 gap-x-10 gap-y-9 wide:grid-cols-2">
        {withTools.length > 0 ? <OutcomeTable title={words.outcomesWith} results={withTools} /> : null}
        {without.length > 0 ? <OutcomeTable title={words.outcomesWithout} results={without} /> : null}
      </div>
      <QuestionList results={results} onOpen={onOpen} />
    </section>
  );
}

function NothingYet() {
  const words = useBenchWords();
  return (
    <div className="flex flex-col items-center justify-center rounded-l border border-dashed border-line-strong px-6 py-16 text-center">
      <p className="font-serif text-title tracking-tight">{words.nothingYet}</p>
      <p className="mt-2 max-w-md text-ink-soft">{words.nothingYetAbout}</p>
    </div>
  );
}
