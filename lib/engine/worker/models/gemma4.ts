/**
 * Gemma 4 (model_type `gemma4`, image_processing_gemma4.py, processing_gemma4.py): one piece of any shape within a budget of tokens, as
 * a list of patches padded to one length, each with its column and row (−1 for padding); `pool` × `pool` patches become a token. In the
 * prompt `<|image>`, the tokens, `<image|>`. 1-D positions. From descriptions and Python's processors: no export of it was seen.
 */
import * as z from 'zod/mini';
import { EngineError } from '../../contract';
import { floatTensor, floatTypeOf } from '../runtime/floats';
import { checkInputs } from './encoder';
import type { VlmFamily } from './model';
import { channelTables, layoutOf, toPatches } from './pixels';

const id = z.number().check(z.int(), z.nonnegative());
const config = z.object({ image_token_id: id, boi_token_id: id, eoi_token_id: id });

const PLACEHOLDER = '<|image|>';

/** What calls, thoughts and texts within them are written with (docs/protocol.md M1 to M6). */
const TAGS = [
  ...['channel', 'tool', 'tool_call', 'tool_response'].flatMap((name) => [`<|${name}>`, `<${name}|>`]),
  '<|"|>',
];

export const gemma4: VlmFamily = ({ manifest, config: given, tokenizer, runtime, vision, encode }) => {
  const { ort } = runtime;
  const { sizing } = manifest.image;
  if (sizing?.kind !== 'pooled') {
    throw new EngineError('unsupported-model', 'This is no Gemma 4: its pictures are not sized as that family does.');
  }
  const { patch, pool, maxTokens } = sizing;
  const parsed = config.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const what = `config.json, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`;
    throw new EngineError('unsupported-model', `This is no Gemma 4: ${what}.`);
  }
  const { image_token_id: imageTokenId, boi_token_id: begin, eoi_token_id: end } = parsed.data;
  checkInputs(vision, 'vision encoder', ['pixel_values', 'pixel_position_ids']);
  const type = floatTypeOf(vision, 'pixel_values');
  const tables = channelTables(manifest.image);
  const numbers = 3 * patch * patch;
  const room = maxTokens * pool * pool;

  return {
    placeholder: PLACEHOLDER,
    imageTokenId,
    reserved: [PLACEHOLDER, tokenizer.textOf(begin), tokenizer.textOf(end)],
    tags: TAGS,
    imageBlock(image) {
      const { tokens } = layoutOf(manifest.image, image);
      return { ids: [begin, ...Array<number>(tokens).fill(imageTokenId), end], grid: null };
    },
    async encodeImage(image) {
      const { size, tokens } = layoutOf(manifest.image, image);
      const pixels = new Float32Array(room * numbers);
      pixels.set(toPatches(image, tables, { patch, merge: 1, frames: 1, channelsLast: true }));
      const columns = size.width / patch;
      const places = new BigInt64Array(room * 2).fill(-1n);
      for (let i = 0; i < columns * (size.height / patch); i++) {
        places.set([BigInt(i % columns), BigInt(Math.floor(i / columns))], i * 2);
      }
      const feeds = {
        pixel_values: floatTensor(ort, type, pixels, [1, room, numbers]),
        pixel_position_ids: new ort.Tensor('int64', places, [1, room, 2]),
      };
      return encode([{ feeds, tokens }], tokens);
    },
  };
};
