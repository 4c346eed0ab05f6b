/**
 * What page and worker say to each other. The worker runs code that a model wrote, so that nothing it says is believed before it was
 * looked at: `readAnswer` lets through what has the right shape and size, and nothing else.
 */
import { MOST_PICTURES, OUTPUT_BYTES, PICTURE_PIXELS, PICTURE_SIDE, type RgbaPixels } from './contract';

/** Handed to the frame's worker once, with the port. */
export interface Boot {
  readonly wasm: ArrayBuffer;
  readonly stdlib: ArrayBuffer;
  /** The real libraries; null: the small ones stand in for them. */
  readonly full: FullLibraries | null;
  readonly pictures: readonly RgbaPixels[];
  readonly limits: { readonly memoryBytes: number; readonly outputBytes: number; readonly pictures: number };
}

/** Packages of a Pyodide distribution, checked against its lock file. */
export interface FullLibraries {
  /** The lock file's text. */
  readonly lock: string;
  /** Which of its packages are loaded. */
  readonly packages: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: Blob }[];
}

export interface RunMessage {
  readonly id: number;
  readonly code: string;
}

export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  | {
      readonly type: 'ran';
      readonly id: number;
      readonly stdout: string;
      readonly stderr: string;
      readonly error: string | null;
      readonly pictures: readonly RgbaPixels[];
      readonly picturesLeft: number;
    };

/** A line is said when something was left out. */
const OUTPUT_CHARACTERS = OUTPUT_BYTES + 200;
const ERROR_CHARACTERS = 2_000;

/** Null for what no worker of ours says. */
export function readAnswer(data: unknown): Answer | null {
  if (typeof data !== 'object' || data === null) return null;
  // Own properties alone: a prototype that was meddled with says nothing here.
  const given = (name: string): unknown => (Object.hasOwn(data, name) ? (data as Record<string, unknown>)[name] : null);
  const type = given('type');
  if (type === 'ready') return { type };
  const message = given('message');
  if (type === 'failed') return isText(message, ERROR_CHARACTERS) ? { type, message } : null;
  if (type !== 'ran') return null;
  const [id, stdout, stderr, error] = ['id', 'stdout', 'stderr', 'error'].map(given);
  const [shown, picturesLeft] = [given('pictures'), given('picturesLeft')];
  if (!isCount(id) || !isCount(picturesLeft) || !Array.isArray(shown) || shown.length > MOST_PICTURES) return null;
  if (!isText(stdout, OUTPUT_CHARACTERS) || !isText(stderr, OUTPUT_CHARACTERS)) return null;
  if (error !== null && !isText(error, ERROR_CHARACTERS)) return null;
  const pictures = shown.map(readPicture);
  return pictures.every((picture) => picture !== null)
    ? { type, id, stdout, stderr, error, pictures, picturesLeft }
    : null;
}

function readPicture(data: unknown): RgbaPixels | null {
  if (typeof data !== 'object' || data === null) return null;
  const { width, height, rgba } = data as Readonly<Record<string, unknown>>; // any object may be read by string keys
  if (!isSide(width) || !isSide(height) || width * height > PICTURE_PIXELS) return null;
  if (!(rgba instanceof Uint8Array) || rgba.byteLength !== width * height * 4) return null;
  const { buffer } = rgba;
  return buffer instanceof ArrayBuffer
    ? { width, height, rgba: new Uint8Array(buffer, rgba.byteOffset, rgba.byteLength) }
    : null;
}

const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isSide = (value: unknown): value is number => isCount(value) && value > 0 && value <= PICTURE_SIDE;
