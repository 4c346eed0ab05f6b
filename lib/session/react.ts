'use client';
/**
 * The thin binding of the session to React: a provider that carries it and its player, and hooks that read it by selector.
 */
import { createContext, createElement, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { PlayerProvider } from '@/lib/player';
import type { Session, SessionActions, SessionState } from './contract';

const SessionContext = createContext<Session | null>(null);

export interface SessionProviderProps {
  readonly session: Session;
  readonly children: ReactNode;
}

export function SessionProvider({ session, children }: SessionProviderProps): ReactNode {
  const player = createElement(PlayerProvider, { player: session.player, children });
  return createElement(SessionContext.Provider, { value: session }, player);
}

/** The store itself, for effects that read without re-rendering. */
export function useSessionStore(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it');
  return session;
}

/** A part of the session's state; `select` must return the same value while nothing it reads has changed. */
export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useSessionStore(), select);
}

export function useSessionActions(): SessionActions {
  return useSessionStore().actions;
}
