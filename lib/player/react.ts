'use client';
/** The thin binding of a player to React: a provider, and hooks that read it and its view by selector. The nearest one counts. */
import { createContext, createElement, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Player, PlayerActions, PlayerState, View, ViewActions, ViewState } from './contract';

const PlayerContext = createContext<Player | null>(null);

export interface PlayerProviderProps {
  readonly player: Player;
  readonly children: ReactNode;
}

export function PlayerProvider({ player, children }: PlayerProviderProps): ReactNode {
  return createElement(PlayerContext.Provider, { value: player }, children);
}

/** The store itself, for effects that read without re-rendering. */
export function usePlayerStore(): Player {
  const player = useContext(PlayerContext);
  if (!player) throw new Error('usePlayer needs a PlayerProvider above it');
  return player;
}

/** A part of the player's state; `select` must return the same value while nothing it reads has changed. */
export function usePlayer<T>(select: (state: PlayerState) => T): T {
  return useStore(usePlayerStore(), select);
}

export function usePlayerActions(): PlayerActions {
  return usePlayerStore().actions;
}

export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(usePlayerStore().view, select);
}

export function useViewActions(): ViewActions {
  return usePlayerStore().view.actions;
}

export function useViewStore(): View {
  return usePlayerStore().view;
}
