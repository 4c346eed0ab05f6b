/** The engine's worker: the host behind the RPC, and nothing else. */
import { serveRpc } from '@/lib/port';
import type { WorkerMethods } from '../worker-protocol';
import { createEngineHost } from './engine-host';

serveRpc<WorkerMethods>(self, createEngineHost());
