/**
 * The questions whose answers come with a picture: those of the scene in the file itself, else those of the gallery, which knows
 * its own files by hash. Of any other picture there are none.
 */
import { parseScene, sceneOfPicture, type SceneQuestion } from '@/lib/scene';
import type { FileHash, FileRef } from '@/lib/trajectory';

const GALLERY = '/gallery/';

/** Of all the gallery's pictures: it is not asked about others, least of all by whoever only opens a link. */
const GALLERY_TYPE = 'image/webp';

type Picture = Pick<FileRef, 'mimeType'> & { readonly hash: FileHash };

const asked = new Map<FileHash, Promise<readonly SceneQuestion[]>>();

/** @param bytes the picture's file; null where it is not at hand. Never rejects: what cannot be read is not known. */
export function knownQuestions(image: Picture, bytes: Blob | null): Promise<readonly SceneQuestion[]> {
  const { hash } = image;
  const before = asked.get(hash);
  if (before) return before;
  const found = find(image, bytes).catch(() => []);
  asked.set(hash, found);
  // What was not found may be the network's fault, or the picture's that comes later.
  void found.then((questions) => questions.length > 0 || asked.delete(hash));
  return found;
}

async function find({ hash, mimeType }: Picture, bytes: Blob | null): Promise<readonly SceneQuestion[]> {
  const carried = bytes && (await sceneOfPicture(bytes));
  if (carried) return carried.questions;
  if (mimeType !== GALLERY_TYPE) return [];
  const file = sceneFile(await fetchJson(`${GALLERY}index.json`), hash);
  const parsed = file === null ? null : parseScene(await fetchJson(GALLERY + file));
  return parsed?.ok ? parsed.scene.questions : [];
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
