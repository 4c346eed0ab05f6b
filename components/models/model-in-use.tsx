'use client';
/** The model that answers next, and what is being done about it: on its way, paused, ready, or failed with a way out. */
import { Pause, Play } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { modelName, SHIPPED_MODEL, useSession, useSessionActions } from '@/lib/session';
import { FailureNote } from './failure-note';
import { GivenWishes } from './given-wishes';
import { LoadBar } from './load-bar';
import type { ModelDesk } from './model-desk';
import { SmallerOffer } from './smaller-offer';
import { loadWords, type WayOut } from './words';

interface ModelInUseProps {
  readonly desk: ModelDesk;
  /** Used before this one; null where that is not known. */
  readonly former: string | null;
  readonly onWay: (to: WayOut['to']) => void;
  /** Takes another model, or this one otherwise. */
  readonly onUse: (modelUrl: string) => void;
}

/** What smaller pictures give more of, by the code of what went wrong. */
const RAN_OUT: Readonly<Record<string, 'memory' | 'context'>> = {
  'engine/out-of-memory': 'memory',
  'engine/context-full': 'context',
};

export function ModelInUse({ desk, former, onWay, onUse }: ModelInUseProps) {
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
      Cancel
    </Button>
  ) : null;

  return (
    <div className="pt-3">
      <p className="text-lead font-medium wrap-anywhere">{name}</p>
      {ahead?.status === 'going' || paused ? (
        <div className="mt-2">
          <LoadBar words={loadWords(load, paused)} files={files} paused={paused} />
          <div className="mt-2.5 flex gap-2">
            {/* One button all along: who has pressed it stays on it. */}
            {load === null || load.phase === 'download' || paused ? (
              <Button size="small" onClick={() => void (paused ? prepareModel() : pauseModel())}>
                {paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
                {paused ? 'Resume' : 'Pause'}
              </Button>
            ) : null}
            {cancel}
          </div>
          {paused ? <p className="mt-2 text-small text-ink-faint">What has arrived is kept in this browser.</p> : null}
        </div>
      ) : null}
      {ahead?.status === 'waiting' ? (
        <div className="mt-1">
          <p className="text-small text-ink-soft">
            A question is being answered with {modelName(engine?.modelUrl ?? SHIPPED_MODEL)}. This one comes after it.
          </p>
          <div className="mt-2.5 flex gap-2">
            <Button size="small" onClick={stop}>
              Stop that run now
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
          back={back ? { label: `Back to ${modelName(back)}`, onBack: () => goBack(back) } : null}
        />
      ) : null}
      {ranOut && phase === 'idle' ? (
        <SmallerOffer desk={desk} modelUrl={modelUrl} ranOut={ranOut} onUse={onUse} />
      ) : null}
      {ahead === null && phase === 'loading' ? (
        <div className="mt-2">
          <LoadBar words={loadWords(load)} files={files} paused={false} />
          <Button size="small" onClick={stop} className="mt-2.5">
            Stop
          </Button>
        </div>
      ) : null}
      {ahead === null && phase !== 'loading' ? (
        ready ? (
          <>
            <p className="mt-1 text-small text-ink-soft">
              Loaded, on{' '}
              <strong className="font-semibold text-ink">{engine.device === 'webgpu' ? 'WebGPU' : 'WASM'}</strong>.
              {engine.reason ? ` ${engine.reason}` : ''}
            </p>
            {engine.keptCopy ? <p className="mt-1 text-small text-ink-soft">{engine.keptCopy}</p> : null}
            <p className="mt-1 text-small text-ink-faint">{engine.card.provenance}</p>
          </>
        ) : (
          <div className="mt-1">
            <p className="text-small text-ink-soft">
              {phase === 'running'
                ? 'It answers the next question; the one on its way is still another’s.'
                : 'It is loaded with the next question, or now.'}
            </p>
            <Button size="small" onClick={() => void prepareModel()} className="mt-2">
              {phase === 'running' ? 'Load it after this run' : 'Load it now'}
            </Button>
          </div>
        )
      ) : null}
      {ahead === null || ahead.status === 'failed' ? (
        <GivenWishes desk={desk} modelUrl={modelUrl} onWish={(wished) => setSettings({ modelUrl: wished })} />
      ) : null}
      <p role="status" className="sr-only">
        {spoken(name, ahead?.status ?? null, ready, load?.phase ?? null)}
      </p>
    </div>
  );
}

/** Said when it changes; how far a download is can be heard from the bar. */
function spoken(name: string, status: string | null, ready: boolean, phase: string | null): string {
  if (status === 'going') return phase === 'download' || phase === null ? `Downloading ${name}.` : `Starting ${name}.`;
  if (status === 'paused') return `The download of ${name} is paused.`;
  if (status === 'waiting') return `${name} waits for the run to end.`;
  return status === null && ready ? `${name} is ready.` : '';
}
