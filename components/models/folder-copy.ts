/**
 * The copying of a model from this device. It belongs to the page and not to what is drawn of it: who closes the sheet, or looks at
 * another model meanwhile, finds it going on, done, or failed with its reason.
 */
import { useSyncExternalStore } from 'react';
import { noticeOfError, type Notice } from '@/lib/session';
import type { ImportOrder, OnProgress } from './model-desk';

export type FolderCopyState =
  | { readonly status: 'idle' }
  /** Bytes. */
  | { readonly status: 'copying'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly status: 'done'; readonly name: string; readonly modelUrl: string }
  | { readonly status: 'failed'; readonly notice: Notice };

export interface FolderCopy {
  readonly get: () => FolderCopyState;
  readonly subscribe: (told: () => void) => () => void;
  /**
   * Copies; what was being copied before is stopped. Never rejects: a failure is a state.
   * @param onCopied called first of all with the address, whether or not anybody still looks on
   * @returns the address; null where it failed or was stopped
   */
  start(order: ImportOrder, onCopied: (modelUrl: string) => void): Promise<string | null>;
  /** Stops it, and forgets how the last one ended. */
  clear(): void;
}

/** @param importFolder as `importLocalModel`, with an address as its result. @throws EngineError; the abort's reason */
export function createFolderCopy(
  importFolder: (order: ImportOrder, onProgress: OnProgress, signal: AbortSignal) => Promise<string>,
): FolderCopy {
  const listeners = new Set<() => void>();
  let state: FolderCopyState = { status: 'idle' };
  let going: AbortController | null = null;
  const set = (next: FolderCopyState) => {
    state = next;
    for (const told of listeners) told();
  };
  return {
    get: () => state,
    subscribe(told) {
      listeners.add(told);
      return () => void listeners.delete(told);
    },
    async start(order, onCopied) {
      going?.abort();
      const { signal } = (going = new AbortController());
      const { name } = order;
      set({ status: 'copying', name, done: 0, total: 0 });
      try {
        const onProgress = (done: number, total: number) => {
          if (!signal.aborted) set({ status: 'copying', name, done, total });
        };
        const modelUrl = await importFolder(order, onProgress, signal);
        // Where it was stopped in the last moment it is there all the same.
        onCopied(modelUrl);
        if (signal.aborted) return null;
        set({ status: 'done', name, modelUrl });
        return modelUrl;
      } catch (error) {
        if (!signal.aborted) set({ status: 'failed', notice: noticeOfError(error) });
        return null;
      }
    },
    clear() {
      going?.abort();
      going = null;
      set({ status: 'idle' });
    },
  };
}

export function useFolderCopy({ get, subscribe }: FolderCopy): FolderCopyState {
  return useSyncExternalStore(subscribe, get, get);
}
