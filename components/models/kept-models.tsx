'use client';
/** What models take on this disk: each with its size and the way to delete it, and all of them together. */
import { Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { fileSize } from '@/components/ui/numbers';
import { modelName } from '@/lib/session';
import type { Words } from '@/lib/words';
import { useModelsWords } from '@/lib/words/models';
import type { KeptModel, ModelDesk } from './model-desk';
import { sentences } from '@/lib/words/sentences';

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
  const words = useModelsWords().disk;
  const [sure, setSure] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLDivElement>(null);

  const forget = async (model: KeptModel) => {
    setSure(null);
    const done = await desk.forget(model.modelUrl).catch(() => false);
    setSaid(done ? deletedWords(words, model) : words.busy);
    // The button that had the focus is gone.
    list.current?.focus();
    if (done) onDeleted(model.modelUrl);
  };

  return (
    <div ref={list} tabIndex={-1} className="pt-3 text-small outline-none">
      <p className="text-ink-soft tabular">
        {models === null ? words.looking : models.length === 0 ? words.none : words.total(fileSize(total))}
      </p>
      <p role="status" className={said ? 'mt-1.5 text-ink-soft' : 'sr-only'}>
        {said}
      </p>
      <ul aria-label={words.list} className="mt-1 flex flex-col">
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
                  {complete ? fileSize(bytes) : words.notAll(fileSize(keptBytes), fileSize(bytes))}
                  {modelUrl === inUse ? words.inUse : ''}
                </p>
              </div>
              {sure === modelUrl ? (
                <div role="group" aria-label={words.sure(name)} className="flex gap-2">
                  <Button size="small" autoFocus onClick={() => setSure(null)}>
                    {words.keep}
                  </Button>
                  <Button size="small" weight="danger" onClick={() => void forget(model)}>
                    {ownBytes > 0 ? words.deleteSize(fileSize(ownBytes)) : words.delete}
                  </Button>
                </div>
              ) : (
                <>
                  {modelUrl === inUse ? null : (
                    <Button size="small" onClick={() => onUse(modelUrl)} aria-label={words.useNamed(name)}>
                      {complete ? words.use : words.goOn}
                    </Button>
                  )}
                  <IconButton
                    label={words.deleteNamed(name)}
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
function deletedWords(words: Words['models']['disk'], model: KeptModel): string {
  const { keptBytes, ownBytes } = model;
  if (keptBytes > 0 && ownBytes === 0) return words.deletedShared(nameOf(model));
  return sentences(words.deleted(nameOf(model), fileSize(ownBytes)), keptBytes > ownBytes ? words.restStays : '');
}

/** By its address, which also says the format. */
const nameOf = ({ modelUrl }: KeptModel): string => modelName(modelUrl);
