/** One file over the connection: asked for, then read as exactly the bytes it should have, told as they come. */
import { EngineError, type EngineErrorCode } from '../contract';
import { messageOf } from './errors';

/** @param missing what it means that there is no such file. @throws EngineError; the abort's reason when aborted. */
export async function request(url: URL, missing: EngineErrorCode, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new EngineError('network', `${url.pathname} could not be fetched: ${messageOf(error)}`);
  }
  if (response.status === 404 || response.status === 410) {
    throw new EngineError(missing, `There is no ${url.pathname} on ${url.host}.`);
  }
  if (!response.ok) throw new EngineError('network', `${url.pathname} was answered with status ${response.status}.`);
  return response;
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
    throw new EngineError('network', `The download of ${name} broke off: ${messageOf(error)}`);
  }
  if (at !== bytes.length) throw wrong();
  return bytes;
}
