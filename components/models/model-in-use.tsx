'use client';
/** The model that answers next, and what is being done about it: on its way, paused, ready, or failed with a way out. */
import { Pause, Play } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { lazyView } from '@/components/ui/lazy-view';
import { RichText } from '@/components/ui/rich-text';
import { modelName, serverPlace, SHIPPED_MODEL, useSession, useSessionActions } from '@/lib/session';
import { useCommonWords } from '@/lib/words/common';
import { say, type Words } from '@/lib/words';
import { useEngineWords } from '@/lib/words/engine';
import { useModelsWords } from '@/lib/words/models';
import { FailureNote } from './failure-note';
import { GivenWishes } from './given-wishes';
import { LoadBar } from './load-bar';
import type { ModelDesk } from './model-desk';
import { SmallerOffer } from './smaller-offer';
import { loadWords, type WayOut } from './words';
import { sentences } from '@/lib/words/sentences';

interface ModelInUseProps {
  readonly desk: ModelDesk;
  /** Used before this one; null where that is not known. */
  readonly former: string | null;
  readonly onWay: (to: WayOut['to']) => void;
  /** Takes another model, or this one otherwise. */
  readonly onUse: (modelUrl: string) => void;
}

const RemoteWishes = lazyView(() => import('./remote-wishes').then(({ RemoteWishes: wishes }) => wishes));
const EngineNotes = lazyView(() => import('./engine-notes').then(({ EngineNotes: notes }) => notes));

/** What smaller pictures give more of, by the code of what went wrong. */
const RAN_OUT: Readonly<Record<string, 'memory' | 'context'>> = {
  'engine/out-of-memory': 'memory',
  'engine/context-full': 'context',
};

export function ModelInUse({ desk, former, onWay, onUse }: ModelInUseProps) {
  const words = useModelsWords();
  const { inUse } = words;
  const { keptCopy, remarks } = useEngineWords();
  const common = useCommonWords();
  const modelUrl = useSession((state) => state.settings.modelUrl);
  const endpoint = useSession((state) => state.hub.endpoint);
  const phase = useSession((state) => state.phase);
  const engine = useSession((state) => state.engine);
  const ahead = useSession((state) => state.ahead);
  const load = useSession((state) => state.load);
  // Of a load, or of a run that has ended.
  const ranOut = useSession((state) => RAN_OUT[state.notice?.code ?? ''] ?? null);
  const files = useSession((state) => state.files);
  const { prepareModel, pauseModel, setSettings, stop } = useSessionActions();
  const name = modelName(modelUrl);
  const before = former !== null && former !== modelUrl ? former : SHIPPED_MODEL;
  const back = before === modelUrl ? null : before;
  const goBack = (to: string) => setSettings({ modelUrl: to });
  const id = /^hub:([^@?]+)/.exec(modelUrl)?.[1];
  const ready = engine?.modelUrl === modelUrl;
  const paused = ahead?.status === 'paused';
  const cancel = back ? (
    <Button size="small" weight="quiet" onClick={() => goBack(back)}>
      {common.cancel}
    </Button>
  ) : null;

  return (
    <div className="pt-3">
      <p className="text-lead font-medium wrap-anywhere">{name}</p>
      {ahead?.status === 'going' || paused ? (
        <div className="mt-2">
          <LoadBar said={loadWords(words, load, paused)} files={files} paused={paused} />
          <div className="mt-2.5 flex gap-2">
            {/* One button all along: who has pressed it stays on it. */}
            {load === null || load.phase === 'download' || paused ? (
              <Button size="small" onClick={() => void (paused ? prepareModel() : pauseModel())}>
                {paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
                {paused ? inUse.resume : inUse.pause}
              </Button>
            ) : null}
            {cancel}
          </div>
          {paused ? <p className="mt-2 text-small text-ink-faint">{inUse.kept}</p> : null}
        </div>
      ) : null}
      {ahead?.status === 'waiting' ? (
        <div className="mt-1">
          <p className="text-small text-ink-soft">{inUse.waiting(modelName(engine?.modelUrl ?? SHIPPED_MODEL))}</p>
          <div className="mt-2.5 flex gap-2">
            <Button size="small" onClick={stop}>
              {inUse.stopThatRun}
            </Button>
            {cancel}
          </div>
        </div>
      ) : null}
      {ahead?.status === 'failed' ? (
        <FailureNote
          notice={ahead.notice}
          onAgain={() => void prepareModel()}
          onWay={onWay}
          page={id === undefined ? null : `${endpoint}/${id}`}
          back={back ? { label: inUse.backTo(modelName(back)), onBack: () => goBack(back) } : null}
        />
      ) : null}
      {ranOut && phase === 'idle' ? (
        <SmallerOffer desk={desk} modelUrl={modelUrl} ranOut={ranOut} onUse={onUse} />
      ) : null}
      {ahead === null && phase === 'loading' ? (
        <div className="mt-2">
          <LoadBar said={loadWords(words, load)} files={files} paused={false} />
          <Button size="small" onClick={stop} className="mt-2.5">
            {inUse.stop}
          </Button>
        </div>
      ) : null}
      {ahead === null && phase !== 'loading' ? (
        ready ? (
          <>
            <p className="mt-1 text-small text-ink-soft">
              <RichText
                text={sentences(inUse.loadedOn, ...engine.remarks.map((remark) => say(remarks, remark)))}
                parts={{
                  device: () => (
                    <strong className="font-semibold text-ink">{engine.engine ?? words.devices[engine.device]}</strong>
                  ),
                }}
              />
            </p>
            {engine.keptCopy ? <p className="mt-1 text-small text-ink-soft">{say(keptCopy, engine.keptCopy)}</p> : null}
            {engine.card.provenance ? <p className="mt-1 text-small text-ink-faint">{engine.card.provenance}</p> : null}
            {engine.notes?.length ? <EngineNotes notes={engine.notes} /> : null}
          </>
        ) : (
          <div className="mt-1">
            <p className="text-small text-ink-soft">{phase === 'running' ? inUse.nextQuestion : inUse.onDemand}</p>
            <Button size="small" onClick={() => void prepareModel()} className="mt-2">
              {phase === 'running' ? inUse.loadAfterRun : inUse.loadNow}
            </Button>
          </div>
        )
      ) : null}
      {serverPlace(modelUrl) !== null && (ahead === null || ahead.status === 'failed') ? (
        <RemoteWishes modelUrl={modelUrl} onWish={(wished) => setSettings({ modelUrl: wished })} />
      ) : null}
      {ahead === null || ahead.status === 'failed' ? (
        <GivenWishes desk={desk} modelUrl={modelUrl} onWish={(wished) => setSettings({ modelUrl: wished })} />
      ) : null}
      <p role="status" className="sr-only">
        {spoken(inUse.said, name, ahead?.status ?? null, ready, load?.phase ?? null)}
      </p>
    </div>
  );
}

/** Said when it changes; how far a download is can be heard from the bar. */
function spoken(
  words: Words['models']['inUse']['said'],
  name: string,
  status: string | null,
  ready: boolean,
  phase: string | null,
): string {
  if (status === 'going')
    return phase === 'download' || phase === null ? words.downloading(name) : words.starting(name);
  if (status === 'paused') return words.paused(name);
  if (status === 'waiting') return words.waiting(name);
  return status === null && ready ? words.ready(name) : '';
}
