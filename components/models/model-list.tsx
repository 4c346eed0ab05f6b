/** Models to choose from without knowing names: what ships with the app, and a few of the hub's. */
import { Check, ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { fileSize } from '@/components/ui/numbers';
import { SHIPPED_MODEL } from '@/lib/session';
import type { CuratedModel, KeptModel } from './model-desk';
import { USES } from './words';

interface ModelListProps {
  readonly curated: readonly CuratedModel[];
  readonly kept: readonly KeptModel[];
  readonly inUse: string;
  readonly onShipped: () => void;
  readonly onOpen: (id: string) => void;
}

interface RowProps {
  readonly name: string;
  readonly words: string;
  readonly marks?: readonly string[];
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

function Row({ name, words, marks = [], keptBytes, current, leads, onPress }: RowProps) {
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
            {keptBytes > 0 ? <Badge>cached, {fileSize(keptBytes)}</Badge> : null}
          </span>
          <span className="block text-small text-ink-soft">{words}</span>
          {marks.length > 0 ? (
            <span className="mt-0.5 block text-small text-ink-faint tabular">{marks.join(' · ')}</span>
          ) : null}
        </span>
        {current ? <Check size={16} aria-hidden className="shrink-0 text-accent" /> : null}
        {!current && leads ? <ChevronRight size={16} aria-hidden className="shrink-0 text-ink-faint" /> : null}
        {current ? <span className="sr-only">In use</span> : null}
      </button>
    </li>
  );
}

export function ModelList({ curated, kept, inUse, onShipped, onOpen }: ModelListProps) {
  const keptOf = (fits: (model: KeptModel) => boolean) =>
    kept.filter((model) => fits(model) && model.complete).reduce((sum, model) => sum + model.keptBytes, 0);
  return (
    <>
      <ul className="-mx-3 mt-2 flex flex-col gap-0.5">
        <Row
          name="Loupe Nano"
          words="Ships with the app. Trained on Loupe’s own scenes, by demonstrations; photographs are outside its world."
          keptBytes={keptOf(({ modelUrl }) => modelUrl === SHIPPED_MODEL)}
          current={inUse === SHIPPED_MODEL}
          leads={false}
          onPress={onShipped}
        />
      </ul>
      {USE_ORDER.map((use) => (
        <Group key={use} heading={USES[use]}>
          {curated
            .filter((model) => model.use === use)
            .map(({ id, name, words, marks }) => (
              <Row
                key={id}
                name={name}
                words={words}
                marks={marks}
                keptBytes={keptOf((model) => model.id === id)}
                current={inUse.startsWith(`hub:${id}@`) || inUse.startsWith(`hub:${id}?`) || inUse === `hub:${id}`}
                leads
                onPress={() => onOpen(id)}
              />
            ))}
        </Group>
      ))}
    </>
  );
}

const USE_ORDER = ['zooming', 'small', 'other'] as const;

/** Nothing where it has no models. */
function Group({ heading, children }: { readonly heading: string; readonly children: readonly ReactNode[] }) {
  const id = useId();
  if (children.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h4 id={id} className="mt-3 text-small font-semibold text-ink-soft">
        {heading}
      </h4>
      <ul className="-mx-3 mt-0.5 flex flex-col gap-0.5">{children}</ul>
    </section>
  );
}
