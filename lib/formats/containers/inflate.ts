/** Packed bytes, unpacked piece by piece within bounds: what would unpack to far more than it is, is refused. */
import type { FlateStreamHandler, Inflate } from 'fflate';
import { SourceError } from './source';

export const UNPACK_LIMITS = {
  /** Bytes of one file, unpacked. */
  file: 1024 * 1024 * 1024,
  /** Nothing that was written in earnest shrinks to a five-hundredth; deflate alone can do twice that. */
  ratio: 500,
  /** Less than this is let through whatever its ratio. */
  harmless: 16 * 1024 * 1024,
} as const;

/** Of packed bytes; what they unpack to is held at once, and is at most a thousand times as much. */
const CHUNK = 32 * 1024;
/** So much is held before it is handed to the browser, which may put it on disk. */
const HELD = 4 * 1024 * 1024;

/** As many bytes as are asked for; parts of it may lie on the browser's disk and not in memory. */
export async function inflate(
  packed: Blob,
  most: number,
  path: string,
  streamTo: (told: FlateStreamHandler) => Pick<Inflate, 'push'>,
): Promise<Blob> {
  const parts: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let released = 0;
  let done = false;
  const stream = streamTo((chunk, final) => {
    held.push(chunk);
    size += chunk.length;
    done = final;
  });
  try {
    for (let at = 0; at < packed.size && !done && size < most; at += CHUNK) {
      stream.push(new Uint8Array(await packed.slice(at, at + CHUNK).arrayBuffer()), at + CHUNK >= packed.size);
      if (size > UNPACK_LIMITS.harmless && size > UNPACK_LIMITS.ratio * Math.min(at + CHUNK, packed.size))
        throw new SourceError('bomb', path);
      if (size > UNPACK_LIMITS.file) throw new SourceError('too-large', path);
      if (size - released < HELD) continue;
      parts.push(new Blob(held));
      held = [];
      released = size;
    }
  } catch (cause) {
    throw cause instanceof SourceError ? cause : new SourceError('damaged', path, cause);
  }
  const whole = new Blob([...parts, ...held]);
  return whole.size > most ? whole.slice(0, most) : whole;
}
