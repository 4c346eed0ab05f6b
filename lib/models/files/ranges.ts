/**
 * A stretch of a file over the connection, cut into pieces that are kept as each is whole. What breaks off goes on at the byte
 * where it stopped; a server that knows no ranges sends the file from its beginning, and what is here already is passed over.
 */
import { EngineError, type ModelFile } from '@/lib/engine/contract';
import { ask, brokeOff, PassingError, withRetries, type Patience } from '../hub/ask';
import type { FileOrigin } from '../hub/hub-origin';
import type { Shelf } from './model-cache';
import type { Mutex } from '@/lib/port';

export interface Slicer {
  /** Offset in the file of the next byte that is wanted; of the end where none is. */
  at(): number;
  done(): boolean;
  /** Takes what it wants of bytes that lie at `offset`. */
  take(bytes: Uint8Array, offset: number): Promise<void>;
  /** Wants everything up to this piece. */
  widenTo(last: number): void;
}

export interface SlicerOptions {
  readonly first: number;
  readonly last: number;
  readonly onBytes: (count: number) => void;
  /** It is kept; `bytes` are what was kept. */
  readonly onPiece: OnPiece;
}

export type OnPiece = (piece: number, bytes: Uint8Array) => void;

export function createSlicer(shelf: Shelf, { first, last, onBytes, onPiece }: SlicerOptions): Slicer {
  let piece = first;
  let end = last;
  let filled = 0;
  let buffer: Uint8Array<ArrayBuffer> | null = null;
  const skip = () => {
    while (filled === 0 && piece <= end && shelf.has(piece)) piece++;
  };
  const slicer: Slicer = {
    at() {
      skip();
      return piece > end ? shelf.startOf(end) + shelf.sizeOf(end) : shelf.startOf(piece) + filled;
    },
    done() {
      skip();
      return piece > end;
    },
    widenTo(to) {
      end = Math.max(end, to);
    },
    async take(bytes, offset) {
      let read = 0;
      while (read < bytes.length && !slicer.done()) {
        const passed = slicer.at() - (offset + read);
        if (passed > 0) {
          read += passed;
          continue;
        }
        const size = shelf.sizeOf(piece);
        buffer ??= new Uint8Array(size);
        const count = Math.min(size - filled, bytes.length - read);
        buffer.set(bytes.subarray(read, read + count), filled);
        filled += count;
        read += count;
        onBytes(count);
        if (filled < size) continue;
        const whole = buffer;
        await shelf.put(piece, whole);
        onPiece(piece, whole);
        buffer = null;
        filled = 0;
        piece++;
      }
    },
  };
  return slicer;
}

/** Reads a body into a slicer. @returns how many bytes came; reading stops where nothing more is wanted. */
export async function sliceBody(
  body: ReadableStream<Uint8Array> | null,
  start: number,
  slicer: Slicer,
): Promise<number> {
  const reader = body?.getReader();
  let at = start;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    await slicer.take(part.value, at);
    at += part.value.length;
    if (!slicer.done()) continue;
    // Whatever else it would send is not wanted; that this fails where it has ended already is no matter.
    reader?.cancel().catch(() => undefined);
    break;
  }
  return at - start;
}

export interface StretchRequest {
  readonly shelf: Shelf;
  readonly origin: FileOrigin;
  readonly first: number;
  readonly last: number;
  readonly slots: Mutex;
  readonly patience: Patience | undefined;
  /** What came before was wrong: the browser's own cache, which may have given it, is passed by. */
  readonly afresh?: boolean | undefined;
  readonly onBytes: (count: number) => void;
  readonly onPiece: OnPiece;
  /** Called once, with whether the server sends ranges. If not, this stretch becomes the rest of the file. */
  readonly onAnswer?: (ranged: boolean) => void;
}

/** @throws EngineError of the network, `bad-weights`, `quota`, `out-of-memory`; the abort's reason when aborted. */
export async function fetchStretch(request: StretchRequest, signal: AbortSignal): Promise<void> {
  const { shelf, origin, last, slots, patience, onAnswer } = request;
  const { file } = shelf;
  const slicer = createSlicer(shelf, request);
  const url = origin.urlOf(file.path);
  let to = shelf.startOf(last) + shelf.sizeOf(last) - 1;

  async function once(gotSomewhere: () => void): Promise<void> {
    const from = slicer.at();
    const range = from === 0 && to === file.bytes - 1 ? undefined : { from, to };
    const { token } = origin;
    const refused = (response: Response) => (response.status === 416 ? otherFile(file) : origin.refused(response));
    // Large files are written to the disk here: the browser's own cache would write them a second time.
    const cache = shelf.count > 1 ? 'no-store' : request.afresh ? 'reload' : undefined;
    const silenceMs = patience?.silenceMs;
    const response = await ask(url, { signal, token, range, missing: 'model-not-found', cache, silenceMs, refused });
    const ranged = response.status === 206;
    onAnswer?.(range === undefined || ranged);
    if (!ranged && range && onAnswer) {
      slicer.widenTo(shelf.count - 1);
      to = file.bytes - 1;
    }
    const start = ranged ? startOf(response, from, file) : 0;
    if (!ranged && !isAsLong(response, file)) throw otherFile(file);
    const before = slicer.at();
    let came: number;
    try {
      came = await sliceBody(response.body, start, slicer);
    } catch (error) {
      signal.throwIfAborted();
      if (slicer.at() > before) gotSomewhere();
      throw error instanceof EngineError ? error : brokeOff(file.path, error);
    }
    if (slicer.at() > before) gotSomewhere();
    if (!ranged && (slicer.done() ? start + came > file.bytes : true)) throw otherFile(file);
    if (!slicer.done() && slicer.at() === before) {
      throw new PassingError({ code: 'sent-nothing', params: { host: url.host, path: file.path } });
    }
  }

  while (!slicer.done()) {
    await withRetries((gotSomewhere) => slots.run(() => once(gotSomewhere), signal), signal, patience);
  }
}

function otherFile(file: ModelFile): EngineError {
  return new EngineError('bad-weights', { code: 'other-length', params: { path: file.path, bytes: file.bytes } });
}

/** Where its length is told and not that of a packed form. */
function isAsLong(response: Response, file: ModelFile): boolean {
  const length = response.headers.get('Content-Length');
  return length === null || response.headers.has('Content-Encoding') || Number(length) === file.bytes;
}

/** @returns where in the file the answer begins; a server may hide from other origins what it sends. */
function startOf(response: Response, asked: number, file: ModelFile): number {
  const said = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('Content-Range') ?? '');
  if (!said) return asked;
  const [, start, total] = said;
  if (total !== '*' && Number(total) !== file.bytes) throw otherFile(file);
  if (Number(start) !== asked) throw new PassingError({ code: 'another-part', params: { path: file.path } });
  return asked;
}
