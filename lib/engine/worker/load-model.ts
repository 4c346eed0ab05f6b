/**
 * From a folder's URL to a model that can be asked: manifest, files, sessions, known answer. Everything a load allocates
 * is given back when it fails.
 */
import * as z from 'zod/mini';
import {
  EngineError,
  type EngineErrorCode,
  type EngineRemark,
  type HubAccess,
  type KeptCopy,
  type LoadProgress,
  type ModelManifest,
} from '../contract';
import { keptAs } from '@/lib/models';
import { createChatTemplate, tokenNames } from './prompt/chat-template';
import type { DecodeSession } from './decode/decode-session';
import {
  createCpuEmbedder,
  createGpuEmbedder,
  isSameOnCpu,
  type Embedder,
  type EmbedderParts,
} from './decode/embedder';
import { openSharedDecoder, type SharedDecoder } from './decode/gpu-decoder/open-decoder';
import { createFeatureCache, type FeatureCache } from './models/feature-cache';
import { createPixelGraphs, type PixelGraphs } from './pixel-graphs';
import { floatTypeOf } from './runtime/floats';
import {
  filesToRead,
  fileOf,
  openFolder,
  type Folder,
  holdCache,
  openModel,
  fetchFiles,
  type FetchRequest,
} from '@/lib/models/files';
import { createEncoder } from './models/encoder';
import { FAMILIES } from './models/families';
import type { VisionModel } from './models/model';
import { openGraph, type OpenGraphOptions } from './runtime/open-graph';
import { createConstrain, type Constrain } from './decode/grammar/constrain';
import type { TokenTexts } from './decode/grammar/constraint';
import { createPromptRenderer, createTextEncoder, type EncodeText, type RenderPrompt } from './prompt/prompt';
import type { Ort, Runtime } from './runtime/runtime';
import { parseSelfTest } from './decode/self-test';
import { createTokenizer, type TextTokenizer } from './prompt/tokenizer';
import { openTrustedSession } from './decode/trusted-session';
import { parseWorld, type World } from './models/world';

/** What another way of computing would not mend. */
const FINAL: readonly EngineErrorCode[] = ['device-lost', 'out-of-memory'];

/** A run has one original and a handful of crops. */
const FEATURES_KEPT = { images: 48, bytes: 2 ** 28, atLeast: 16 };

export interface LoadedModel {
  readonly manifest: ModelManifest;
  readonly runtime: Runtime;
  readonly tokenizer: TextTokenizer;
  readonly renderPrompt: RenderPrompt;
  readonly encodeText: EncodeText;
  readonly constrain: Constrain;
  readonly model: VisionModel;
  readonly embedder: Embedder;
  readonly session: DecodeSession;
  readonly features: FeatureCache;
  readonly world: World | null;
  readonly pixelGraphs: PixelGraphs;
  readonly stopIds: ReadonlySet<number>;
  /** What is not as good as it could be, as a sentence; empty when all is well. */
  readonly remark: EngineRemark | null;
  /** As `OpenedModel.keptCopy`. */
  readonly keptCopy: KeptCopy | null;
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
  const { manifest, kept, keptCopy, origin } = await openModel(options.modelUrl, options.hub ?? null, signal);
  const family = FAMILIES.get(manifest.family);
  if (!family) {
    throw new EngineError('unsupported-model', { code: 'unknown-family', params: { family: manifest.family } });
  }
  const starting = options.startRuntime();
  // Seen below; a failed download must not leave it unhandled.
  starting.catch(() => undefined);
  const { modelUrl, runtimeFile } = options;
  const wanted = filesToRead(manifest);
  /** What a failed load gives back. */
  const closing: (() => Promise<void>)[] = [];
  // Until nothing more is read of the files: another tab that deleted them meanwhile would take them away from under the graphs.
  const release = await holdCache(signal);
  try {
    const request = { modelUrl: keptAs(modelUrl), manifest: kept, origin, files: wanted, runtime: runtimeFile };
    const { files, wasm } = yield* fetchFiles(request, signal);
    const folder = openFolder(manifest, files);
    const total = 4;
    yield { phase: 'compile', done: 0, total };
    const runtime = await starting;
    if (wasm) runtime.useWasm(wasm);
    yield { phase: 'compile', done: 1, total };
    const openWhole = (options: OpenGraphOptions) => openGraph(runtime, folder, options);
    const compile = async (options: OpenGraphOptions, open = openWhole) => {
      const path = fileOf(manifest, options.role)?.path ?? '';
      checkHalf(runtime, path, null);
      const session = await open(options);
      closing.push(() => session.release());
      checkHalf(runtime, path, session);
      signal.throwIfAborted();
      return session;
    };
    const vision = await compile({ role: 'vision', place: 'device', outputsOnGpu: runtime.gpu !== null });
    yield { phase: 'compile', done: 2, total };
    let shared: SharedDecoder | null = null;
    closing.push(async () => shared?.dispose());
    const decoder = await compile({ role: 'decoder', place: 'device' }, async (options) => {
      shared = await openShared(runtime, folder, signal);
      return shared?.session ?? openWhole(options);
    });
    yield { phase: 'compile', done: 3, total };
    const config = await folder.json('config');
    const embedder = await openEmbedder(runtime, folder, decoder, {
      hidden: manifest.decoder.hidden,
      padId: padIdOf(config),
    });
    closing.push(() => embedder.dispose());
    signal.throwIfAborted();
    yield { phase: 'compile', done: 4, total };

    const tokenizerConfig = await folder.tokenizerConfig();
    const tokenizer = createTokenizer(await folder.json('tokenizer'), tokenizerConfig);
    const { hidden } = manifest.decoder;
    const encode = createEncoder({ runtime, vision, hidden, type: floatTypeOf(decoder, 'inputs_embeds') });
    const model = family({ manifest, config, tokenizer, runtime, vision, encode });
    const world = folder.has('world') ? parseWorld(await folder.json('world'), hidden) : null;
    const stopIds = new Set([...manifest.stop.map((text) => stopId(tokenizer, text)), ...(manifest.stopIds ?? [])]);
    const constrain = createConstrain(withTags(tokenizer, model.tags ?? []), [...stopIds], manifest.decoder.vocab);
    const promptParts = {
      template: createChatTemplate(await folder.chatTemplate(), tokenNames(tokenizerConfig), manifest.thinking),
      tokenizer,
      model,
      stop: [...stopIds].map((id) => tokenizer.textOf(id)),
      vocab: manifest.decoder.vocab,
    };
    const renderPrompt = createPromptRenderer(promptParts);
    const encodeText = createTextEncoder(promptParts);

    yield { phase: 'self-test' };
    const test = folder.has('self-test') ? parseSelfTest(await folder.json('self-test')) : null;
    const { session, remark } = await openTrustedSession({ runtime, manifest, decoder, shared, model, embedder, test });
    closing.push(async () => session.forget());
    signal.throwIfAborted();
    const features = createFeatureCache(FEATURES_KEPT);
    const pixelGraphs = createPixelGraphs(runtime, manifest, async (roles, stop) => {
      const more = manifest.files.filter(({ role }) => roles.includes(role));
      const fetching = fetchFiles({ ...request, files: [...wanted, ...more], runtime: null }, stop);
      for (;;) {
        const { done, value } = await fetching.next();
        if (done) return openFolder(manifest, value.files);
      }
    });
    return {
      manifest,
      runtime,
      tokenizer,
      renderPrompt,
      encodeText,
      constrain,
      model,
      embedder,
      session,
      features,
      pixelGraphs,
      world,
      stopIds,
      remark,
      keptCopy,
      async dispose() {
        features.dispose();
        await session.dispose();
        shared?.dispose();
        await Promise.all([vision.release(), embedder.dispose(), pixelGraphs.dispose()]);
      },
    };
  } catch (error) {
    await Promise.allSettled(closing.map((close) => close()));
    throw error;
  } finally {
    await release();
  }
}

