/**
 * From the one string that names a model to its manifest and to where its files come from. A model that was loaded here before
 * opens without a connection too, as it was then.
 */
import { EngineError, type HubAccess, type ModelManifest } from '../contract';
import { HUB, hubOrigin, type FileOrigin } from '../hub/hub-origin';
import { parseModelUrl, type HubAddress } from '../hub/model-url';
import { resolveHubModel } from '../hub/resolve';
import { parseManifest } from '../manifest';
import { request } from './download';
import { messageOf } from './errors';
import { keptManifest, noteModel } from './kept-models';

export interface OpenedModel {
  readonly manifest: ModelManifest;
  /** null where the files were given by the person. */
  readonly origin: FileOrigin | null;
}

/**
 * @param modelUrl a folder's is absolute
 * @throws EngineError `bad-request`, `model-not-found`, `gated`, `offline`, `network`, `bad-manifest`, `unsupported-model`; the
 * abort's reason when aborted.
 */
export async function openModel(modelUrl: string, hub: HubAccess | null, signal: AbortSignal): Promise<OpenedModel> {
  const address = parseModelUrl(modelUrl);
  if (address.kind === 'local') {
    const manifest = await keptManifest(modelUrl);
    if (manifest) return { manifest, origin: null };
    throw new EngineError('model-not-found', `“${address.name}” is not kept in this browser. Open its folder again.`);
  }
  const access = hub ?? HUB;
  const manifest = await orKept(modelUrl, signal, () =>
    address.kind === 'hub' ? resolveOnHub(address, access, signal) : fetchManifest(modelUrl, signal),
  );
  await noteModel(modelUrl, { manifest });
  const origin =
    address.kind === 'hub' ? hubOrigin(access, address.id, manifest.version, address.revision) : folderOrigin(modelUrl);
  return { manifest, origin };
}

async function resolveOnHub(address: HubAddress, hub: HubAccess, signal: AbortSignal): Promise<ModelManifest> {
  return resolveHubModel({ ...address, ...hub }, signal);
}

async function orKept(
  modelUrl: string,
  signal: AbortSignal,
  ask: () => Promise<ModelManifest>,
): Promise<ModelManifest> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    const unreachable = error instanceof EngineError && (error.code === 'network' || error.code === 'offline');
    const kept = unreachable ? await keptManifest(modelUrl) : null;
    if (kept) return kept;
    throw error;
  }
}

export function folderOrigin(modelUrl: string): FileOrigin {
  return { urlOf: (path) => new URL(path, modelUrl), token: null, aliasesOf: () => [], refused: () => null };
}

async function fetchManifest(modelUrl: string, signal: AbortSignal): Promise<ModelManifest> {
  const response = await request(new URL('manifest.json', modelUrl), 'model-not-found', signal);
  let value: unknown;
  try {
    value = await response.json();
  } catch (error) {
    signal.throwIfAborted();
    throw new EngineError('bad-manifest', `manifest.json is not JSON: ${messageOf(error)}`);
  }
  return parseManifest(value);
}
