/** The graphs of pixels.ts: fetched and compiled when they are asked for, in the folder's manifest by their roles. */
import { EngineError, type ModelManifest } from '../contract';
import type { ExternalData, Folder } from '@/lib/models/files';
import type { Ort, Runtime } from './runtime/runtime';

export const PIXEL_ROLES = ['gradients', 'nudged'] as const;
export type PixelRole = (typeof PIXEL_ROLES)[number];

/** Whose weights the graphs point into, by the names of the files. */
const WEIGHTS = ['vision', 'decoder'];

export interface PixelGraphs {
  /** @throws EngineError `unsupported-model` where the model has none, and those of fetching and compiling */
  open(role: PixelRole, signal: AbortSignal): Promise<Ort.InferenceSession>;
  dispose(): Promise<void>;
}

/** @param folderWith the model's folder with files of these roles in it, too */
export function createPixelGraphs(
  runtime: Runtime,
  manifest: ModelManifest,
  folderWith: (roles: readonly string[], signal: AbortSignal) => Promise<Folder>,
): PixelGraphs {
  const sessions = new Map<PixelRole, Ort.InferenceSession>();
  const nameOf = (role: string) =>
    manifest.files
      .find((file) => file.role === role)
      ?.path.split('/')
      .at(-1) ?? '';
  return {
    async open(role, signal) {
      const found = sessions.get(role);
      if (found) return found;
      if (!manifest.files.some((file) => file.role === role)) {
        throw new EngineError('unsupported-model', `The model has no graph of ${role}.`);
      }
      const folder = await folderWith(PIXEL_ROLES, signal);
      const data = await Promise.all(
        WEIGHTS.map(async (one): Promise<ExternalData> => ({ path: nameOf(one), data: await folder.graphBlob(one) })),
      );
      const session = await runtime.createSession(await folder.graph(role), 'cpu', { data });
      sessions.set(role, session);
      return session;
    },
    async dispose() {
      await Promise.all([...sessions.values()].map((session) => session.release()));
      sessions.clear();
    },
  };
}
