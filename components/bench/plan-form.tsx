'use client';
/** What to ask, of which model, in which ways and on what device, and how many questions. */
import { FileArchive, FolderOpen, Images } from 'lucide-react';
import { useId, useRef, type ReactNode } from 'react';
import { useModelChoices } from '@/components/models';
import { Button } from '@/components/ui/button';
import { DeviceChoice, type DeviceWish } from '@/components/ui/device-choice';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { countQuestions } from '@/lib/bench';
import { SHIPPED_MODEL } from '@/lib/session';
import { Problems } from './problems';
import type { DataChoice } from './use-data-set';
import { countOf } from './words';

export interface Plan {
  readonly ways: 'both' | 'with' | 'without';
  readonly device: DeviceWish;
  readonly modelUrl: string;
  /** As typed; empty for all. */
  readonly most: string;
}

export const FIRST_PLAN: Plan = { ways: 'both', device: 'auto', modelUrl: SHIPPED_MODEL, most: '' };

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
  const mostId = useId();
  const models = useModelChoices();
  return (
    <fieldset className="flex flex-col gap-5">
      <legend className="sr-only">What to measure</legend>
      <DataField data={data} />
      <Field label="Model">
        <Select
          label="Model"
          value={plan.modelUrl}
          options={models}
          onChange={(modelUrl) => onPlan({ ...plan, modelUrl })}
        />
      </Field>
      <Segmented
        legend="Ways of asking"
        options={[
          { value: 'both', label: 'Both' },
          { value: 'with', label: 'With tools' },
          { value: 'without', label: 'Without' },
        ]}
        value={plan.ways}
        onChange={(ways) => onPlan({ ...plan, ways })}
      />
      <DeviceChoice value={plan.device} onChange={(device) => onPlan({ ...plan, device })} />
      <div>
        <label htmlFor={mostId} className="mb-1.5 block text-body">
          Most questions
        </label>
        <input
          id={mostId}
          inputMode="numeric"
          autoComplete="off"
          placeholder="all"
          value={plan.most}
          onChange={(event) => onPlan({ ...plan, most: event.target.value })}
          aria-invalid={mostOf(plan) === null}
          aria-describedby={`${mostId}-hint`}
          className="h-9 w-28 rounded-m border border-line-strong bg-surface px-3 text-small tabular aria-invalid:border-danger"
        />
        <p id={`${mostId}-hint`} className="mt-1 text-small text-ink-faint">
          {mostOf(plan) === null ? 'A whole number from 1, or nothing for all.' : 'Taken evenly over the whole set.'}
        </p>
      </div>
    </fieldset>
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
  const folder = useRef<HTMLInputElement>(null);
  const zip = useRef<HTMLInputElement>(null);
  const { dataSet, reading, refused } = data;
  return (
    <div>
      <p className="mb-1.5 text-body">Questions</p>
      <p role="status" className="text-small text-ink-soft">
        {reading ? `Reading ${reading} …` : null}
        {!reading && dataSet ? (
          <>
            <strong className="font-semibold text-ink">{dataSet.name}</strong>
            {`: ${countOf(countQuestions(dataSet), 'question')} about ${countOf(dataSet.scenes.length, 'picture')}.`}
          </>
        ) : null}
      </p>
      {refused ? (
        <div role="alert" className="mt-2 rounded-m bg-danger-wash px-3 py-2.5 text-small">
          <p className="font-semibold wrap-anywhere">“{refused.name}” cannot be used.</p>
          {refused.reasons.slice(0, 4).map((reason) => (
            <p key={reason} className="mt-0.5 wrap-anywhere text-ink-soft">
              {reason}
            </p>
          ))}
          {refused.reasons.length > 4 ? (
            <p className="mt-0.5 text-ink-soft">and {refused.reasons.length - 4} more</p>
          ) : null}
          {dataSet ? <p className="mt-1 font-medium">The questions chosen before are still here.</p> : null}
        </div>
      ) : null}
      {dataSet && !refused ? <Problems title="Not used" problems={dataSet.problems} /> : null}
      <div className="mt-2.5 flex flex-wrap gap-2">
        <Button size="small" onClick={data.chooseShipped}>
          <Images size={15} aria-hidden />
          Shipped scenes
        </Button>
        <Button size="small" onClick={() => folder.current?.click()}>
          <FolderOpen size={15} aria-hidden />
          Folder
        </Button>
        <Button size="small" onClick={() => zip.current?.click()}>
          <FileArchive size={15} aria-hidden />
          Zip
        </Button>
      </div>
      <input
        ref={folder}
        type="file"
        {...WHOLE_FOLDER}
        multiple
        hidden
        aria-label="Folder of scenes"
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
        aria-label="Zip of scenes"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) data.chooseZip(file);
          event.target.value = '';
        }}
      />
      <p className="mt-2 text-small text-ink-faint">
        A folder or zip holds pictures with a <code className="font-mono">scene.json</code> each, or V*’s pictures and
        files.
      </p>
    </div>
  );
}
