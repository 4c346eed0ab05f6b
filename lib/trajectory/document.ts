/**
 * The document's own door, apart from the room's: whoever only shows a run loads neither the schema nor what brings older versions across.
 */
export { parseTrajectory } from './parse';
export type { ParsedTrajectory } from './parse';
export { trajectorySchema } from './schema';
