/** What the page and the worker that reads shares say to each other. */
import type { RunPiece } from '@/lib/trajectory';
import type { SharedRun } from '../contract';

/** After the pieces of all runs: how many of those after the first are `more`; what follows them is `beside`. */
export interface RestOfShare extends Pick<SharedRun, 'images' | 'cut'> {
  readonly piece: 'rest';
  readonly more: number;
}

export type PayloadMethods = {
  read: { request: Uint8Array<ArrayBuffer>; item: RunPiece | RestOfShare };
};
