/** Reads what a link brought, once, and is ended by whoever started it. */
import { serveRpc } from '@/lib/port';
import { piecesOf } from '@/lib/trajectory';
import { readPayload } from '../payload';
import type { PayloadMethods } from './payload-protocol';

serveRpc<PayloadMethods>(self, {
  async *read(payload) {
    const { trajectory, more, images, cut } = await readPayload(payload);
    for (const run of [trajectory, ...more]) yield* piecesOf(run);
    yield { piece: 'rest', images, cut };
  },
});
