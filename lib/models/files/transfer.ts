/** How files travel: sizes of pieces and requests, how many at once, how much patience. Tests make all of it smaller. */
import { PATIENCE, type Patience } from '../hub/ask';

export interface Transfer {
  /** What is written to the disk at once, and what a tab that is closed loses of each connection. */
  readonly pieceBytes: number;
  /** Pieces of one request. */
  readonly stretchPieces: number;
  readonly connections: number;
  /** Where the disk is full, a set of files up to this size is held in memory instead. */
  readonly bearableInMemory: number;
  readonly patience: Patience;
}

/**
 * Four connections that each lose a piece begun, and what the browser holds of them unread, lose
 * together less than one request of 8 MiB.
 */
export const TRANSFER: Transfer = {
  pieceBytes: 1024 * 1024,
  stretchPieces: 8,
  connections: 4,
  bearableInMemory: 256 * 1024 * 1024,
  patience: PATIENCE,
};
