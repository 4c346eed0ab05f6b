/**
 * A world error: something outside the program went wrong, and its `code`, from a closed union of its subsystem, says what. Code and
 * problem are what crosses workers, networks and stores; words for people are found by them (lib/words). The message is technical.
 */
export abstract class CodedError extends Error {
  abstract readonly code: string;
  /** What exactly, where more is known than the code says. */
  abstract readonly problem: Problem | null;
}

/** A phrase of lib/words, of whichever table: plain data. */
export interface Problem {
  readonly code: string;
  readonly params?: unknown;
}

export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  // A C++ exception that escapes ONNX Runtime arrives as a bare pointer.
  return typeof error === 'number' ? `native exception ${error}` : String(error);
}
