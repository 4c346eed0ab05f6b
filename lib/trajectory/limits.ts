/**
 * What a document may hold at most: far beyond any run, and little enough that no file can freeze the page. What is too long where it is
 * made is shortened there (`fitName`), never refused.
 */
export const TRAJECTORY_LIMITS = {
  /** Characters of an id, a name, a title, a label, an address. */
  name: 2_000,
  /** Characters of one text. */
  text: 200_000,
  /** Characters of all texts, names and JSON of a document together. */
  allText: 8_000_000,
  steps: 5_000,
  usage: 5_000,
  pictures: 2_000,
  /** Parts of what was given, or of one result. */
  parts: 200,
  models: 100,
  tools: 50,
  /** Of all steps together. */
  tokens: 200_000,
  /** Of one token, and of all together. */
  alternatives: 20,
  allAlternatives: 1_000_000,
  /** Boxes, points and polygons of one step, or of what is known to be true. */
  marks: 1_000,
  /** Corners of a polygon. */
  corners: 1_000,
  /** Of all steps together. */
  allCorners: 100_000,
  answers: 200,
  lenses: 20,
  scores: 200,
  imageSide: 100_000,
  /** How deep the JSON of a call may be nested, and how many values it may hold. */
  jsonDepth: 32,
  jsonValues: 10_000,
} as const;

/** As a name is kept: whole where it fits, else cut with an ellipsis, and never in the middle of a character. */
export function fitName(text: string, most: number = TRAJECTORY_LIMITS.name): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
