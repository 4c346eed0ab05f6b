/** A scene just made, as its scene.json (docs/scene-format.md): what is in it, where, and questions with their answers. */
import type { Scene, SceneObject, SceneQuestion } from '@/lib/scene';
import { clampBox } from '@/lib/geometry';
import type { IconCatalog } from './icon-catalog';
import { iconSize, isNumberTag, SCENE_SIZE, type Draft, type DraftObject } from './scene-draft';

/** Plates are left out: how wide one is, is known only once it is drawn. */
export function draftScene(catalog: IconCatalog, { objects }: Draft, questions: readonly SceneQuestion[]): Scene {
  return {
    image: 'scene.png',
    ...SCENE_SIZE,
    objects: objects.map((object) => sceneObject(catalog, object)),
    questions: [...questions],
    provenance: { maker: 'loupe' },
  };
}

function sceneObject(catalog: IconCatalog, object: DraftObject): SceneObject {
  const { noun, x, y, tag, style } = object;
  const { width, height } = iconSize(catalog, object);
  const around = { x1: x - width / 2, y1: y - height / 2, x2: x + width / 2, y2: y + height / 2 };
  const { x1, y1, x2, y2 } = clampBox(around, SCENE_SIZE);
  return {
    noun,
    box: [Math.floor(x1), Math.floor(y1), Math.ceil(x2), Math.ceil(y2)],
    style,
    ...(tag.kind === 'text' && tag.text === ''
      ? {}
      : {
          tag: tag.kind === 'dots' ? String(tag.dots) : tag.text,
          tagKind: tag.kind === 'dots' ? 'dots' : isNumberTag(tag) ? 'number' : 'text',
          tagColor: tag.color,
          inkColor: tag.ink,
        }),
  };
}
