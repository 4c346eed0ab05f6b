'use client';
/** What to ask, of which model, in which ways and on what device, and how many questions. */
import { FileArchive, FolderOpen, Images, Search } from 'lucide-react';
import { useId, useRef, type ReactNode } from 'react';
import { useModelChoices } from '@/components/models';
import { useBenchWords } from '@/lib/words/bench';
import { useCommonWords } from '@/lib/words/common';
import { Button } from '@/components/ui/button';
import { DeviceChoice, type DeviceWish } from '@/components/ui/device-choice';
import { RichText } from '@/components/ui/rich-text';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { countQuestions, SEARCH_WAYS, type DataSet, type SearchWay } from '@/lib/bench';
import { SHIPPED_MODEL, useSession } from '@/lib/session';
import { Problems } from './problems';
import type { DataChoice } from './use-data-set';
import { useReason } from './use-reason';

export interface Plan {
  readonly ways: 'both' | 'with' | 'without';
  readonly device: DeviceWish;
  readonly modelUrl: string;
  /** Of questions in RealX-Bench's layout. */
  readonly searches: SearchWay | 'all';
  /** As typed; empty for all. */
  readonly most: string;
}

export const FIRST_PLAN: Plan = { ways: 'both', searches: 'none', device: 'auto', modelUrl: SHIPPED_MODEL, most: '' };

/** A number of questions, Infinity for all, null where it is not one. */
export function mostOf({ most }: Pick<Plan, 'most'>): number | null {
  if (most.trim() === '') return Infinity;
  const count = Number(most);
  return Number.isSafeInteger(count) && count > 0 ? count : null;
}

/** React's types do not know it; every browser does. */
const WHOLE_FOLDER: Readonly<Record<string, string>> = { webkitdirectory: '' };

interface PlanFormProps {
  readonly plan: Plan;
  readonly onPlan: (plan: Plan) => void;
  readonly data: DataChoice;
}

export function PlanForm({ plan, onPlan, data }: PlanFormProps) {
  const words = useBenchWords();
  const mostId = useId();
  const models = useModelChoices();
  return (
    <fieldset className="flex flex-col gap-5">
      <legend className="sr-only">{words.plan.legend}</legend>
      <DataField data={data} />
      <Field label={words.plan.model}>
        <Select
          label={words.plan.model}
          value={plan.modelUrl}
          options={models}
          onChange={(modelUrl) => onPlan({ ...plan, modelUrl })}
        />
      </Field>
      <Segmented
        legend={words.plan.ways}
        options={[
          { value: 'both', label: words.plan.both },
          { value: 'with', label: words.withTools },
          { value: 'without', label: words.without },
        ]}
        value={plan.ways}
        onChange={(ways) => onPlan({ ...plan, ways })}
      />
      {isRealX(data.dataSet) ? <SearchesField plan={plan} onPlan={onPlan} data={data} /> : null}
      <DeviceChoice value={plan.device} onChange={(device) => onPlan({ ...plan, device })} />
      <div>
        <label htmlFor={mostId} className="mb-1.5 block text-body">
          {words.plan.most}
        </label>
        <input
          id={mostId}
          inputMode="numeric"
          autoComplete="off"
          placeholder={words.plan.mostAll}
          value={plan.most}
          onChange={(event) => onPlan({ ...plan, most: event.target.value })}
          aria-invalid={mostOf(plan) === null}
          aria-describedby={`${mostId}-hint`}
          className="h-9 w-28 rounded-m border border-line-strong bg-surface px-3 text-small tabular aria-invalid:border-danger"
        />
        <p id={`${mostId}-hint`} className="mt-1 text-small text-ink-faint">
          {mostOf(plan) === null ? words.plan.mostWrong : words.plan.mostHint}
        </p>
      </div>
    </fieldset>
  );
}

/** Whether questions say what they take. */
export const isRealX = (dataSet: DataSet | null): boolean =>
  dataSet?.scenes.some(({ scene }) => scene.questions.some(({ abilities }) => abilities !== undefined)) ?? false;

