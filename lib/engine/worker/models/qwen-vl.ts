/**
 * What the Qwen families share (image_processing_qwen2_vl.py): an image of any size becomes a list of patches in blocks of
 * merge × merge, each repeated for two frames of a film, with its grid; one feature a block. The template writes
 * `<|vision_start|><|image_pad|><|vision_end|>` and the middle one is repeated. Positions are placed in two dimensions.
 */
import * as z from 'zod/mini';
import { EngineError, type EngineImage } from '../../contract';
import { floatTensor, floatTypeOf, inputOf } from '../runtime/floats';
import { checkInputs } from './encoder';
import type { VlmFamily } from './model';
import { channelTables, layoutOf, toPatches } from './pixels';

const whole = z.number().check(z.int(), z.positive());
const config = z.object({
  image_token_id: z.number().check(z.int(), z.nonnegative()),
  vision_config: z.object({
    patch_size: z.optional(whole),
    spatial_patch_size: z.optional(whole),
    spatial_merge_size: z.optional(whole),
    temporal_patch_size: z.optional(whole),
  }),
});

const PAD = '<|image_pad|>';

export interface QwenKind {
  /** For messages. */
  readonly name: string;
  /** What the exports call the grid. */
  readonly gridInput: 'grid_thw' | 'image_grid_thw';
  /** Side of a patch in pixels where config.json does not say. */
  readonly patch: number;
}

export function qwenFamily({ name, gridInput, patch: usualPatch }: QwenKind): VlmFamily {
  return ({ manifest, config: given, tokenizer, runtime, vision, encode }) => {
    const { ort } = runtime;
    const { sizing } = manifest.image;
    const wrong = (what: string) => new EngineError('unsupported-model', `This is no ${name}: ${what}.`);
    const parsed = config.safeParse(given);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw wrong(`config.json, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`);
    }
    const { image_token_id: imageTokenId, vision_config: seen } = parsed.data;
    if (tokenizer.idOf(PAD) !== imageTokenId) throw wrong(`${PAD} is not the image token ${imageTokenId}`);
    const patch = seen.patch_size ?? seen.spatial_patch_size ?? usualPatch;
    const merge = seen.spatial_merge_size ?? 2;
    const frames = seen.temporal_patch_size ?? 2;
    if (sizing?.kind !== 'smart' || sizing.patch !== patch || sizing.factor !== patch * merge) {
      throw wrong(`its pictures must be sized in blocks of ${patch * merge} pixels`);
    }
    checkInputs(vision, 'vision encoder', ['pixel_values', gridInput]);
    const length = inputOf(vision, 'pixel_values')?.shape.at(-1);
    const expected = 3 * frames * patch * patch;
    if (typeof length === 'number' && length !== expected) {
      throw wrong(`its encoder takes patches of ${length} numbers and not ${expected}`);
    }
    const type = floatTypeOf(vision, 'pixel_values');
    const tables = channelTables(manifest.image);

    function gridOf(image: EngineImage): { rows: number; columns: number } {
      const { size } = layoutOf(manifest.image, image);
      return { rows: size.height / (patch * merge), columns: size.width / (patch * merge) };
    }

    return {
      placeholder: PAD,
      imageTokenId,
      reserved: [PAD, '<|vision_start|>', '<|vision_end|>'],
      imageBlock(image) {
        const grid = gridOf(image);
        return { ids: Array<number>(grid.rows * grid.columns).fill(imageTokenId), grid };
      },
      async encodeImage(image) {
        const { rows, columns } = gridOf(image);
        const patches = toPatches(image, tables, { patch, merge, frames, channelsLast: false });
        const feeds = {
          pixel_values: floatTensor(ort, type, patches, [patches.length / expected, expected]),
          [gridInput]: new ort.Tensor('int64', [1, rows * merge, columns * merge].map(BigInt), [1, 3]),
        };
        return encode([{ feeds, tokens: rows * columns }], rows * columns);
      },
    };
  };
}
