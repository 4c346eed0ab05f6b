/** The page's side of a set: a worker of its own, which ends with it. */
import { CodedError, connectRpc } from '@/lib/port';
import type { GivenFile } from './containers/source';
import type { PictureName, Reading } from './contract';
import type { OpenedRow, SetEvent } from './set-contract';
import type { SetMethods } from './worker-protocol';

/** The worker is gone: it crashed, or its memory did. The message is technical. */
export class SetReaderError extends CodedError {
  override readonly name = 'SetReaderError';
  readonly code = 'reader-stopped';
  readonly problem = null;
}

/** Streams end where they are stopped; a stopped one throws the signal's reason. */
export interface SetReader {
  open(given: readonly GivenFile[], signal?: AbortSignal): AsyncIterable<SetEvent>;
  supply(given: readonly GivenFile[], signal?: AbortSignal): AsyncIterable<SetEvent>;
  /** Files of the set that have changed, and new ones beside them. */
  refresh(given: readonly GivenFile[], signal?: AbortSignal): AsyncIterable<SetEvent>;
  assign(wanted: PictureName, path: string, signal?: AbortSignal): AsyncIterable<SetEvent>;
  setReading(file: number, reading: Reading, signal?: AbortSignal): AsyncIterable<SetEvent>;
  row(index: number): Promise<OpenedRow>;
  close(): void;
}

function startWorker(): Worker {
  return new Worker(new URL('./worker/set-worker.ts', import.meta.url), { type: 'module', name: 'set' });
}

export function createSetReader(): SetReader {
  const worker = startWorker();
  const gone = (detail: string) => new SetReaderError(detail);
  const rpc = connectRpc<SetMethods>(worker, {
    toError: (_code, message) => gone(message),
    onCrash: gone,
    onDeaf: () => {
      worker.terminate();
      return gone('deaf');
    },
  });
  return {
    open: (given, signal) => rpc.stream('open', given, signal),
    supply: (given, signal) => rpc.stream('supply', given, signal),
    refresh: (given, signal) => rpc.stream('refresh', given, signal),
    assign: (wanted, path, signal) => rpc.stream('assign', { wanted, path }, signal),
    setReading: (file, reading, signal) => rpc.stream('setReading', { file, reading }, signal),
    async row(index) {
      for await (const row of rpc.stream('row', index)) return row;
      throw gone('no answer');
    },
    close() {
      rpc.close(gone('closed'));
      worker.terminate();
    },
  };
}
