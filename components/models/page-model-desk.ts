/** The page's own desk: hubs, this browser's storage, this device. */
import {
  CURATED_MODELS,
  deleteKeptModel,
  DTYPES,
  folderOfFiles,
  formatModelUrl,
  DEFAULT_REVISION,
  importLocalModel,
  inspectGiven,
  inspectHubModel,
  inspectLocalModel,
  isDescribed,
  judgeFit,
  keepForGood,
  keptBytesOf,
  keptBytesOfAll,
  listKeptModels,
  nameOfLooseFiles,
  parseModelUrl,
  preferredDtypes,
  suggestModel,
  type Dtype,
  type InspectedModel,
  type LocalFolder,
  type ModelAddress,
} from '@/lib/models/hub';
import { SHIPPED_MODEL } from '@/lib/session';
import { createFolderCopy } from './folder-copy';
import { readMachine } from './machine';
import type { FolderFile, FormatFacts, KeptModel, ModelDesk } from './model-desk';
import { readId } from './read-id';

export const pageModelDesk: ModelDesk = {
  curated: CURATED_MODELS.map((model) => ({
    ...model,
    name: model.id.slice(model.id.indexOf('/') + 1).replace(/-ONNX(-OPT)?$/, ''),
  })),

  async advise(wish) {
    const machine = await readMachine(wish);
    return { suggested: suggestModel(machine), device: machine.device };
  },

  async inspect({ id, revision, hub, device }, signal) {
    const model = await inspectHubModel({ id, revision: revision ?? DEFAULT_REVISION, ...hub }, signal);
    const formats = await formatsOf(model, device);
    const manifest = model.manifest(null);
    return {
      id,
      commit: model.commit,
      license: model.license,
      gated: model.gated,
      family: model.family,
      frame: manifest.frame,
      frameKnown: model.frameKnown,
      dialect: manifest.protocol,
      thinking: model.thinking,
      // Of a hub's model the loader always says it.
      training: manifest.training ?? { boxes: 'unknown', calls: 'unknown' },
      formats,
      first: firstOf(formats, model),
      verified: isDescribed(model.family) ? 'described' : 'family',
    };
  },

  address: ({ revision, dtype, ...choice }) =>
    formatModelUrl({ kind: 'hub', revision: revision ?? DEFAULT_REVISION, dtype: asDtype(dtype), ...choice }),

  readId,

  async kept() {
    const models = await listKeptModels();
    return models.map((model): KeptModel => {
      const { bytes, keptBytes, ownBytes, complete } = model;
      const modelUrl = fromHere(model.modelUrl);
      return { modelUrl, id: idOf(modelUrl), name: model.name, bytes, keptBytes, ownBytes, complete };
    });
  },

  keptBytes: keptBytesOfAll,

  forget: (modelUrl) => deleteKeptModel(modelUrl.startsWith('/') ? new URL(modelUrl, location.href).href : modelUrl),

  async inspectFolder(files, device) {
    const { name, folder } = await localFolder(files);
    if (folder.has('manifest.json')) return { name, formats: [], first: '', thinking: false };
    const model = await inspectLocalModel(name, folder);
    const formats = await formatsOf(model, device);
    return { name, formats, first: firstOf(formats, model), thinking: model.thinking };
  },

  copying: createFolderCopy(async ({ name, files, dtype, maxPixels, thinking }, onProgress, signal) => {
    const { folder } = await localFolder(files);
    const order = { name, folder, dtype: dtype === null ? null : asDtype(dtype), maxPixels, thinking };
    const copying = importLocalModel(order, signal);
    for (;;) {
      const { done, value } = await copying.next();
      if (done) return value;
      onProgress(value.loaded, value.total);
    }
  }),

  givenChoices: inspectGiven,

  givenWishes(modelUrl) {
    const address = localAddress(modelUrl);
    return address && { maxPixels: address.maxPixels, thinking: address.thinking };
  },

  givenAddress(modelUrl, wishes) {
    const address = localAddress(modelUrl);
    return address ? formatModelUrl({ ...address, ...wishes }) : modelUrl;
  },

  keepForGood,
};

async function formatsOf(model: InspectedModel, wish: 'auto' | 'webgpu' | 'wasm'): Promise<readonly FormatFacts[]> {
  const machine = await readMachine(wish);
  return Promise.all(
    model.dtypes.map(async (option): Promise<FormatFacts> => {
      const manifest = model.manifest(option.dtype);
      // Files of a folder have no hashes yet: what is kept is found by them.
      const known = manifest.files.filter(({ sha256, gitSha1 }) => sha256 !== undefined || gitSha1 !== undefined);
      const keptBytes = await keptBytesOf(known).catch(() => 0);
      const { verdict, reasons, memory } = judgeFit(manifest, option, machine, keptBytes);
      return {
        dtype: option.dtype,
        bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
        keptBytes,
        features: option.features,
        memoryBytes: memory.totalBytes,
        context: manifest.context,
        pictureSizes: model.pictureSizes(option.dtype),
        fit: { verdict, reasons, device: machine.device },
      };
    }),
  );
}

/** Of those that fit well here the one most likely to be right, else the one that runs everywhere. */
function firstOf(formats: readonly FormatFacts[], model: InspectedModel): string {
  const good = formats.filter(({ fit }) => fit.verdict === 'good');
  const preferred = preferredDtypes(good[0]?.fit.device ?? 'wasm').find((one) =>
    good.some(({ dtype }) => dtype === one),
  );
  if (preferred !== undefined) return preferred;
  const suffix = model.manifest(null).id.split('.').at(-1) ?? '';
  return formats.find(({ dtype }) => dtype === suffix)?.dtype ?? formats[0]?.dtype ?? '';
}

function asDtype(text: string): Dtype {
  const dtype = DTYPES.find((one) => one === text);
  if (dtype === undefined) throw new Error(`no such format: ${text}`);
  return dtype;
}

/** A folder of this site as the settings name it. */
function fromHere(modelUrl: string): string {
  const path = modelUrl.startsWith(location.origin) ? modelUrl.slice(location.origin.length) : modelUrl;
  return path === SHIPPED_MODEL ? SHIPPED_MODEL : path;
}

function idOf(modelUrl: string): string | null {
  const address = addressOf(modelUrl);
  return address?.kind === 'hub' ? address.id : null;
}

function localAddress(modelUrl: string) {
  const address = addressOf(modelUrl);
  return address?.kind === 'local' ? address : null;
}

function addressOf(modelUrl: string): ModelAddress | null {
  try {
    return parseModelUrl(modelUrl);
  } catch {
    return null;
  }
}

/** The folder's own name and its files by the paths within it; loose files are named by what they are. */
async function localFolder(files: readonly FolderFile[]): Promise<{ name: string; folder: LocalFolder }> {
  const inFolder = files.filter(({ path }) => path.includes('/'));
  if (inFolder.length === 0) {
    const folder = folderOfFiles(files.map(({ file }) => file));
    return { name: await nameOfLooseFiles(folder), folder };
  }
  const [first = 'model'] = inFolder[0]?.path.split('/') ?? [];
  const folder = new Map(inFolder.map(({ path, file }) => [path.slice(path.indexOf('/') + 1), file]));
  return { name: first, folder };
}