/** The decoder with single tokens by our own shaders; null where its graph or this device is none for that. */
async function openShared(runtime: Runtime, folder: Folder, signal: AbortSignal): Promise<SharedDecoder | null> {
  try {
    return await openSharedDecoder(runtime, folder, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineError && FINAL.includes(error.code)) throw error;
    console.warn('ONNX Runtime computes single tokens, too:', error);
    return null;
  }
}

/**
 * The lookup where the rest is, if it gives there what it gives on WASM: then its table is in the GPU's memory and a token
 * needs no way back and forth.
 */
async function openEmbedder(
  runtime: Runtime,
  folder: Folder,
  decoder: Ort.InferenceSession,
  given: Pick<EmbedderParts, 'hidden' | 'padId'>,
): Promise<Embedder> {
  const type = floatTypeOf(decoder, 'inputs_embeds');
  if (runtime.gpu) {
    let close = async (): Promise<void> => undefined;
    try {
      const session = await openGraph(runtime, folder, { role: 'embed', place: 'device' });
      close = () => session.release();
      const parts = { ...given, runtime, session, type };
      const embedder = createGpuEmbedder(parts);
      if (embedder) close = () => embedder.dispose();
      if (embedder && (await isSameOnCpu(parts, embedder, folder))) return embedder;
    } catch (error) {
      if (error instanceof EngineError && FINAL.includes(error.code)) throw error;
      console.warn('The lookup of tokens stays on the CPU:', error);
    }
    await close();
  }
  const session = await openGraph(runtime, folder, { role: 'embed', place: 'cpu' });
  return createCpuEmbedder({ ...given, runtime, session, type });
}

const padded = z.object({ pad_token_id: z.optional(z.nullable(z.number().check(z.int(), z.nonnegative()))) });
const padding = z.extend(padded, { text_config: z.optional(padded) });

/** The token that stands for nothing, where config.json names one. */
function padIdOf(config: unknown): number | undefined {
  const { data } = padding.safeParse(config);
  return data?.text_config?.pad_token_id ?? data?.pad_token_id ?? undefined;
}

/** What the hub's exports with 16-bit floats inside are named. */
const HALF_FILES = /_(?:fp16|q4f16)\.onnx$/;

/**
 * A graph of half precision computes in 16-bit floats on the GPU; its inputs do not always tell, but its name does.
 * @throws EngineError `unsupported-model` where the GPU has none
 */
function checkHalf({ gpu }: Runtime, path: string, session: Ort.InferenceSession | null): void {
  if (!gpu || gpu.features.has('shader-f16')) return;
  const isHalf = session?.inputNames.some((name) => floatTypeOf(session, name) === 'float16') ?? HALF_FILES.test(path);
  if (isHalf) throw new EngineError('unsupported-model', { code: 'no-half-precision' });
}

/** With the tags that the vocabulary has. */
function withTags(tokenizer: TextTokenizer, tags: readonly string[]): TokenTexts {
  const known = tags.flatMap((tag): [string, number][] => {
    const id = tokenizer.idOf(tag);
    return id === undefined ? [] : [[tag, id]];
  });
  return { ...tokenizer, control: new Map(known) };
}

function stopId(tokenizer: TextTokenizer, text: string): number {
  const id = tokenizer.idOf(text);
  if (id === undefined) throw new EngineError('bad-manifest', `The stop token ${text} is not in the vocabulary.`);
  return id;
}
