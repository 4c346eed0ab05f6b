/**
 * From the one string that names a model to its manifest and to where its files come from. A model that is kept here opens as it
 * was where who hands it out cannot be reached, refuses, or takes too long.
 */
import { EngineError, type HubAccess, type KeptCopy, type ModelManifest } from '@/lib/engine/contract';
import { followSignal } from '../hub/follow-signal';
import { endpointUrl, HUB, hubOrigin, type FileOrigin } from '../hub/hub-origin';
import { parseModelUrl, type HubAddress } from '../hub/model-url';
import { resolveHubModel } from '../hub/resolve';
import { parseManifest } from '../manifest';
import { request } from './download';
import { messageOf } from '@/lib/port';
import { openGiven } from './given-model';
import { whyKept } from './kept-copy';
import { keptManifest } from './kept-models';

export interface OpenedModel {
  readonly manifest: ModelManifest;
  /** What of it is to be kept: of a model that the person gave, how it is without what its address wishes. */
  readonly kept: ModelManifest;
  /** Why what is kept here opened without word of a newer one; null where there was word, or nobody to ask. */
  readonly keptCopy: KeptCopy | null;
  /** null where the files were given by the person. */
  readonly origin: FileOrigin | null;
}

/** How long a model that is kept whole waits for word of a newer one. */
const ASK_MS = 5000;

/**
 * @param modelUrl a folder's is absolute
 * @throws EngineError `bad-request`, `model-not-found`, `gated`, `offline`, `network`, `bad-manifest`, `unsupported-model`; the
 * abort's reason when aborted.
 */
export async function openModel(modelUrl: string, hub: HubAccess | null, signal: AbortSignal): Promise<OpenedModel> {
  const address = parseModelUrl(modelUrl);
  if (address.kind === 'local') return { ...(await openGiven(modelUrl, address)), keptCopy: null, origin: null };
  const access = hub ?? HUB;
  const { manifest, keptCopy } = await orKept(modelUrl, access, signal, (stop) =>
    address.kind === 'hub' ? resolveOnHub(address, access, stop) : fetchManifest(modelUrl, stop),
  );
  const origin =
    address.kind === 'hub' ? hubOrigin(access, address.id, manifest.version, address.revision) : folderOrigin(modelUrl);
  return { manifest, kept: manifest, keptCopy, origin };
}

async function resolveOnHub(address: HubAddress, hub: HubAccess, signal: AbortSignal): Promise<ModelManifest> {
  return resolveHubModel({ ...address, ...hub }, signal);
}

/** What `ask` finds; what is kept where that fails. A model that is not all here needs the same connection for its files. */
async function orKept(
  modelUrl: string,
  hub: HubAccess,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<ModelManifest>,
): Promise<Pick<OpenedModel, 'manifest' | 'keptCopy'>> {
  const kept = await keptManifest(modelUrl);
  const asking = new AbortController();
  const unfollow = followSignal(signal, asking);
  const tooLong = () => asking.abort(new DOMException('No word of a newer one came in time.', 'TimeoutError'));
  const timer = kept?.whole ? setTimeout(tooLong, ASK_MS) : undefined;
  try {
    return { manifest: await ask(asking.signal), keptCopy: null };
  } catch (error) {
    signal.throwIfAborted();
    const unreachable = error instanceof EngineError && (error.code === 'network' || error.code === 'offline');
    if (!kept || !(kept.whole || unreachable)) throw error;
    const { host } = modelUrl.startsWith('hub:') ? endpointUrl(hub.endpoint) : new URL(modelUrl);
    return { manifest: kept.manifest, keptCopy: whyKept(host, error) };
  } finally {
    clearTimeout(timer);
    unfollow();
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
    throw new EngineError('bad-manifest', {
      code: 'manifest-not-json',
      params: { detail: messageOf(error) },
    });
  }
  return parseManifest(value);
}
