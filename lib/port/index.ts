/**
 * Port: how threads and tabs speak and wait for each other. It knows nothing of pictures or models.
 *
 * - **rpc**: calls over a worker's port, each answered by a stream. **channel**: a stream that is pushed. **mutex**: so many at a time,
 *   here; **lock**: in all tabs of this origin. **coded error**: an error that crosses with its code.
 */
export { breathe } from './breathe';
export { createChannel } from './channel';
export type { Channel } from './channel';
export { CodedError, messageOf } from './coded-error';
export type { Problem } from './coded-error';
export { holdAlone, holdShared, ifFree, othersAt } from './locks';
export { onAbort } from './on-abort';
export { createMutex } from './mutex';
export type { Mutex } from './mutex';
export { connectRpc, serveRpc } from './rpc';
export type { RpcClient, RpcEndpoint, RpcHandlers } from './rpc';
