/**
 * A world error: something outside the program went wrong, and its `code`, from a closed union of its subsystem, says what. The code
 * is what crosses workers, networks and stores; words for people are found by it.
 */
export abstract class CodedError extends Error {
  abstract readonly code: string;
}

export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  // A C++ exception that escapes ONNX Runtime arrives as a bare pointer.
  return typeof error === 'number' ? `native exception ${error}` : String(error);
}