function SearchesField({ plan, onPlan, data }: PlanFormProps) {
  const words = useBenchWords().realX;
  const searchIn = useSession((state) => state.settings.searchIn);
  const where = data.dataSet?.collection ? words.own : searchIn === '' ? words.nothing : words.chosen;
  return (
    <Field label={words.plan}>
      <Select
        label={words.plan}
        value={plan.searches}
        options={[
          ...SEARCH_WAYS.map((way) => ({ value: way, label: words.ways[way] })),
          { value: 'all', label: words.all },
        ]}
        onChange={(value) => {
          const searches = SEARCH_WAYS.find((way) => way === value) ?? 'all';
          onPlan({ ...plan, searches });
        }}
      />
      <p className="mt-1 text-small text-ink-faint">{where}</p>
    </Field>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col">
      <p aria-hidden className="mb-1.5 text-body">
        {label}
      </p>
      {children}
    </div>
  );
}

function DataField({ data }: { readonly data: DataChoice }) {
  const {
    plan: words,
    realX: { choose },
  } = useBenchWords();
  const { andMore } = useCommonWords();
  const reasonText = useReason();
  const folder = useRef<HTMLInputElement>(null);
  const zip = useRef<HTMLInputElement>(null);
  const { dataSet, reading, refused } = data;
  return (
    <div>
      <p className="mb-1.5 text-body">{words.questions}</p>
      <p role="status" className="text-small text-ink-soft">
        {reading ? words.reading(reading.name ?? words.theShippedScenes) : null}
        {!reading && dataSet ? (
          <>
            <strong className="font-semibold text-ink">{dataSet.name ?? words.theShippedScenes}</strong>
            {words.size(countQuestions(dataSet), dataSet.scenes.length)}
          </>
        ) : null}
      </p>
      {refused ? (
        <div role="alert" className="mt-2 rounded-m bg-danger-wash px-3 py-2.5 text-small">
          <p className="font-semibold wrap-anywhere">{words.unusable(refused.name ?? words.theShippedScenes)}</p>
          {refused.reasons.slice(0, 4).map((problem) => (
            <p key={problem.file ?? ''} className="mt-0.5 wrap-anywhere text-ink-soft">
              {problem.file === null ? reasonText(problem) : `${problem.file}: ${reasonText(problem)}`}
            </p>
          ))}
          {refused.reasons.length > 4 ? (
            <p className="mt-0.5 text-ink-soft">{andMore(refused.reasons.length - 4)}</p>
          ) : null}
          {dataSet ? <p className="mt-1 font-medium">{words.stillHere}</p> : null}
        </div>
      ) : null}
      {dataSet && !refused ? <Problems title={words.notUsed} problems={dataSet.problems} /> : null}
      <div className="mt-2.5 flex flex-wrap gap-2">
        <Button size="small" onClick={data.chooseShipped}>
          <Images size={15} aria-hidden />
          {words.shippedScenes}
        </Button>
        <Button size="small" onClick={data.chooseRealX}>
          <Search size={15} aria-hidden />
          {choose}
        </Button>
        <Button size="small" onClick={() => folder.current?.click()}>
          <FolderOpen size={15} aria-hidden />
          {words.folder}
        </Button>
        <Button size="small" onClick={() => zip.current?.click()}>
          <FileArchive size={15} aria-hidden />
          {words.zip}
        </Button>
      </div>
      <input
        ref={folder}
        type="file"
        {...WHOLE_FOLDER}
        multiple
        hidden
        aria-label={words.folderOfScenes}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) data.chooseFolder(files);
          event.target.value = '';
        }}
      />
      <input
        ref={zip}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label={words.zipOfScenes}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) data.chooseZip(file);
          event.target.value = '';
        }}
      />
      <p className="mt-2 text-small text-ink-faint">
        <RichText text={words.holds} parts={{ file: (name) => <code className="font-mono">{name}</code> }} />
      </p>
    </div>
  );
}
