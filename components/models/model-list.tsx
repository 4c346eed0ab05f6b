/** Models to choose from without knowing names: what ships with the app, and a few of the hub's. */
import { Check, ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { fileSize } from '@/components/ui/numbers';
import { useOnline } from '@/components/ui/use-online';
import { SHIPPED_MODEL } from '@/lib/session';
import { useModelsWords } from '@/lib/words/models';
import type { Advice, CuratedModel, KeptModel } from './model-desk';
import { listedMarks, listedWords } from './words';

interface ModelListProps {
  readonly curated: readonly CuratedModel[];
  readonly kept: readonly KeptModel[];
  /** null while it is found out. */
  readonly advice: Advice | null;
  readonly inUse: string;
  readonly onShipped: () => void;
  readonly onOpen: (id: string) => void;
}

interface RowProps {
  readonly name: string;
  readonly about: string;
  readonly marks?: readonly string[];
  readonly suggested?: boolean;
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

function Row({ name, about, marks = [], suggested = false, keptBytes, current, leads, onPress }: RowProps) {
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
            {suggested ? (
              <span className="rounded-full bg-accent-wash px-2 text-micro leading-4.5 whitespace-nowrap text-accent">
                {words.suggested}
              </span>
            ) : null}
            {keptBytes > 0 ? <Badge>{words.cached(fileSize(keptBytes))}</Badge> : null}
          </span>
          <span className="block text-small text-ink-soft">{about}</span>
          {marks.length > 0 ? (
            <span className="mt-0.5 flex flex-wrap gap-x-3 text-small text-ink-faint tabular">
              {marks.map((mark) => (
                <span key={mark}>{mark}</span>
              ))}
            </span>
          ) : null}
        </span>
        {current ? <Check size={16} aria-hidden className="shrink-0 text-accent" /> : null}
        {!current && leads ? <ChevronRight size={16} aria-hidden className="shrink-0 text-ink-faint" /> : null}
        {current ? <span className="sr-only">{words.inUse}</span> : null}
      </button>
    </li>
  );
}

export function ModelList({ curated, kept, advice, inUse, onShipped, onOpen }: ModelListProps) {
  const { list } = useModelsWords();
  const isOnline = useOnline();
  const keptOf = (fits: (model: KeptModel) => boolean) =>
    kept.filter((model) => fits(model) && model.complete).reduce((sum, model) => sum + model.keptBytes, 0);
  const suggested = curated.find(({ id }) => id === advice?.suggested) ?? null;
  return (
    <>
      {isOnline ? null : (
        <p role="status" className="mt-2 rounded-m bg-sunken px-3 py-2 text-small text-ink-soft">
          {list.offline}
        </p>
      )}
      <ul className="-mx-3 mt-2 flex flex-col gap-0.5">
        <Row
          name={list.shipped}
          about={list.shippedAbout}
          keptBytes={keptOf(({ modelUrl }) => modelUrl === SHIPPED_MODEL)}
          current={inUse === SHIPPED_MODEL}
          leads={false}
          onPress={onShipped}
        />
      </ul>
      {usesFrom(suggested).map((use) => (
        <Group key={use} heading={list.uses[use]}>
          {suggestedFirst(
            curated.filter((model) => model.use === use),
            suggested,
          ).map(({ id, name, ...facts }) => {
            const keptBytes = keptOf((model) => model.id === id);
            return (
              <Row
                key={id}
                name={name}
                about={listedWords(list, facts)}
                marks={listedMarks(list, facts, advice?.device ?? null, !isOnline && keptBytes === 0)}
                suggested={suggested?.id === id}
                keptBytes={keptBytes}
                current={inUse.startsWith(`hub:${id}@`) || inUse.startsWith(`hub:${id}?`) || inUse === `hub:${id}`}
                leads
                onPress={() => onOpen(id)}
              />
            );
          })}
        </Group>
      ))}
    </>
  );
}

const USE_ORDER = ['zooming', 'small', 'other'] as const;

/** What is suggested stands where it is seen: its group is the first, and it the first of its group. */
function usesFrom(suggested: CuratedModel | null): readonly CuratedModel['use'][] {
  return suggested ? [suggested.use, ...USE_ORDER.filter((use) => use !== suggested.use)] : USE_ORDER;
}

function suggestedFirst(models: readonly CuratedModel[], suggested: CuratedModel | null): readonly CuratedModel[] {
  return suggested && models.includes(suggested) ? [suggested, ...models.filter((one) => one !== suggested)] : models;
}

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
