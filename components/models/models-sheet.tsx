'use client';
/**
 * The choice of a model: what is in use, what ships, a few of the hub's, any other by name, one behind a server, a folder of one's own; what all of
 * them take on this disk; where they come from. One model of the hub, looked at before it is downloaded, takes the list's place.
 */
import { useEffect, useRef, useState } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import { Section } from '@/components/ui/section';
import { Sheet } from '@/components/ui/sheet';
import { keptAs } from '@/lib/models';
import { serverPlace, SHIPPED_MODEL, useSession, useSessionActions } from '@/lib/session';
import { useModelsWords } from '@/lib/words/models';
import { useFolderCopy } from './folder-copy';
import { FolderIntake } from './folder-intake';
import { HubForm } from './hub-form';
import { HubModel } from './hub-model';
import { HUB_FIELD_ID, HubSettings, TOKEN_FIELD_ID } from './hub-settings';
import { KeptModels } from './kept-models';
import type { ModelDesk } from './model-desk';
import { ModelInUse } from './model-in-use';
import { ModelList } from './model-list';
import { useAdvice } from './use-advice';
import { useKeptModels } from './use-kept-models';
import type { WayOut } from './words';

interface ModelsSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly desk: ModelDesk;
}

/** Most never open it: its code, and that of the protocols, comes when the sheet is there. */
const ServerPanel = lazyView(() => import('./server-panel').then(({ ServerPanel: panel }) => panel));

const IN_USE = 'models-in-use';

const PLACES = {
  token: TOKEN_FIELD_ID,
  hub: HUB_FIELD_ID,
  kept: 'models-kept',
  models: 'models-list',
} as const;

interface Looked {
  readonly id: string;
  readonly revision: string | null;
}

export function ModelsSheet({ open, onOpenChange, desk }: ModelsSheetProps) {
  const words = useModelsWords();
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={words.title}>
      <Picker desk={desk} />
    </Sheet>
  );
}

function focusOn(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'nearest' });
  element?.focus({ preventScroll: true });
}

/** Lives as long as the sheet is open. */
function Picker({ desk }: Pick<ModelsSheetProps, 'desk'>) {
  const { sections } = useModelsWords();
  const inUse = useSession((state) => state.settings.modelUrl);
  const ahead = useSession((state) => state.ahead?.status ?? null);
  const loaded = useSession((state) => state.engine?.modelUrl ?? null);
  const { setSettings, prepareModel } = useSessionActions();
  const [former, setFormer] = useState<string | null>(null);
  const [looked, setLooked] = useState<Looked | null>(null);
  /** Where the focus goes once the list is there again. */
  const place = useRef<string | null>(null);
  const copying = useFolderCopy(desk.copying);
  const advice = useAdvice(desk);
  const kept = useKeptModels(desk, `${inUse} ${ahead ?? ''} ${loaded ?? ''} ${copying.status}`);

  useEffect(() => {
    if (looked !== null || place.current === null) return;
    focusOn(place.current);
    place.current = null;
  }, [looked]);

  /** To a place in the list, which may have to be drawn first. */
  const leadTo = (id: string) => {
    if (looked === null) return focusOn(id);
    place.current = id;
    setLooked(null);
  };
  const use = (modelUrl: string) => {
    if (modelUrl !== inUse) setFormer(inUse);
    setSettings({ modelUrl });
    void prepareModel();
    if (modelUrl !== SHIPPED_MODEL && serverPlace(modelUrl) === null) void desk.keepForGood();
    leadTo(IN_USE);
  };
  const goTo = (to: WayOut['to']) => {
    if (to !== 'page') leadTo(PLACES[to]);
  };

  if (looked) {
    return (
      <HubModel
        key={`${looked.id}@${looked.revision ?? ''}`}
        desk={desk}
        {...looked}
        onBack={() => leadTo(PLACES.models)}
        onUse={use}
        onWay={goTo}
      />
    );
  }
  return (
    <>
      <Section title={sections.inUse}>
        <div id={IN_USE} tabIndex={-1} className="outline-none">
          <ModelInUse desk={desk} former={former} onWay={goTo} onUse={use} />
        </div>
      </Section>
      <Section title={sections.choose}>
        <div id={PLACES.models} tabIndex={-1} className="outline-none">
          <ModelList
            curated={desk.curated}
            kept={kept.models ?? []}
            advice={advice}
            inUse={inUse}
            onShipped={() => use(SHIPPED_MODEL)}
            onOpen={(id) => setLooked({ id, revision: null })}
          />
        </div>
        <HubForm desk={desk} onOpen={(id, revision) => setLooked({ id, revision })} />
      </Section>
      <Section title={sections.server}>
        <ServerPanel onUse={use} />
      </Section>
      <Section title={sections.fromHere}>
        <FolderIntake desk={desk} onImported={use} />
      </Section>
      <Section title={sections.onDisk}>
        <div id={PLACES.kept} tabIndex={-1} className="outline-none">
          <KeptModels
            desk={desk}
            models={kept.models}
            bytes={kept.bytes}
            inUse={keptAs(inUse)}
            onUse={use}
            onDeleted={(modelUrl) => {
              kept.read();
              if (modelUrl === keptAs(inUse)) setSettings({ modelUrl: SHIPPED_MODEL });
            }}
          />
        </div>
      </Section>
      <Section title={sections.sources}>
        <HubSettings />
      </Section>
    </>
  );
}
