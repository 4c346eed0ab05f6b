/** What the page and the worker that reads shares say to each other. */
import type { RunPiece } from '@/lib/trajectory';
import type { SharedRun } from '../contract';

export type PayloadMethods = {
  read: {
    request: Uint8Array<ArrayBuffer>;
    item: RunPiece | ({ readonly piece: 'rest' } & Pick<SharedRun, 'images' | 'cut'>);
  };
};
