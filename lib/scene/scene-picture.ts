/**
 * A picture that carries its own scene.json, as a text in the PNG (docs/scene-format.md): so that what is true of a made scene
 * is still known when the run is opened again, here or elsewhere. The model is given pixels and never sees it.
 */
import { addPngText, readPngText } from '@/lib/image';
import { parseScene, type Scene } from './scene';

const KEYWORD = 'loupe-scene';

/** The text stands at the start of the file: pictures may be large, scenes are not. */
const MOST_BYTES = 1_000_000;

/** The same picture with the scene in it; as it was where it is no PNG. */
export async function withScene(picture: Blob, scene: Scene): Promise<Blob> {
  const parts = addPngText(new Uint8Array(await picture.arrayBuffer()), KEYWORD, JSON.stringify(scene));
  return parts ? new Blob(parts, { type: picture.type }) : picture;
}

/** Null where the picture carries none, or one that is not of its format. */
export async function sceneOfPicture(picture: Blob): Promise<Scene | null> {
  const text = readPngText(new Uint8Array(await picture.slice(0, MOST_BYTES).arrayBuffer()), KEYWORD);
  if (text === null) return null;
  try {
    const parsed = parseScene(JSON.parse(text));
    return parsed.ok ? parsed.scene : null;
  } catch {
    return null;
  }
}
