/** One file over the connection: asked for, then read as exactly the bytes it should have, told as they come. */
import { EngineError, type EngineErrorCode } from '@/lib/engine/contract';
import { ask, brokeOff } from '../hub/ask';
import { messageOf } from '@/lib/port';

/**
 * Asked for once.
 * @param missing what it means that there is no such file
 * @param silenceMs as in `AskOptions`
 * @throws EngineError; the abort's reason when aborted.
 */
export function request(
  url: URL,
  missing: EngineErrorCode,
  signal: AbortSignal,
  silenceMs?: number,
): Promise<Response> {
  return ask(url, { missing, signal, silenceMs });
}

interface ExpectedBody {
  readonly name: string;
  readonly bytes: number;
  /** What more or fewer bytes than that are. */
  readonly wrong: () => EngineError;
}

/** @throws EngineError `wrong`, `network`, `out-of-memory`; the abort's reason when aborted. */
export async function readBody(
  response: Response,
  { name, bytes: size, wrong }: ExpectedBody,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(size);
  } catch (error) {
    throw new EngineError('out-of-memory', `No memory for ${name}: ${messageOf(error)}`);
  }
  const reader = response.body?.getReader();
  let at = 0;
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      if (at + part.value.length > bytes.length) throw wrong();
      bytes.set(part.value, at);
      at += part.value.length;
      onBytes(part.value.length);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineError) throw error;
    throw brokeOff(name, error);
  }
  if (at !== bytes.length) throw wrong();
  return bytes;
}
