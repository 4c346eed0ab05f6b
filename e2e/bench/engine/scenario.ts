/** What both sides are given: a picture and three closer looks at it, one a turn, and the same words. */

export interface Setup {
  readonly device: 'wasm' | 'webgpu';
  readonly dtype: 'fp32' | 'fp16' | 'q8' | 'q4' | 'q4f16';
  /** `owner/name` at `endpoint`, which is laid out as the hub is. */
  readonly model: string;
  readonly endpoint: string;
  readonly turns: number;
  /** Generated per turn, greedily. */
  readonly tokens: number;
  /** Side of the square images in pixels: the model's own, so that neither side has to resize. */
  readonly imageSide: number;
  readonly threads: number;
  /** Whether transformers.js gets a GPU device with subgroups, as it asks for; ours decides for itself (gpu.ts). */
  readonly subgroups: boolean;
}

/** RGBA */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** One turn on one side. */
export interface TurnTimes {
  /** All positions of the prompt, computed or reused. */
  readonly promptTokens: number;
  readonly tokenIds: readonly number[];
  /** When each token came, in ms since the turn was asked for. */
  readonly times: readonly number[];
}

/** A picture of soft shapes, another one every turn. */
export function pictureOf(turn: number, side: number): Picture {
  const data = new Uint8ClampedArray(side * side * 4);
  const wave = (x: number, y: number, across: number, down: number) =>
    127 + 120 * Math.sin((x * across + y * down) / 9 + turn);
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 4) {
      data[at] = wave(x, y, 1, 0.3 * turn);
      data[at + 1] = wave(x, y, 0.2 * turn, 1);
      data[at + 2] = wave(x, y, 0.7, -0.6);
      data[at + 3] = 255;
    }
  }
  return { width: side, height: side, data };
}

/** What is said with the picture of a turn. */
export function wordsOf(turn: number): string {
  if (turn === 0) return 'What does the sign on the shop to the left of the tram say? Look closely, then answer.';
  return `This is closer look number ${turn}. If it can be read now, answer; if not, say where to look next.`;
}
