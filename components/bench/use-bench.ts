import { useState, useSyncExternalStore } from 'react';
import type { Bench, BenchState } from '@/lib/bench';
import { pageBench } from './page-bench';

/** The page's bench and its state, drawn again at every change. */
export function useBench(): { readonly bench: Bench; readonly state: BenchState } {
  const [bench] = useState(pageBench);
  return { bench, state: useSyncExternalStore(bench.subscribe, bench.getState, bench.getState) };
}
