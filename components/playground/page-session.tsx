'use client';
/**
 * One session for the whole page, across its routes but for shared runs (/t, /e), which bring their own and leave what is kept
 * in this browser alone. The code behind it (decoders, storage, the engine's client) comes as a
 * separate chunk after first paint; until then a waiting session stands in.
 */
import { usePathname } from 'next/navigation';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { whenIdle } from '@/components/ui/idle-parts';
import { SessionProvider, type Session } from '@/lib/session';
import { ModelsOpen } from './models-open';
import { createWaitingSession } from './waiting-session';

interface Carried {
  readonly session: Session;
  readonly ready: boolean;
}

const ReadyContext = createContext(false);

/** The real session is there, and with it what is kept in this browser. */
export const useSessionReady = (): boolean => useContext(ReadyContext);

interface Gate {
  readonly opened: Promise<Session>;
  readonly open: (session: Session) => void;
  readonly fail: (error: unknown) => void;
}

// What the first question and the first kept run need, and is not there before.
whenIdle(
  () => import('@/lib/engine/client'),
  () => import('@/lib/image/image-service'),
  () => import('@/lib/image/fetch-image'),
  () => import('@/lib/agent'),
  () => import('@/lib/trajectory/document'),
  () => import('@/lib/library/archive'),
);

/** A browser tab has one; React may mount the provider twice. */
let starting: Promise<Session> | null = null;

function startSession(hubEndpoint: string | null): Promise<Session> {
  starting ??= import('./create-page-session').then(({ createPageSession }) => createPageSession(hubEndpoint));
  // Another mount may have more luck.
  starting.catch(() => (starting = null));
  return starting;
}

function createGate(): Gate {
  let open: Gate['open'] = () => undefined;
  let fail: Gate['fail'] = () => undefined;
  const opened = new Promise<Session>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { opened, open, fail };
}

const isShared = (path: string): boolean => /^\/[te]\//.test(path);

interface PageSessionProps {
  /** Where the server says that models of a hub come from; null: it says nothing. */
  readonly hubEndpoint: string | null;
  readonly children: ReactNode;
}

export function PageSession({ hubEndpoint, children }: PageSessionProps) {
  const shared = isShared(usePathname());
  const [gate] = useState(createGate);
  const [carried, setCarried] = useState<Carried>(() => ({
    session: createWaitingSession(gate.opened, hubEndpoint),
    ready: false,
  }));
  useEffect(() => {
    if (shared) return;
    let here = true;
    startSession(hubEndpoint).then((session) => {
      gate.open(session);
      if (here) setCarried({ session, ready: true });
    }, gate.fail);
    return () => {
      here = false;
    };
  }, [gate, shared, hubEndpoint]);
  return (
    <SessionProvider session={carried.session}>
      <ReadyContext value={carried.ready}>
        <ModelsOpen>{children}</ModelsOpen>
      </ReadyContext>
    </SessionProvider>
  );
}
