/**
 * Make a scene: pictures of the small model's world, made by hand in the page.
 */
export { SceneMaker } from './scene-maker';
export type { SceneMakerProps } from './scene-maker';
