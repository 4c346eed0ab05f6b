/**
 * Scene: a picture, what is in it, and questions about it whose answers are known.
 *
 * - **scene**: `scene.json`, or a V* file read as one. **scene picture**: a PNG that carries its scene. **right**: equal to an accepted
 *   answer, both normalized.
 */
export { answerInScene } from './answer';
export type { SceneAnswer } from './answer';
export { EXAMPLE_QUESTIONS } from './examples';
export { intervalOfShare } from './interval';
export { NOUNS } from './nouns';
export { chanceOf, readQuestion } from './read-question';
export type { AskedKind, AskedOfScene } from './read-question';
export { readRealX, sceneOfRealX } from './realx';
export type { RealXRow } from './realx';
export { ABILITIES, parseScene, QUESTION_KINDS, sceneOfVstar } from './scene';
export type { Ability, ParsedScene, Scene, SceneObject, SceneQuestion } from './scene';
export { sceneOfPicture, withScene } from './scene-picture';
export { isRight, normalizeAnswer } from './scoring';
