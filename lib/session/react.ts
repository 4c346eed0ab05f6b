'use client';
/**
 * The thin binding of session and view to React: a provider that carries both, and hooks that read them by selector.
 */
import { createContext, createElement, useContext, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Session, SessionActions, SessionState, View, ViewActions, ViewState } from './contract';

interface Carried {
  readonly session: Session;
  readonly view: View;
}

const SessionContext = createContext<Carried | null>(null);

export interface SessionProviderProps extends Carried {
  readonly children: ReactNode;
}

export function SessionProvider({ session, view, children }: SessionProviderProps): ReactNode {
  const carried = useMemo(() => ({ session, view }), [session, view]);
  return createElement(SessionContext.Provider, { value: carried }, children);
}

function useCarriedContext(): Carried {
  const carried = useContext(SessionContext);
  if (!carried) throw new Error('useSession needs a SessionProvider above it');
  return carried;
}

/** A part of the session's state; `select` must return the same value while nothing it reads has changed. */
export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useCarriedContext().session, select);
}

export function useSessionActions(): SessionActions {
  return useCarriedContext().session.actions;
}

/** The store itself, for effects that read without re-rendering. */
export function useSessionStore(): Session {
  return useCarriedContext().session;
}

export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useCarriedContext().view, select);
}

export function useViewActions(): ViewActions {
  return useCarriedContext().view.actions;
}

export function useViewStore(): View {
  return useCarriedContext().view;
}
