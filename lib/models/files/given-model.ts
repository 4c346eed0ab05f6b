/**
 * A model that the person gave from their own disk, as its address asks for it. It is kept once, as it is; what the address wishes
 * is put on top whenever it is opened. For the page as for the worker.
 */
import { EngineError, type ManifestImage, type ModelManifest } from '@/lib/engine/contract';
import { asksToThink } from '../hub/configs';
import { parseModelUrl, type LocalAddress } from '../hub/model-url';
import { keptAs } from '../kept-as';
import { fileOf } from '../manifest';
import { withMaxPixels } from '../picture-bound';
import { otherSizes } from '../picture-steps';
import { keptManifest, type KeptManifest } from './kept-models';
import { openModelCache } from './model-cache';
import { storedFile } from './stored-file';
import { TRANSFER } from './transfer';

export interface GivenModel {
  /** As the address asks for it. */
  readonly manifest: ModelManifest;
  /** As it is kept. */
  readonly kept: ModelManifest;
}

/** What can be asked of it besides what it does by itself. */
export interface GivenChoices {
  /** Pixels of the largest picture, largest first, as `InspectedModel.pictureSizes`. */
  readonly pictureSizes: readonly number[];
  /** Whether its chat template can be told to think or not to. */
  readonly thinking: boolean;
}

/** @throws EngineError `model-not-found`, `unsupported-model` */
export async function openGiven(modelUrl: string, address: LocalAddress): Promise<GivenModel> {
  const kept = await keptManifest(keptAs(modelUrl));
  if (!kept) {
    throw new EngineError('model-not-found', { code: 'given-not-kept', params: { name: address.name } });
  }
  const { thinking } = address;
  // A template that cannot be read is no answer: the load itself says what is wrong with it.
  if (thinking !== null && (await hasThinking(kept.manifest)) === false) {
    throw new EngineError('unsupported-model', { code: 'no-thinking', params: { id: address.name } });
  }
  const image = imageAsAsked(kept, address);
  return { manifest: { ...kept.manifest, image, ...(thinking === null ? {} : { thinking }) }, kept: kept.manifest };
}

/** null where it is no model of the person's own disk, or not kept. */
export async function inspectGiven(modelUrl: string): Promise<GivenChoices | null> {
  const kept = modelUrl.startsWith('local:') ? await keptManifest(keptAs(modelUrl)) : null;
  if (!kept) return null;
  const thinking = (await hasThinking(kept.manifest)) ?? false;
  return { pictureSizes: otherSizes(kept.own, kept.manifest.image), thinking };
}

/** How a model that is kept here sees pictures, as its address asks for it; null where nothing is known of it. */
export async function keptImage(modelUrl: string): Promise<ManifestImage | null> {
  const kept = await keptManifest(keptAs(modelUrl));
  const address = parseModelUrl(modelUrl);
  return kept && (address.kind === 'local' ? imageAsAsked(kept, address) : kept.manifest.image);
}

function imageAsAsked({ manifest, own }: KeptManifest, { maxPixels }: LocalAddress): ManifestImage {
  return maxPixels === null ? manifest.image : withMaxPixels(own, maxPixels);
}

/** null where the template cannot be read. */
async function hasThinking(manifest: ModelManifest): Promise<boolean | null> {
  const file = fileOf(manifest, 'chat-template');
  if (!file) return null;
  try {
    const cache = await openModelCache({ pieceBytes: TRANSFER.pieceBytes, memoryWillDo: false });
    const shelf = await cache.shelf(file);
    const bytes = await storedFile(shelf, () => Promise.resolve(shelf)).bytes();
    return asksToThink(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
