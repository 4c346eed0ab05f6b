/**
 * From a folder's URL to a model that can be asked: manifest, files, sessions, known answer. Everything a load allocates
 * is given back when it fails.
 */
import { EngineError, type HubAccess, type LoadProgress, type ModelManifest } from '../contract';
import { fileOf } from '../manifest';
import { readCacheLayout } from './cache-layout';
import { createChatTemplate, tokenNames } from './chat-template';
import { createDecodeSession, type DecodeSession } from './decode-session';
import { createFeatureCache, type FeatureCache } from './feature-cache';
import { floatTypeOf } from './floats';
import { createGrowingKv, createStaticKv } from './kv-cache';
import { createEmbed } from './models/encoder';
import { FAMILIES } from './models/families';
import type { VlmModel } from './models/model';
import { createPromptRenderer, type RenderPrompt } from './prompt';
import type { ExternalData, Ort, Runtime } from './runtime';
import { checkKnownAnswer, compareSessions, parseSelfTest, rampImage } from './self-test';
import { createStateCache } from './state-cache';
import { createTokenizer, type TextTokenizer } from './tokenizer';
import { openModel } from './open-model';
import { readAll } from './stored-file';
import { fetchFiles, type FetchRequest } from './weights';
import { parseWorld, type World } from './world';

/** Images whose features are kept: a run has one original and a handful of crops. */
const FEATURES_KEPT = 48;

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

export interface LoadedModel {
  readonly manifest: ModelManifest;
  readonly runtime: Runtime;
  readonly tokenizer: TextTokenizer;
  readonly renderPrompt: RenderPrompt;
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
  const wanted = manifest.files.filter(({ role, path }) => ROLES.includes(role) || path === 'tokenizer_config.json');
  const { modelUrl, runtimeFile } = options;
  const fetched = yield* fetchFiles({ modelUrl, origin, files: wanted, runtime: runtimeFile }, signal);
  const { wasm } = fetched;
  const files = await readAll(fetched.files);

  const open: Ort.InferenceSession[] = [];
  try {
    const total = 4;
    yield { phase: 'compile', done: 0, total };
    const runtime = await starting;
    if (wasm) runtime.useWasm(wasm);
    yield { phase: 'compile', done: 1, total };
    const compile = async (role: string, place: 'device' | 'cpu') => {
      const data = externalData(manifest, files, `${role}-data`);
      const session = await runtime.createSession(bytesOf(manifest, files, role), place, data);
      open.push(session);
      if (place === 'device') checkHalf(runtime, session);
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

    const configFile = manifest.files.find(({ path }) => path === 'tokenizer_config.json');
    const tokenizerConfig = configFile ? json(files, configFile.path) : {};
    const tokenizer = createTokenizer(jsonOf(manifest, files, 'tokenizer'), tokenizerConfig);
    const config = jsonOf(manifest, files, 'config');
    const seeing = family({ manifest, config, tokenizer, runtime, vision });
    const model: VlmModel = { ...seeing, embed: createEmbed(runtime, embed, manifest.decoder.hidden) };
    const worldFile = fileOf(manifest, 'world');
    const world = worldFile ? parseWorld(json(files, worldFile.path), manifest.decoder.hidden) : null;
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
    const { session, remark } = await trustedSession({ runtime, manifest, decoder, model, test });
    signal.throwIfAborted();
    return {
      manifest,
      runtime,
      tokenizer,
      renderPrompt,
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

interface TrustParts {
  readonly runtime: Runtime;
  readonly manifest: ModelManifest;
  readonly decoder: Ort.InferenceSession;
  readonly model: VlmModel;
  /** null where the folder has no known answer. */
  readonly test: ReturnType<typeof parseSelfTest> | null;
}

interface Trusted {
  readonly session: DecodeSession;
  readonly remark: string;
}

/** The first kind of cache with which the known answer comes out right. */
async function trustedSession({ runtime, manifest, decoder, model, test }: TrustParts): Promise<Trusted> {
  const { hidden, vocab } = manifest.decoder;
  const layout = readCacheLayout(decoder, manifest.decoder);
  const { gpu } = runtime;
  const growing = () => {
    const states = createStateCache(runtime, null, layout.states);
    const kv = createGrowingKv(runtime, layout.rows);
    return createDecodeSession({ runtime, session: decoder, kv, states, hidden, vocab });
  };
  const inPlace = (device: GPUDevice) => {
    const states = createStateCache(runtime, device, layout.states);
    const kv = createStaticKv(runtime, device, layout.rows, manifest.context);
    return createDecodeSession({ runtime, session: decoder, kv, states, hidden, vocab });
  };
  /** What is wrong with a session, as a sentence; null where nothing is. */
  const problemOf = async (session: DecodeSession, examine: () => Promise<string | null>) => {
    let problem: string | null;
    try {
      problem = await examine();
    } catch (error) {
      if (error instanceof EngineError && error.code === 'device-lost') throw error;
      problem = error instanceof Error ? error.message : String(error);
    }
    if (problem !== null) session.forget();
    return problem;
  };
  const slower = (problem: string) => `The cache in place gave a wrong answer here (${problem}); a slower one is used.`;

  if (!test) {
    const session = growing();
    if (!gpu) return { session, remark: '' };
    const shared = inPlace(gpu);
    const problem = await problemOf(shared, () => compareSessions(model, session, shared, vocab));
    if (problem !== null) return { session, remark: slower(problem) };
    session.forget();
    return { session: shared, remark: '' };
  }

  const features = await model.encodeImage(rampImage(manifest.image.size));
  const answer = (session: DecodeSession) => () => checkKnownAnswer({ test, model, session, hidden, features });
  let remark = '';
  if (gpu) {
    const session = inPlace(gpu);
    const problem = await problemOf(session, answer(session));
    if (problem === null) return { session, remark };
    remark = slower(problem);
  }
  const session = growing();
  const problem = await problemOf(session, answer(session));
  if (problem !== null) throw new EngineError('self-test-failed', problem);
  return { session, remark };
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

/** A graph's name for its external data is the file's, without folders. */
function externalData(manifest: ModelManifest, files: ModelFiles, role: string): ExternalData[] {
  return manifest.files.flatMap((file) => {
    const data = file.role === role ? files.get(file.path) : undefined;
    return data ? [{ path: file.path.slice(file.path.lastIndexOf('/') + 1), data }] : [];
  });
}

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
