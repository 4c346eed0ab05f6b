/**
 * What is known to be in a picture: the scene in the file itself, else the gallery's, which knows its own files by hash. Of any other
 * picture nothing is.
 */
import { parseScene, sceneOfPicture, type Scene } from '@/lib/scene';
import type { FileHash, FileRef } from '@/lib/trajectory';

const GALLERY = '/gallery/';

/** Of all the gallery's pictures: it is not asked about others, least of all by whoever only opens a link. */
const GALLERY_TYPE = 'image/webp';

type Picture = Pick<FileRef, 'mimeType'> & { readonly hash: FileHash };

/** `own`: somebody made it and wrote what is in it, and the file carries that. */
export interface KnownScene {
  readonly scene: Scene;
  readonly own: boolean;
}

const asked = new Map<FileHash, Promise<KnownScene | null>>();

/** @param bytes the picture's file; null where it is not at hand. Never rejects: what cannot be read is not known. */
export function knownScene(image: Picture, bytes: Blob | null): Promise<KnownScene | null> {
  const { hash } = image;
  const before = asked.get(hash);
  if (before) return before;
  const found = find(image, bytes).catch(() => null);
  asked.set(hash, found);
  // What was not found may be the network's fault, or the picture's that comes later.
  void found.then((known) => known !== null || asked.delete(hash));
  return found;
}

async function find({ hash, mimeType }: Picture, bytes: Blob | null): Promise<KnownScene | null> {
  const carried = bytes && (await sceneOfPicture(bytes));
  if (carried) return { scene: carried, own: true };
  if (mimeType !== GALLERY_TYPE) return null;
  const file = sceneFile(await fetchJson(`${GALLERY}index.json`), hash);
  const parsed = file === null ? null : parseScene(await fetchJson(GALLERY + file));
  return parsed?.ok ? { scene: parsed.scene, own: false } : null;
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  return response.ok ? response.json() : null;
}

/** The scene file of the gallery's picture with that hash. */
function sceneFile(index: unknown, hash: FileHash): string | null {
  if (!isRecord(index) || !Array.isArray(index.pictures)) return null;
  const picture: unknown = index.pictures.find((one) => isRecord(one) && one.hash === hash);
  return isRecord(picture) && typeof picture.scene === 'string' ? picture.scene : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
