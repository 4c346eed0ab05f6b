/** The models that a server has, as it lists them. */
import { geminiModels, modelList, type ListedModel } from '@/lib/wire';
import type { WireId } from './address';
import { askServer, faultIn, type Means, type Server } from './ask-server';
import { fail } from './faults';
import { wireOf } from './wires';

/**
 * @returns null where it has no list, but may answer all the same
 * @throws EngineError `server`
 */
export async function listModels(
  server: Server,
  wire: WireId,
  means: Means,
  signal: AbortSignal,
): Promise<readonly ListedModel[] | null> {
  const spoken = wireOf(wire);
  const answer = await askServer(
    server,
    { path: spoken.models, headers: spoken.headers(server.key), model: '' },
    means,
    signal,
  );
  if (!answer.ok) {
    // A provider that names no models still has some; nothing at all there says so in no words of an API.
    if ((answer.status === 404 || answer.status === 405) && answer.body.trimStart().startsWith('{')) return null;
    throw faultIn(answer, server, '');
  }
  const json: unknown = await answer.response.json().catch(() => null);
  if (wire === 'gemini') {
    const read = geminiModels.safeParse(json);
    if (!read.success) throw fail({ code: 'not-an-api' });
    return read.data.models
      .filter(({ supportedGenerationMethods: ways }) => !ways || ways.includes('generateContent'))
      .map(({ name, inputTokenLimit }) => ({ id: name.replace(/^models\//, ''), max_model_len: inputTokenLimit }));
  }
  const read = modelList.safeParse(json);
  if (!read.success) throw fail({ code: 'not-an-api' });
  return read.data.data;
}
