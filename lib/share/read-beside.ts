/**
 * Reads a share beside the page: anybody can make one, and a few kilobytes may take seconds to unpack and to check. In place where there
 * are no workers (Node).
 */
import { connectRpc } from '@/lib/port';
import { joinPieces, type RunJoiner } from '@/lib/trajectory';
import { SHARE_ERROR_CODES, ShareError, type SharedRun } from './contract';
import type { PayloadMethods, RestOfShare } from './worker/payload-protocol';

type ReadShare = Pick<SharedRun, 'trajectory' | 'more' | 'beside' | 'images' | 'cut'>;

/** Throws what `readPayload` throws; `offline` where the worker's code did not arrive, or it died. */
export async function readBeside(payload: Uint8Array<ArrayBuffer>): Promise<ReadShare> {
  if (typeof Worker === 'undefined') return (await import('./payload')).readPayload(payload);
  const worker = new Worker(new URL('./worker/payload-worker.ts', import.meta.url), { type: 'module', name: 'share' });
  const gone = () => new ShareError('offline', 'what reads a share could not be loaded, or stopped');
  const rpc = connectRpc<PayloadMethods>(worker, {
    toError: (code, message) => new ShareError(SHARE_ERROR_CODES.find((one) => one === code) ?? 'invalid', message),
    onCrash: gone,
    onDeaf: gone,
  });
  try {
    // One a run: each begins with a piece of its own kind.
    const joiners: RunJoiner[] = [];
    let rest: RestOfShare | null = null;
    for await (const item of rpc.stream('read', payload)) {
      if (item.piece === 'run') joiners.push(joinPieces());
      if (item.piece === 'rest') rest = item;
      else joiners.at(-1)?.take(item);
    }
    const [trajectory, ...others] = joiners.flatMap((joiner) => joiner.run() ?? []);
    if (!trajectory || !rest) throw gone();
    const { more, images, cut } = rest;
    return { trajectory, more: others.slice(0, more), beside: others.slice(more), images, cut };
  } finally {
    rpc.close(gone());
    worker.terminate();
  }
}
