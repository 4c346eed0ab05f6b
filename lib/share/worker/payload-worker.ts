/** Reads what a link brought, once, and is ended by whoever started it. */
import { serveRpc } from '@/lib/port';
import { piecesOf } from '@/lib/trajectory';
import { readPayload } from '../payload';
import type { PayloadMethods } from './payload-protocol';

serveRpc<PayloadMethods>(self, {
  async *read(payload) {
    const { trajectory, images, cut } = await readPayload(payload);
    yield* piecesOf(trajectory);
    yield { piece: 'rest', images, cut };
  },
});
