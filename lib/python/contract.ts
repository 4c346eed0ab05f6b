/**
 * Python that a model wrote, run in this page and away from it: `createSandbox` keeps one set of names a run, and gives what a block of code
 * said and drew. Types, limits and error codes only.
 */
import { CodedError } from '@/lib/port';

/** RGBA, `width × height × 4` bytes, not premultiplied. */
export interface RgbaPixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array<ArrayBuffer>;
}

/** A picture that code finds as `image_1`, `image_2` …, by its place. */
export interface CodePicture {
  /** Another key is another picture. */
  readonly key: string;
  /** Asked for once, when the names begin. */
  readonly pixels: () => Promise<RgbaPixels>;
}

export interface CodeRequest {
  readonly code: string;
  /** The blocks that ran before this one, in order, whose names it finds: they are run again wherever they are not there any more. */
  readonly before: readonly string[];
  readonly pictures: readonly CodePicture[];
  /** Milliseconds, for this block, and for all before it where they run again. Left out: `USUAL_TIME_MS`; at most `MOST_TIME_MS`. */
  readonly timeLimit?: number;
  /** Ends what runs, at once. */
  readonly signal: AbortSignal;
}

export interface CodeResult {
  /** At most `OUTPUT_BYTES` each; what was more is left out, which the last line says. */
  readonly stdout: string;
  /** With the traceback of what went wrong. */
  readonly stderr: string;
  /** The last line of that traceback; null where nothing went wrong. */
  readonly error: string | null;
  /** The block did not come to its end, and left no names: it took too long, or what ran it broke down, most often for want of memory. */
  readonly ended: 'time' | 'crash' | null;
  /** The names of the blocks before are gone: running them again failed. */
  readonly namesGone: boolean;
  /** What was shown, in order, at most `MOST_PICTURES`. */
  readonly pictures: readonly RgbaPixels[];
  /** What was shown beyond that, and is left out. */
  readonly picturesLeft: number;
  readonly ms: number;
}

export interface Sandbox {
  /**
   * One block at a time; the next waits.
   * @throws PythonError; the signal's reason
   */
  run(request: CodeRequest): Promise<CodeResult>;
  /** Ends all that runs and gives back its memory; a later `run` begins anew. */
  end(): void;
}

export const USUAL_TIME_MS = 30_000;
export const MOST_TIME_MS = 300_000;
export const OUTPUT_BYTES = 65_536;
export const MOST_PICTURES = 10;
/** Of one picture that code shows, and of one that it is given. */
export const PICTURE_SIDE = 16_384;
export const PICTURE_PIXELS = 50_000_000;
/** Of Python's own memory. */
export const MEMORY_BYTES = 512 * 1024 * 1024;

export const PYTHON_ERROR_CODES = [
  /** Its files could not be fetched. */
  'python-unavailable',
  /** They were, and it does not start in this browser. */
  'python-failed',
] as const;

export type PythonErrorCode = (typeof PYTHON_ERROR_CODES)[number];

export class PythonError extends CodedError {
  override readonly name = 'PythonError';
  readonly problem = null;

  /** @param message technical */
  constructor(
    readonly code: PythonErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
