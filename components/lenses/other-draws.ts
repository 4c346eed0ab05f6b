/** Other inputs of a run's kind, from the pictures that come with the app: everybody has them, and what is in them is known. */
import { findOthers, LensError, type Draw } from '@/lib/lenses';
import type { ImageService } from '@/lib/image';
import { parseScene, type Scene } from '@/lib/scene';
import { hashesOf, type Trajectory } from '@/lib/trajectory';

const GALLERY = '/gallery/';

/** Draws a measurement takes: more cost a pass each, and say little more. */
export const DRAWS = 3;

interface GalleryScene {
  readonly image: string;
  readonly scene: Scene;
}

/** @throws LensError `no-others`, ImageError, the abort's reason */
export async function otherDraws(
  run: Trajectory,
  images: Pick<ImageService, 'open'>,
  signal: AbortSignal,
): Promise<readonly Draw[]> {
  const own = hashesOf(run);
  const index = await readJson(`${GALLERY}index.json`, signal);
  const listed = isRecord(index) && Array.isArray(index.pictures) ? index.pictures.filter(isRecord) : [];
  const others = listed.filter(({ hash }) => typeof hash === 'string' && !own.includes(hash));
  const scenes = await Promise.all(
    others.map(async ({ image, scene }): Promise<GalleryScene[]> => {
      if (typeof image !== 'string' || typeof scene !== 'string') return [];
      const parsed = parseScene(await readJson(GALLERY + scene, signal));
      return parsed.ok ? [{ image, scene: parsed.scene }] : [];
    }),
  );
  const found = findOthers(run, turned(scenes.flat(), own[0] ?? ''), DRAWS);
  if (found.length === 0) throw new LensError('no-others');
  const draws: Draw[] = [];
  for (const { scene, question, crop } of found) {
    const answer = await fetch(GALLERY + scene.image, { signal });
    const source = await images.open(await answer.blob(), scene.image, signal);
    draws.push({ source, crop, question: question.question, says: question.accepted });
  }
  return draws;
}

/** Another beginning for another picture, and the same for the same. */
function turned<T>(list: readonly T[], hash: string): readonly T[] {
  const by = list.length === 0 ? 0 : (Number.parseInt(hash.slice(0, 6), 16) || 0) % list.length;
  return [...list.slice(by), ...list.slice(0, by)];
}

async function readJson(url: string, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(url, { signal });
  return answer.ok ? answer.json() : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
