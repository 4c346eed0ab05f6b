/** Reads what a link brought, once, and is ended by whoever started it. */
import { serveRpc } from '@/lib/port';
import { piecesOf } from '@/lib/trajectory';
import { readPayload } from '../payload';
import type { PayloadMethods } from './payload-protocol';

serveRpc<PayloadMethods>(self, {
  async *read(payload) {
    const { trajectory, more, beside, images, cut } = await readPayload(payload);
    for (const run of [trajectory, ...more, ...beside]) yield* piecesOf(run);
    yield { piece: 'rest', more: more.length, images, cut };
  },
});
