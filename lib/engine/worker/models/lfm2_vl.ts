/**
 * LFM2-VL (model_type `lfm2_vl`, processing_lfm2_vl.py): one piece of any shape, or tiles and a thumbnail; every piece is a
 * list of patches padded to one length, with a mask and its shape. In the prompt `<|image_start|>`, before each tile
 * `<|img_row_1_col_1|>`, before the thumbnail `<|img_thumbnail|>`, `<|image_end|>`. 1-D positions.
 */
import * as z from 'zod/mini';
import type { Size } from '@/lib/geometry';
import { EngineError } from '../../contract';
import { floatTensor, floatTypeOf } from '../runtime/floats';
import { checkInputs, type VisionRun } from './encoder';
import { gridTokens, type VlmFamily } from './model';
import { channelTables, layoutOf, piecesOf, toPatches, type Raster } from './pixels';

const id = z.number().check(z.int(), z.nonnegative());
const config = z.object({ image_token_id: z.optional(id), image_token_index: z.optional(id) });

const [START, END, THUMBNAIL] = ['<|image_start|>', '<|image_end|>', '<|img_thumbnail|>'];
const tileToken = (row: number, column: number) => `<|img_row_${row}_col_${column}|>`;
/** As in idefics3.ts. */
const PIECES_AT_ONCE = { wasm: 1, webgpu: 4 } as const;

export const lfm2Vl: VlmFamily = ({ manifest, config: given, tokenizer, runtime, vision, encode }) => {
  const { ort, device } = runtime;
  const { sizing, resample } = manifest.image;
  if (sizing?.kind !== 'lfm2') {
    throw new EngineError('unsupported-model', 'This is no LFM2-VL: its pictures are not sized as that family does.');
  }
  const { patch, downsample, tile, maxTokens, minTiles, maxTiles } = sizing;
  const parsed = config.safeParse(given);
  const imageTokenId = parsed.data?.image_token_id ?? parsed.data?.image_token_index;
  if (imageTokenId === undefined) throw new EngineError('unsupported-model', 'config.json names no image token.');
  const start = idOf(START);
  const end = idOf(END);
  checkInputs(vision, 'vision encoder', ['pixel_values', 'pixel_attention_mask', 'spatial_shapes']);
  const type = floatTypeOf(vision, 'pixel_values');
  const tables = channelTables(manifest.image);
  const numbers = 3 * patch * patch;
  // What a piece is padded to: the largest that there can be.
  const tilePatches = minTiles === 1 && maxTiles === 1 ? 0 : (tile / patch) ** 2;
  const room = Math.max(maxTokens * downsample ** 2, tilePatches);

  function idOf(token: string): number {
    const found = tokenizer.idOf(token);
    if (found !== undefined) return found;
    throw new EngineError('unsupported-model', `The vocabulary has no ${token}, which LFM2-VL writes for a picture.`);
  }
  const tokensOf = ({ width, height }: Size) => (width * height) / (patch * downsample) ** 2;
  const tokensOfAll = (pieces: readonly Size[]) => pieces.reduce((sum, piece) => sum + tokensOf(piece), 0);

  function runOf(pieces: readonly Raster[]): VisionRun {
    const count = pieces.length;
    const pixels = new Float32Array(count * room * numbers);
    const mask = new BigInt64Array(count * room);
    const shapes = new BigInt64Array(count * 2);
    pieces.forEach((piece, i) => {
      const patches = toPatches(piece, tables, { patch, merge: 1, frames: 1, channelsLast: true });
      pixels.set(patches, i * room * numbers);
      mask.fill(1n, i * room, i * room + patches.length / numbers);
      shapes.set([BigInt(piece.height / patch), BigInt(piece.width / patch)], i * 2);
    });
    const feeds = {
      pixel_values: floatTensor(ort, type, pixels, [count, room, numbers]),
      pixel_attention_mask: new ort.Tensor('int64', mask, [count, room]),
      spatial_shapes: new ort.Tensor('int64', shapes, [count, 2]),
    };
    return { feeds, tokens: tokensOfAll(pieces) };
  }

  function* runsOf(pieces: readonly Raster[]): Generator<VisionRun> {
    const step = PIECES_AT_ONCE[device];
    for (let at = 0; at < pieces.length; at += step) yield runOf(pieces.slice(at, at + step));
  }

  return {
    placeholder: '<image>',
    imageTokenId,
    reserved: ['<image>', START, END, THUMBNAIL, ...gridTokens(tokenizer, tileToken)],
    imageBlock(image) {
      const { size, rows, columns, whole } = layoutOf(manifest.image, image);
      const features = (piece: Size) => Array<number>(tokensOf(piece)).fill(imageTokenId);
      if (rows === 0) return { ids: [start, ...features(size), end], grid: null };
      const ids = [start];
      for (let row = 1; row <= rows; row++) {
        for (let column = 1; column <= columns; column++) {
          ids.push(idOf(tileToken(row, column)), ...features({ width: tile, height: tile }));
        }
      }
      if (whole) ids.push(idOf(THUMBNAIL), ...features(whole));
      return { ids: [...ids, end], grid: null };
    },
    async encodeImage(image) {
      const pieces = piecesOf(image, layoutOf(manifest.image, image), resample);
      return encode(runsOf(pieces), tokensOfAll(pieces));
    },
  };
};
