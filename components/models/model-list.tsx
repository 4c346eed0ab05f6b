/** Models to choose from without knowing names: what ships with the app, and a few of the hub's. */
import { Check, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { fileSize } from '@/components/ui/numbers';
import { SHIPPED_MODEL } from '@/lib/session';
import { useModelsWords } from '@/lib/words/models';
import type { CuratedModel, KeptModel } from './model-desk';

interface ModelListProps {
  readonly curated: readonly CuratedModel[];
  readonly kept: readonly KeptModel[];
  readonly inUse: string;
  readonly onShipped: () => void;
  readonly onOpen: (id: string) => void;
}

interface RowProps {
  readonly name: string;
  readonly about: string;
  readonly keptBytes: number;
  readonly current: boolean;
  readonly leads: boolean;
  readonly onPress: () => void;
}

export function Badge({ children }: { readonly children: ReactNode }) {
  return (
    <span className="rounded-full border border-line bg-surface px-2 text-micro leading-4.5 whitespace-nowrap text-ink-soft tabular">
      {children}
    </span>
  );
}

function Row({ name, about, keptBytes, current, leads, onPress }: RowProps) {
  const words = useModelsWords().list;
  return (
    <li>
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        onClick={onPress}
        className={classNames(
          'flex w-full items-center gap-3 rounded-m px-3 py-2.5 text-left',
          current ? 'bg-accent-wash/60' : 'hover:bg-hover',
        )}
      >
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <span className="font-medium">{name}</span>
            {keptBytes > 0 ? <Badge>{words.cached(fileSize(keptBytes))}</Badge> : null}
          </span>
          <span className="block text-small text-ink-soft">{about}</span>
        </span>
        {current ? <Check size={16} aria-hidden className="shrink-0 text-accent" /> : null}
        {!current && leads ? <ChevronRight size={16} aria-hidden className="shrink-0 text-ink-faint" /> : null}
        {current ? <span className="sr-only">{words.inUse}</span> : null}
      </button>
    </li>
  );
}

export function ModelList({ curated, kept, inUse, onShipped, onOpen }: ModelListProps) {
  const words = useModelsWords().list;
  const keptOf = (fits: (model: KeptModel) => boolean) =>
    kept.filter((model) => fits(model) && model.complete).reduce((sum, model) => sum + model.keptBytes, 0);
  return (
    <ul className="-mx-3 mt-2 flex flex-col gap-0.5">
      <Row
        name={words.shipped}
        about={words.shippedAbout}
        keptBytes={keptOf(({ modelUrl }) => modelUrl === SHIPPED_MODEL)}
        current={inUse === SHIPPED_MODEL}
        leads={false}
        onPress={onShipped}
      />
      {curated.map(({ id, name, parameters, note }) => (
        <Row
          key={id}
          name={name}
          about={[words.sentence(words.parameters(parameters)), words.notes[note]].filter(Boolean).join(' ')}
          keptBytes={keptOf((model) => model.id === id)}
          current={inUse.startsWith(`hub:${id}@`) || inUse.startsWith(`hub:${id}?`) || inUse === `hub:${id}`}
          leads
          onPress={() => onOpen(id)}
        />
      ))}
    </ul>
  );
}
