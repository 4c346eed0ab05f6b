/**
 * Reads documents beside the page: what is kept, and what comes in files, may take seconds to parse, check and unpack. Ended when it is
 * idle, so that no connection outlasts its use.
 */
import { connectRpc, type RpcClient } from '@/lib/port';
import { joinPieces } from '@/lib/trajectory';
import type { ImportReport } from './archive';
import { LIBRARY_ERROR_CODES, LibraryError, type RunFiles } from './contract';
import { ReaderGone, type Reader } from './reader-contract';
import type { ReaderMethods } from './worker-protocol';

const IDLE_MS = 60_000;

interface Connection {
  readonly worker: Worker;
  readonly rpc: RpcClient<ReaderMethods>;
}

/** @param name of the database; left out: the usual one */
export function createReader(name: string | undefined): Reader {
  let connection: Connection | null = null;
  let atWork = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function end(which: Connection | null, error: LibraryError): void {
    clearTimeout(idle);
    which?.rpc.close(error);
    which?.worker.terminate();
    if (connection === which) connection = null;
  }

  function connect(): RpcClient<ReaderMethods> {
    if (connection) return connection.rpc;
    const worker = new Worker(new URL('./worker/reader-worker.ts', import.meta.url), {
      type: 'module',
      name: 'reader',
    });
    const gone = (detail: string) => {
      const error = new ReaderGone(detail);
      end(opened, error);
      return error;
    };
    const rpc = connectRpc<ReaderMethods>(worker, {
      toError: (code, message) =>
        new LibraryError(LIBRARY_ERROR_CODES.find((one) => one === code) ?? 'internal', message),
      onCrash: gone,
      onDeaf: () => gone('deaf'),
    });
    const opened: Connection = { worker, rpc };
    connection = opened;
    return rpc;
  }

  async function* call<K extends keyof ReaderMethods>(method: K, request: ReaderMethods[K]['request']) {
    clearTimeout(idle);
    atWork += 1;
    try {
      yield* connect().stream(method, request);
    } finally {
      atWork -= 1;
      if (atWork === 0) idle = setTimeout(() => end(connection, new ReaderGone('idle')), IDLE_MS);
    }
  }

  return {
    async load(id, options) {
      const joiner = joinPieces();
      let files: RunFiles = new Map();
      for await (const item of call('load', { name, id, options })) {
        if (item.piece === 'files') files = item.files;
        else joiner.take(item);
      }
      const trajectory = joiner.run();
      return trajectory && { trajectory, files };
    },
    async importFiles(files, progress) {
      let report: ImportReport | null = null;
      for await (const item of call('import', { name, files })) {
        if ('report' in item) report = item.report;
        else progress(item.done, item.total);
      }
      if (!report) throw new ReaderGone('no report');
      return report;
    },
    close: () => end(connection, new LibraryError('unavailable', 'closed')),
  };
}
