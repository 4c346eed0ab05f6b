/**
 * The run that has to fit by default: so many looks, turns so long. The settings begin with these numbers, and pictures of a hub's
 * models are sized by them, so that who changes nothing can zoom as often as the settings say.
 */
export const USUAL_RUN = {
  /** Crops that may follow the overview. */
  looks: 4,
  /** Most tokens that a model writes in one turn. */
  newTokens: 160,
} as const;

/** Tokens of the instructions, of the tool's description (some 300 in Qwen's words) and of a question of a few sentences. */
const OPENING = 450;
/** Tokens around a crop: the end of one message, the beginning of the next, the tags of an observation. */
const AROUND_A_LOOK = 40;

/** Tokens of such a run that are text: what its pictures have to leave free. */
export const USUAL_TEXT = OPENING + (USUAL_RUN.looks + 1) * USUAL_RUN.newTokens + USUAL_RUN.looks * AROUND_A_LOOK;

/** Tokens that each of its pictures, the overview as a crop, may take of a context. */
export function pictureTokens(context: number): number {
  return Math.max(1, Math.floor((context - USUAL_TEXT) / (USUAL_RUN.looks + 1)));
}
