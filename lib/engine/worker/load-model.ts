/**
 * From a folder's URL to a model that can be asked: manifest, files, sessions, known answer. Everything a load allocates
 * is given back when it fails.
 */
import { EngineError, type HubAccess, type LoadProgress, type ModelManifest } from '../contract';
import { fileOf } from '../manifest';
import { createChatTemplate, tokenNames } from './chat-template';
import type { DecodeSession } from './decode-session';
import { createCpuEmbedder, createGpuEmbedder, isSameOnCpu, type Embedder } from './embedder';
import { createFeatureCache, type FeatureCache } from './feature-cache';
import { floatTypeOf } from './floats';
import { createEncoder } from './models/encoder';
import { FAMILIES } from './models/families';
import type { VisionModel } from './models/model';
import { graphBlobs, openGraph, type GraphParts } from './open-graph';
import { openModel } from './open-model';
import { createPromptRenderer, type RenderPrompt } from './prompt';
import type { Ort, Runtime } from './runtime';
import { parseSelfTest } from './self-test';
import { readAll } from './stored-file';
import { createTokenizer, type TextTokenizer } from './tokenizer';
import { trustedSession } from './trusted-session';
import { fetchFiles, type FetchRequest } from './weights';
import { parseWorld, type World } from './world';

/** A run has one original and a handful of crops. */
const FEATURES_KEPT = { images: 48, bytes: 2 ** 28, atLeast: 16 };

type ModelFiles = Awaited<ReturnType<typeof readAll>>;

/** Roles that are read; the others are there for other programs. */
const ROLES = [
  'decoder',
  'decoder-data',
  'vision',
  'vision-data',
  'embed',
  'embed-data',
  'tokenizer',
  'tokenizer-config',
  'chat-template',
  'config',
  'self-test',
  'world',
];

/** Large: never read into memory as a whole where it can be helped. */
const GRAPH_ROLES = /^(?:decoder|vision|embed)(?:-data)?$/;

export interface LoadedModel {
  readonly manifest: ModelManifest;
  readonly runtime: Runtime;
  readonly tokenizer: TextTokenizer;
  readonly renderPrompt: RenderPrompt;
  readonly model: VisionModel;
  readonly embedder: Embedder;
  readonly session: DecodeSession;
  readonly features: FeatureCache;
  readonly world: World | null;
  readonly stopIds: ReadonlySet<number>;
  /** What is not as good as it could be, as a sentence; empty when all is well. */
  readonly remark: string;
  dispose(): Promise<void>;
}

export interface LoadModelOptions {
  readonly modelUrl: string;
  /** Where `hub:` models come from; null for the hub itself. */
  readonly hub?: HubAccess | null | undefined;
  /** Address of ONNX Runtime's WebAssembly where it has to be fetched. */
  readonly runtimeFile: FetchRequest['runtime'];
  /** Called once the files are on their way: the runtime loads beside them. */
  readonly startRuntime: () => Promise<Runtime>;
}

/**
 * Yields `download`, `compile` and `self-test`; returns the model.
 * @throws EngineError of any load code; the abort's reason when aborted.
 */
export async function* loadModel(
  options: LoadModelOptions,
  signal: AbortSignal,
): AsyncGenerator<LoadProgress, LoadedModel, undefined> {
  const { manifest, origin } = await openModel(options.modelUrl, options.hub ?? null, signal);
  const family = FAMILIES.get(manifest.family);
  if (!family)
    throw new EngineError('unsupported-model', `No model family "${manifest.family}" is known to this engine.`);
  const starting = options.startRuntime();
  // Seen below; a failed download must not leave it unhandled.
  starting.catch(() => undefined);
  const wanted = manifest.files.filter(({ role, path }) => ROLES.includes(role) || path === 'tokenizer_config.json');
  const graphPaths = new Set(wanted.flatMap(({ role, path }) => (GRAPH_ROLES.test(role) ? [path] : [])));
  const { modelUrl, runtimeFile } = options;
  const fetched = yield* fetchFiles({ modelUrl, origin, files: wanted, runtime: runtimeFile }, signal);
  const { wasm } = fetched;
  const files = await readAll(new Map([...fetched.files].filter(([path]) => !graphPaths.has(path))));

  /** What a failed load gives back. */
  const closing: (() => Promise<void>)[] = [];
  const keep = (session: Ort.InferenceSession) => {
    closing.push(() => session.release());
    return session;
  };
  try {
    const total = 4;
    yield { phase: 'compile', done: 0, total };
    const runtime = await starting;
    if (wasm) runtime.useWasm(wasm);
    yield { phase: 'compile', done: 1, total };
    const graphs: GraphParts = { runtime, manifest, files: fetched.files };
    const vision = keep(await openGraph(graphs, 'vision', 'device', runtime.gpu !== null));
    checkHalf(runtime, vision);
    signal.throwIfAborted();
    yield { phase: 'compile', done: 2, total };
    const decoder = keep(await openGraph(graphs, 'decoder', 'device'));
    checkHalf(runtime, decoder);
    signal.throwIfAborted();
    yield { phase: 'compile', done: 3, total };
    const embedder = await openEmbedder(graphs, decoder);
    closing.push(() => embedder.dispose());
    signal.throwIfAborted();
    yield { phase: 'compile', done: 4, total };

    const configFile = manifest.files.find(({ path }) => path === 'tokenizer_config.json');
    const tokenizerConfig = configFile ? json(files, configFile.path) : {};
    const tokenizer = createTokenizer(jsonOf(manifest, files, 'tokenizer'), tokenizerConfig);
    const config = jsonOf(manifest, files, 'config');
    const { hidden } = manifest.decoder;
    const encode = createEncoder({ runtime, vision, hidden, type: floatTypeOf(decoder, 'inputs_embeds') });
    const model = family({ manifest, config, tokenizer, runtime, vision, encode });
    const worldFile = fileOf(manifest, 'world');
    const world = worldFile ? parseWorld(json(files, worldFile.path), hidden) : null;
    const stopIds = new Set(manifest.stop.map((text) => stopId(tokenizer, text)));
    const renderPrompt = createPromptRenderer({
      template: createChatTemplate(templateOf(manifest, files), tokenNames(tokenizerConfig)),
      tokenizer,
      model,
      stop: manifest.stop,
      vocab: manifest.decoder.vocab,
    });

    yield { phase: 'self-test' };
    const test = fileOf(manifest, 'self-test') ? parseSelfTest(jsonOf(manifest, files, 'self-test')) : null;
    const { session, remark } = await trustedSession({ runtime, manifest, decoder, model, embedder, test });
    signal.throwIfAborted();
    const features = createFeatureCache(FEATURES_KEPT);
    return {
      manifest,
      runtime,
      tokenizer,
      renderPrompt,
      model,
      embedder,
      session,
      features,
      world,
      stopIds,
      remark,
      async dispose() {
        features.dispose();
        await session.dispose();
        await Promise.all([vision.release(), embedder.dispose()]);
      },
    };
  } catch (error) {
    await Promise.allSettled(closing.map((close) => close()));
    throw error;
  }
}

