'use client';
/** What models take on this disk: each with its size and the way to delete it, and all of them together. */
import { Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { fileSize } from '@/components/ui/numbers';
import { modelName } from '@/lib/session';
import type { KeptModel, ModelDesk } from './model-desk';

interface KeptModelsProps {
  readonly desk: Pick<ModelDesk, 'forget'>;
  /** Null until it was read. */
  readonly models: readonly KeptModel[] | null;
  /** What they take together. */
  readonly bytes: number;
  readonly inUse: string;
  readonly onUse: (modelUrl: string) => void;
  /** One was deleted. */
  readonly onDeleted: (modelUrl: string) => void;
}

export function KeptModels({ desk, models, bytes: total, inUse, onUse, onDeleted }: KeptModelsProps) {
  const [sure, setSure] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLDivElement>(null);

  const forget = async (model: KeptModel) => {
    setSure(null);
    const done = await desk.forget(model.modelUrl).catch(() => false);
    setSaid(
      done
        ? deletedWords(model)
        : 'Nothing was deleted: a model is being loaded, here or in another tab. Pause it or wait, then try again.',
    );
    // The button that had the focus is gone.
    list.current?.focus();
    if (done) onDeleted(model.modelUrl);
  };

  return (
    <div ref={list} tabIndex={-1} className="pt-3 text-small outline-none">
      <p className="text-ink-soft tabular">
        {models === null
          ? 'Looking …'
          : models.length === 0
            ? 'No model is kept in this browser yet.'
            : `About ${fileSize(total)} in this browser’s storage.`}
      </p>
      <p role="status" className={said ? 'mt-1.5 text-ink-soft' : 'sr-only'}>
        {said}
      </p>
      <ul aria-label="Models on this disk" className="mt-1 flex flex-col">
        {models?.map((model) => {
          const name = nameOf(model);
          const { modelUrl, bytes, keptBytes, ownBytes, complete } = model;
          return (
            <li
              key={modelUrl}
              className="flex flex-wrap items-center gap-x-3 border-b border-line py-1.5 last:border-b-0"
            >
              <div className="min-w-0 flex-1">
                <p className="truncate text-body font-medium" title={modelUrl}>
                  {name}
                </p>
                <p className="text-ink-faint tabular">
                  {complete ? fileSize(bytes) : `${fileSize(keptBytes)} of ${fileSize(bytes)}, not all of it`}
                  {modelUrl === inUse ? ' · in use' : ''}
                </p>
              </div>
              {sure === modelUrl ? (
                <div role="group" aria-label={`Delete ${name}?`} className="flex gap-2">
                  <Button size="small" autoFocus onClick={() => setSure(null)}>
                    Keep
                  </Button>
                  <Button size="small" weight="danger" onClick={() => void forget(model)}>
                    {ownBytes > 0 ? `Delete ${fileSize(ownBytes)}` : 'Delete'}
                  </Button>
                </div>
              ) : (
                <>
                  {modelUrl === inUse ? null : (
                    <Button size="small" onClick={() => onUse(modelUrl)} aria-label={`Use ${name}`}>
                      {complete ? 'Use' : 'Go on'}
                    </Button>
                  )}
                  <IconButton
                    label={`Delete ${name}`}
                    className="-mr-2.5"
                    icon={<Trash2 size={15} aria-hidden />}
                    onClick={() => {
                      setSaid('');
                      setSure(modelUrl);
                    }}
                  />
                </>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Files that another model needs as well stay. */
function deletedWords(model: KeptModel): string {
  const { keptBytes, ownBytes } = model;
  if (keptBytes > 0 && ownBytes === 0) {
    return `${nameOf(model)} is deleted. Its files stay: another model here needs them.`;
  }
  const rest = keptBytes > ownBytes ? ' The rest stays: another model here needs it.' : '';
  return `${nameOf(model)} is deleted: ${fileSize(ownBytes)} are free again.${rest}`;
}

/** By its address, which also says the format. */
const nameOf = ({ modelUrl }: KeptModel): string => modelName(modelUrl);
