/**
 * Idefics3 and SmolVLM (Hugging Face model_type `idefics3`, `smolvlm`), one image tile without splitting: pixels in
 * [n, 3, S, S], pixel-shuffled features, 1-D positions. The prompt of an image is
 * `<fake_token_around_image><global-img><image>…<fake_token_around_image>` (processing_idefics3.py).
 */
import * as z from 'zod/mini';
import { EngineError, type EngineImage, type ModelManifest } from '../../contract';
import type { Tensors } from '../runtime';
import type { VlmFamily } from './model';

const config = z.object({ image_token_id: z.number().check(z.int(), z.nonnegative()) });

export const idefics3: VlmFamily = ({ manifest, config: given, tokenizer, runtime, vision, embed }) => {
  const { ort } = runtime;
  const { size, tokens } = manifest.image;
  const { hidden } = manifest.decoder;
  const parsed = config.safeParse(given);
  const around = tokenizer.idOf('<fake_token_around_image>');
  const global = tokenizer.idOf('<global-img>');
  if (!parsed.success || around === undefined || global === undefined) {
    throw new EngineError('unsupported-model', 'The folder lacks the image tokens of the Idefics3 family.');
  }
  const imageTokenId = parsed.data.image_token_id;
  const wantsMask = vision.inputNames.includes('pixel_attention_mask');

  return {
    imageTokenId,
    imageBlock: [around, global, ...Array<number>(tokens).fill(imageTokenId), around],
    async encodeImage(image) {
      const pixels = normalise(image, manifest.image);
      const feeds: Tensors = { pixel_values: new ort.Tensor('float32', pixels, [1, 1, 3, size, size]) };
      if (wantsMask) {
        // Every pixel counts: the picture fills the square.
        feeds['pixel_attention_mask'] = new ort.Tensor('bool', new Uint8Array(size * size).fill(1), [1, 1, size, size]);
      }
      const features = (await runtime.run(vision, feeds))['image_features'];
      const data = features?.data as Float32Array | undefined;
      if (data?.length !== tokens * hidden) {
        throw new EngineError('unsupported-model', `The vision encoder did not return ${tokens} × ${hidden} features.`);
      }
      const kept = data.slice();
      features?.dispose();
      return kept;
    },
    async embed(ids) {
      const input = new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
      const embeds = (await runtime.run(embed, { input_ids: input }))['inputs_embeds'];
      const data = embeds?.data as Float32Array | undefined;
      if (data?.length !== ids.length * hidden) {
        throw new EngineError('unsupported-model', `The embedding did not return ${ids.length} × ${hidden} numbers.`);
      }
      return data;
    },
  };
};

/**
 * RGBA bytes to f32 [3, S, S], `(v / 255 − mean) / std` per channel (N14).
 * @throws EngineError `bad-request` where the image is not of the model's size
 */
export function normalise(image: EngineImage, { size, mean, std }: ModelManifest['image']): Float32Array {
  if (image.width !== size || image.height !== size || image.data.length !== size * size * 4) {
    throw new EngineError(
      'bad-request',
      `The model sees ${size} × ${size} pixels, not ${image.width} × ${image.height}.`,
    );
  }
  const plane = size * size;
  const pixels = new Float32Array(3 * plane);
  for (let channel = 0; channel < 3; channel++) {
    const centre = mean[channel] ?? 0;
    const spread = std[channel] ?? 1;
    // 256 possible values: a table is both faster and exactly what a per-pixel division gives.
    const table = Float32Array.from({ length: 256 }, (_, value) => (value / 255 - centre) / spread);
    for (let i = 0; i < plane; i++) pixels[channel * plane + i] = table[image.data[i * 4 + channel] ?? 0] ?? 0;
  }
  return pixels;
}
