/**
 * Idefics3 and SmolVLM (Hugging Face model_type `idefics3`, `smolvlm`): square tiles in [1, n, 3, S, S], pixel-shuffled
 * features, 1-D positions. A tile of the prompt is `<fake_token_around_image><row_1_col_1><image>…`, the whole picture
 * `<fake_token_around_image><global-img><image>…<fake_token_around_image>`, which is all there is of a picture that is not cut
 * (processing_idefics3.py).
 */
import * as z from 'zod/mini';
import { EngineError } from '../../contract';
import { floatTensor, floatTypeOf } from '../runtime/floats';
import type { Tensors } from '../runtime/runtime';
import { checkInputs, type VisionRun } from './encoder';
import { gridTokens, type VlmFamily } from './model';
import { channelTables, layoutOf, piecesOf, toPlanes, type Raster } from './pixels';

const config = z.object({ image_token_id: z.number().check(z.int(), z.nonnegative()) });

const AROUND = '<fake_token_around_image>';
const GLOBAL = '<global-img>';

const tileToken = (row: number, column: number) => `<row_${row}_col_${column}>`;

/** The encoder's attention takes memory by the tile: on WASM it would be the largest thing there. */
const TILES_AT_ONCE = { wasm: 1, webgpu: 4 } as const;

export const idefics3: VlmFamily = ({ manifest, config: given, tokenizer, runtime, vision, encode }) => {
  const { ort, device } = runtime;
  const { size, tokens, resample } = manifest.image;
  const parsed = config.safeParse(given);
  const around = tokenizer.idOf(AROUND);
  const global = tokenizer.idOf(GLOBAL);
  if (!parsed.success || around === undefined || global === undefined) {
    throw new EngineError('unsupported-model', 'The folder lacks the image tokens of the Idefics3 family.');
  }
  const imageTokenId = parsed.data.image_token_id;
  const wantsMask = vision.inputNames.includes('pixel_attention_mask');
  checkInputs(vision, 'vision encoder', ['pixel_values', ...(wantsMask ? ['pixel_attention_mask'] : [])]);
  const type = floatTypeOf(vision, 'pixel_values');
  const tables = channelTables(manifest.image);
  const rows = Array<number>(tokens).fill(imageTokenId);
  const tileTokens = gridTokens(tokenizer, tileToken);

  function tileId(row: number, column: number): number {
    const id = tokenizer.idOf(tileToken(row, column));
    if (id !== undefined) return id;
    throw new EngineError(
      'unsupported-model',
      `The vocabulary has no token for a tile in row ${row}, column ${column}.`,
    );
  }

  function runOf(tiles: readonly Raster[]): VisionRun {
    const plane = size * size;
    const pixels = new Float32Array(tiles.length * 3 * plane);
    tiles.forEach((tile, i) => pixels.set(toPlanes(tile, tables), i * 3 * plane));
    const feeds: Tensors = { pixel_values: floatTensor(ort, type, pixels, [1, tiles.length, 3, size, size]) };
    if (wantsMask) {
      // Every pixel counts: a tile is full.
      const mask = new Uint8Array(tiles.length * plane).fill(1);
      feeds['pixel_attention_mask'] = new ort.Tensor('bool', mask, [1, tiles.length, size, size]);
    }
    return { feeds, tokens: tiles.length * tokens };
  }

  function* runsOf(tiles: readonly Raster[]): Generator<VisionRun> {
    const step = TILES_AT_ONCE[device];
    for (let at = 0; at < tiles.length; at += step) yield runOf(tiles.slice(at, at + step));
  }

  return {
    placeholder: '<image>',
    imageTokenId,
    reserved: ['<image>', AROUND, GLOBAL, ...tileTokens],
    imageBlock(image) {
      const layout = layoutOf(manifest.image, image);
      const ids: number[] = [];
      for (let row = 1; row <= layout.rows; row++) {
        for (let column = 1; column <= layout.columns; column++) ids.push(around, tileId(row, column), ...rows);
        // The last row's line break and the one before the whole picture are one piece of text.
        ids.push(...tokenizer.encode(row < layout.rows ? '\n' : '\n\n'));
      }
      ids.push(around, global, ...rows, around);
      return { ids, grid: null };
    },
    async encodeImage(image) {
      const pieces = piecesOf(image, layoutOf(manifest.image, image), resample);
      return encode(runsOf(pieces), pieces.length * tokens);
    },
  };
};
