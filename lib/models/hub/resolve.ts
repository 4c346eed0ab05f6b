/**
 * From the name of a model on a hub to everything that can be known of it before a weight is fetched: its manifest, the formats
 * it comes in, its licence. In the page for who chooses, in the worker for who loads.
 */
import { EngineError, type ManifestImage, type ModelManifest } from '@/lib/engine/contract';
import { otherSizes } from '../picture-steps';
import { traitsOf } from './traits';
import { asksToThink, readConfigs, type Configs } from './configs';
import { defaultDtype, DTYPE_GRAPHS, dtypeOptions, type Dtype, type DtypeOption } from './dtypes';
import { factsOf, familyOf, HUB_FAMILIES } from './family-facts';
import { makeManifest, type ModelWishes } from './make-manifest';
import { fetchRepo, type Repo, type RepoRequest } from './repo';

export interface InspectedModel {
  readonly id: string;
  readonly commit: string;
  /** '' where the card does not say. */
  readonly license: string;
  /** Whether the owner wants terms accepted first. */
  readonly gated: boolean;
  readonly family: string;
  /** Whether how it names places is documented, or assumed. */
  readonly frameKnown: boolean;
  /** Smallest first, at least one. */
  readonly dtypes: readonly DtypeOption[];
  /** Whether its chat template can be told to think or not to (`ModelWishes.thinking`). */
  readonly thinking: boolean;
  /** Decoder, picture and files of one format; null for the one that runs everywhere. @throws EngineError `unsupported-model` */
  manifest(dtype: Dtype | null, wishes?: ModelWishes): ModelManifest;
  /** How it would have pictures if there were room for any. @throws EngineError `unsupported-model` */
  ownImage(dtype: Dtype | null): ManifestImage;
  /** What else `maxPixels` may usefully be, largest first: sizes that lay pictures out otherwise than the one without it. */
  pictureSizes(dtype: Dtype | null): readonly number[];
}

export interface ResolveRequest extends RepoRequest, ModelWishes {
  readonly dtype: Dtype | null;
}

/**
 * What a repository holds. Small files travel, no weights.
 * @throws EngineError `model-not-found`, `gated`, `offline`, `network`, `bad-manifest`, `unsupported-model`, each with a way
 * out; the abort's reason when aborted.
 */
export async function inspectHubModel(request: RepoRequest, signal: AbortSignal): Promise<InspectedModel> {
  return inspectRepo(await fetchRepo(request, signal));
}

/** One model of a hub in one format. @throws as `inspectHubModel` */
export async function resolveHubModel(request: ResolveRequest, signal: AbortSignal): Promise<ModelManifest> {
  const model = await inspectHubModel(request, signal);
  return model.manifest(request.dtype, request);
}

/** The same for a repository wherever it lies. */
export async function inspectRepo(repo: Repo): Promise<InspectedModel> {
  const dtypes = dtypeOptions(repo.files);
  // Before anything else is fetched: most repositories hold what PyTorch reads, and nothing for a browser.
  if (dtypes.length === 0) throw noFormat(repo);
  const configs: Configs = await readConfigs(repo);
  const family = familyOf(configs.config.model_type);
  if (!factsOf(family)) {
    const known = HUB_FAMILIES.join(', ');
    throw new EngineError('unsupported-model', { code: 'other-family', params: { id: repo.id, family, known } });
  }
  const manifest: InspectedModel['manifest'] = (dtype, wishes = {}) => {
    const option = dtype === null ? defaultDtype(dtypes) : dtypes.find((one) => one.dtype === dtype);
    if (!option) {
      const there = dtypes.map((one) => one.dtype).join(', ');
      throw new EngineError('unsupported-model', {
        code: 'no-such-format',
        params: { id: repo.id, format: dtype ?? '', there },
      });
    }
    return makeManifest(repo, configs, option, wishes);
  };
  // No model's own bound is larger than that.
  const ownImage: InspectedModel['ownImage'] = (dtype) => manifest(dtype, { maxPixels: 1e12 }).image;
  return {
    id: repo.id,
    commit: repo.commit,
    license: repo.license,
    gated: repo.gated,
    family,
    frameKnown: traitsOf(repo.id, family).frameKnown,
    dtypes,
    thinking: asksToThink(configs.template),
    manifest,
    ownImage,
    pictureSizes: (dtype) => otherSizes(ownImage(dtype), manifest(dtype).image),
  };
}

/** Why none of its files can be run: there are none for a browser, or they are laid out for another program. */
function noFormat(repo: Repo): EngineError {
  const graphs = [...repo.files.keys()].filter((path) => path.endsWith('.onnx'));
  if (graphs.length === 0) return new EngineError('unsupported-model', { code: 'no-onnx', params: { id: repo.id } });
  const wanted = DTYPE_GRAPHS.map((name) => `onnx/${name}.onnx`).join(', ');
  const found = graphs.slice(0, 3).join(', ') + (graphs.length > 3 ? ', …' : '');
  return new EngineError('unsupported-model', { code: 'other-layout', params: { id: repo.id, found, wanted } });
}
