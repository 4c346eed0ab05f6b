/**
 * A model's files by what they are for. Nothing is read before it is asked for and nothing is held afterwards: graphs and
 * weights are the largest things in the worker.
 */
import { EngineError, type ModelFile, type ModelManifest } from '@/lib/engine/contract';
import { fileOf } from '../manifest';
import { templateIn } from '../template-in';
import type { ModelFiles, StoredFile } from './stored-file';

/** A file of weights beside a graph. */
export interface ExternalData {
  /** As the graph names it: the file's name without folders. */
  readonly path: string;
  /** Read tensor by tensor. */
  readonly data: Blob;
}

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
/** Named by its path too: shipped manifests give it no role. */
const TOKENIZER_CONFIG = 'tokenizer_config.json';

export function filesToRead(manifest: ModelManifest): ModelFile[] {
  return manifest.files.filter(({ role, path }) => ROLES.includes(role) || path === TOKENIZER_CONFIG);
}

/** Every method throws EngineError `bad-manifest` where a file is missing or no JSON, and those of reading the disk. */
export interface Folder {
  has(role: string): boolean;
  graph(role: string): Promise<Uint8Array>;
  /** The same as a blob, which can stay on the disk. */
  graphBlob(role: string): Promise<Blob>;
  /** External data beside a graph: blobs, which ONNX Runtime can stream where its build does. */
  data(role: string): Promise<ExternalData[]>;
  json(role: string): Promise<unknown>;
  /** {} where there is none. */
  tokenizerConfig(): Promise<unknown>;
  /** Of a file of its own, or out of a JSON file, where older exports keep it. @throws EngineError `unsupported-model` */
  chatTemplate(): Promise<string>;
}

export function openFolder(manifest: ModelManifest, files: ModelFiles): Folder {
  function pathOf(role: string): string {
    const path = fileOf(manifest, role)?.path;
    if (path === undefined) throw new EngineError('bad-manifest', `No file has the role "${role}".`);
    return path;
  }
  function storedAt(path: string): StoredFile {
    const file = files.get(path);
    if (!file) throw new EngineError('bad-manifest', `${path} is not among the model's files.`);
    return file;
  }
  const text = async (path: string) => new TextDecoder().decode(await storedAt(path).bytes());
  async function json(path: string): Promise<unknown> {
    try {
      return JSON.parse(await text(path)) as unknown;
    } catch (error) {
      if (error instanceof EngineError) throw error;
      throw new EngineError('bad-manifest', `${path} is not JSON.`, { cause: error });
    }
  }

  return {
    has: (role) => fileOf(manifest, role) !== null,
    graph: async (role) => storedAt(pathOf(role)).bytes(),
    graphBlob: async (role) => storedAt(pathOf(role)).blob(),
    async data(role) {
      const found: ExternalData[] = [];
      for (const file of manifest.files) {
        if (file.role !== `${role}-data`) continue;
        const stored = files.get(file.path);
        // A graph's name for its external data is the file's, without folders.
        if (stored) found.push({ path: file.path.slice(file.path.lastIndexOf('/') + 1), data: await stored.blob() });
      }
      return found;
    },
    json: (role) => json(pathOf(role)),
    tokenizerConfig: async () => (files.has(TOKENIZER_CONFIG) ? json(TOKENIZER_CONFIG) : {}),
    async chatTemplate() {
      const path = pathOf('chat-template');
      if (!path.endsWith('.json')) return text(path);
      const template = templateIn(await json(path));
      if (template !== null) return template;
      throw new EngineError('unsupported-model', { code: 'folder-without-template' });
    },
  };
}
