/**
 * Where tokens stand for the decoder's rotary embedding. Text counts up by one; in families with two-dimensional images
 * (Qwen's mrope) all of an image stands at one moment and its rows and columns count on their own, and the text after it goes
 * on behind the largest number used. In the other families an image's features count up like text.
 */

/** Time, row, column; the three are equal for text. */
export type Place = readonly [number, number, number];

export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

/** One position of the decoder: a token, and where an image stands, which feature row of which image. */
export interface Position {
  readonly id: number;
  readonly feature: { readonly key: string; readonly row: number } | null;
  readonly place: Place;
}

export interface Placer {
  text(): Place;
  /** Places of an image's features, row by row. */
  image(grid: Grid): Place[];
}

/** @param last the place of the last position, which is a text's or an image's last: then none before it is larger */
export function createPlacer(last?: Place): Placer {
  let next = last ? Math.max(...last) + 1 : 0;
  return {
    text() {
      const at = next++;
      return [at, at, at];
    },
    image({ rows, columns }) {
      const start = next;
      next += Math.max(rows, columns);
      return Array.from({ length: rows * columns }, (_, i) => [
        start,
        start + Math.floor(i / columns),
        start + (i % columns),
      ]);
    },
  };
}

/** The positions of tokens that follow `before`. */
export function positionsAfter(before: Position | undefined, ids: readonly number[]): Position[] {
  const placer = createPlacer(before?.place);
  return ids.map((id) => ({ id, feature: null, place: placer.text() }));
}

/** The positions of text from the start of a conversation. */
export function textPositions(ids: readonly number[]): Position[] {
  return positionsAfter(undefined, ids);
}

/** `position_ids` as numbers: one line for `rank` 2, three lines (time, row, column) one after the other for `rank` 3. */
export function positionIds(positions: readonly Position[], rank: number): BigInt64Array {
  const count = positions.length;
  const lines = rank === 3 ? 3 : 1;
  const out = new BigInt64Array(lines * count);
  positions.forEach(({ place }, i) => {
    for (let line = 0; line < lines; line++) out[line * count + i] = BigInt(place[line] ?? 0);
  });
  return out;
}