/**
 * The lookup where the rest is, if it gives there what it gives on WASM: then its table is in the GPU's memory and a token
 * needs no way back and forth.
 */
async function openEmbedder(parts: GraphParts, decoder: Ort.InferenceSession): Promise<Embedder> {
  const { runtime, manifest } = parts;
  const { hidden } = manifest.decoder;
  const type = floatTypeOf(decoder, 'inputs_embeds');
  if (runtime.gpu) {
    let session: Ort.InferenceSession | null = null;
    try {
      session = await openGraph(parts, 'embed', 'device');
      const own = { runtime, session, hidden, type };
      const embedder = createGpuEmbedder(own);
      const { file, outside } = await graphBlobs(parts, 'embed');
      if (embedder && (await isSameOnCpu(own, embedder, file, outside))) return embedder;
    } catch (error) {
      if (error instanceof EngineError && error.code === 'device-lost') throw error;
      console.warn('The lookup of tokens stays on the CPU:', error);
    }
    await session?.release();
  }
  return createCpuEmbedder({ runtime, session: await openGraph(parts, 'embed', 'cpu'), hidden, type });
}

/**
 * A graph of half precision computes in 16-bit floats on the GPU.
 * @throws EngineError `unsupported-model` where the GPU has none
 */
function checkHalf({ gpu }: Runtime, session: Ort.InferenceSession): void {
  if (!gpu || gpu.features.has('shader-f16')) return;
  if (session.inputNames.some((name) => floatTypeOf(session, name) === 'float16')) {
    throw new EngineError('unsupported-model', NO_HALF);
  }
}

const NO_HALF = 'These weights are in half precision, which this graphics device cannot compute with (shader-f16).';

/** A file of its own, or the hub's older place for it. @throws EngineError `unsupported-model` */
function templateOf(manifest: ModelManifest, files: ModelFiles): string {
  const text = new TextDecoder().decode(bytesOf(manifest, files, 'chat-template'));
  if (!fileOf(manifest, 'chat-template')?.path.endsWith('.json')) return text;
  const { chat_template: template } = jsonOf(manifest, files, 'chat-template') as { chat_template?: unknown };
  if (typeof template === 'string') return template;
  throw new EngineError('unsupported-model', 'The folder has no chat template.');
}

function stopId(tokenizer: TextTokenizer, text: string): number {
  const id = tokenizer.idOf(text);
  if (id === undefined) throw new EngineError('bad-manifest', `The stop token ${text} is not in the vocabulary.`);
  return id;
}

function bytesOf(manifest: ModelManifest, files: ModelFiles, role: string): Uint8Array {
  const path = fileOf(manifest, role)?.path;
  const bytes = path === undefined ? undefined : files.get(path);
  // Required roles were checked with the manifest.
  if (!bytes) throw new EngineError('bad-manifest', `No file has the role "${role}".`);
  return bytes;
}

function jsonOf(manifest: ModelManifest, files: ModelFiles, role: string): unknown {
  return json(files, fileOf(manifest, role)?.path ?? role);
}

function json(files: ModelFiles, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(files.get(path))) as unknown;
  } catch (error) {
    throw new EngineError('bad-manifest', `${path} is not JSON.`, { cause: error });
  }
}
