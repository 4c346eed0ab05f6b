/**
 * From a folder's URL to a model that can be asked: manifest, files, sessions, known answer. Everything a load allocates
 * is given back when it fails.
 */
import { EngineError, type HubAccess, type LoadProgress, type ModelManifest } from '../contract';
import { fileOf } from '../manifest';
import { createChatTemplate, tokenNames } from './chat-template';
import type { DecodeSession } from './decode-session';
import { createFeatureCache, type FeatureCache } from './feature-cache';
import { floatTypeOf } from './floats';
import { filesToRead, openFolder } from './folder';
import { createEmbed } from './models/encoder';
import { FAMILIES } from './models/families';
import type { VlmModel } from './models/model';
import { openModel } from './open-model';
import { createConstrain, type Constrain } from './grammar/constrain';
import { createPromptRenderer, type RenderPrompt } from './prompt';
import type { Ort, Runtime } from './runtime';
import { parseSelfTest } from './self-test';
import { createTokenizer, type TextTokenizer } from './tokenizer';
import { openTrustedSession } from './trusted-session';
import { fetchFiles, type FetchRequest } from './weights';
import { parseWorld, type World } from './world';

/** Images whose features are kept: a run has one original and a handful of crops. */
const FEATURES_KEPT = 48;

export interface LoadedModel {
  readonly manifest: ModelManifest;
  readonly runtime: Runtime;
  readonly tokenizer: TextTokenizer;
  readonly renderPrompt: RenderPrompt;
  readonly constrain: Constrain;
  readonly model: VlmModel;
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
  const { modelUrl, runtimeFile } = options;
  const wanted = filesToRead(manifest);
  const { files, wasm } = yield* fetchFiles({ modelUrl, origin, files: wanted, runtime: runtimeFile }, signal);
  const folder = openFolder(manifest, files);

  const open: Ort.InferenceSession[] = [];
  try {
    const total = 4;
    yield { phase: 'compile', done: 0, total };
    const runtime = await starting;
    if (wasm) runtime.useWasm(wasm);
    yield { phase: 'compile', done: 1, total };
    const compile = async (role: string, place: 'device' | 'cpu') => {
      const path = fileOf(manifest, role)?.path ?? '';
      if (place === 'device') checkHalf(runtime, path, null);
      const session = await runtime.createSession(await folder.graph(role), place, await folder.data(role));
      open.push(session);
      if (place === 'device') checkHalf(runtime, path, session);
      signal.throwIfAborted();
      return session;
    };
    // A lookup of a few rows: on the GPU it would cost a round trip per token.
    const embed = await compile('embed', 'cpu');
    yield { phase: 'compile', done: 2, total };
    const vision = await compile('vision', 'device');
    yield { phase: 'compile', done: 3, total };
    const decoder = await compile('decoder', 'device');
    yield { phase: 'compile', done: 4, total };

    const tokenizerConfig = await folder.tokenizerConfig();
    const tokenizer = createTokenizer(await folder.json('tokenizer'), tokenizerConfig);
    const config = await folder.json('config');
    const seeing = family({ manifest, config, tokenizer, runtime, vision });
    const model: VlmModel = { ...seeing, embed: createEmbed(runtime, embed, manifest.decoder.hidden) };
    const world = folder.has('world') ? parseWorld(await folder.json('world'), manifest.decoder.hidden) : null;
    const stopIds = new Set(manifest.stop.map((text) => stopId(tokenizer, text)));
    const constrain = createConstrain(tokenizer, [...stopIds], manifest.decoder.vocab);
    const renderPrompt = createPromptRenderer({
      template: createChatTemplate(await folder.chatTemplate(), tokenNames(tokenizerConfig), manifest.thinking),
      tokenizer,
      model,
      stop: manifest.stop,
      vocab: manifest.decoder.vocab,
    });

    yield { phase: 'self-test' };
    const test = folder.has('self-test') ? parseSelfTest(await folder.json('self-test')) : null;
    const { session, remark } = await openTrustedSession({ runtime, manifest, decoder, model, test });
    signal.throwIfAborted();
    return {
      manifest,
      runtime,
      tokenizer,
      renderPrompt,
      constrain,
      model,
      session,
      features: createFeatureCache(FEATURES_KEPT),
      world,
      stopIds,
      remark,
      async dispose() {
        await session.dispose();
        await Promise.all([vision.release(), embed.release()]);
      },
    };
  } catch (error) {
    await Promise.allSettled(open.map((session) => session.release()));
    throw error;
  }
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
  if (isHalf) throw new EngineError('unsupported-model', NO_HALF);
}

const NO_HALF =
  'These weights are in half precision, which this graphics device cannot compute with (no shader-f16). Choose another format.';

function stopId(tokenizer: TextTokenizer, text: string): number {
  const id = tokenizer.idOf(text);
  if (id === undefined) throw new EngineError('bad-manifest', `The stop token ${text} is not in the vocabulary.`);
  return id;
}
