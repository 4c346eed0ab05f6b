/** How files travel: sizes of pieces and requests, how many at once, how much patience. Tests make all of it smaller. */
import { PATIENCE, type Patience } from '../hub/ask';

export interface Transfer {
  /** What is written to the disk at once, and what a tab that is closed loses of each connection. */
  readonly pieceBytes: number;
  /** Pieces of one request. */
  readonly stretchPieces: number;
  readonly connections: number;
  readonly patience: Patience;
}

/** Four connections that each lose less than a piece lose together less than one request of 8 MiB. */
export const TRANSFER: Transfer = {
  pieceBytes: 2 * 1024 * 1024,
  stretchPieces: 4,
  connections: 4,
  patience: PATIENCE,
};
