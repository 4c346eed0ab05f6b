/** How large keys and values are, and how many positions of them a page should hold. Pure. */
import type { ModelManifest } from '@/lib/engine/contract';
import type { TextConfig } from './configs';
import type { DtypeOption } from './dtypes';

/** Most bytes of keys and values that a page should hold. */
const LARGEST_KV_BYTES = 512 * 1024 * 1024;
/** Positions of one run; a model whose positions are so large that the bytes do not give the fewest gets these all the same. */
const [FEWEST, MOST] = [2048, 8192];
const STEP = 256;

/** Layers that keep keys and values: those with a convolution or a recurrence instead keep a state of fixed, small size. */
export function attentionLayers(layers: number, text: TextConfig): number {
  const types = text.layer_types?.filter((type) => /attention/.test(type) && !/linear/.test(type)).length;
  // Gemma's last layers read what earlier ones keep.
  return (types ?? text.full_attn_idxs?.length ?? layers) - (text.num_kv_shared_layers ?? 0);
}

/** Bytes of keys and values of one position. Exports with 16-bit floats inside keep them in 16 bits, all others in 32. */
export function kvBytesPerPosition(decoder: ModelManifest['decoder'], { parts }: DtypeOption): number {
  const width = parts.decoder === 'fp16' || parts.decoder === 'q4f16' ? 2 : 4;
  return 2 * (decoder.attentionLayers ?? decoder.layers) * decoder.kvHeads * decoder.headDim * width;
}

/** Most positions of one run: what the model can, within what a page should hold. */
export function contextOf(decoder: ModelManifest['decoder'], option: DtypeOption, text: TextConfig): number {
  const bearable = LARGEST_KV_BYTES / Math.max(1, kvBytesPerPosition(decoder, option));
  const context = Math.min(MOST, Math.max(FEWEST, Math.floor(bearable / STEP) * STEP));
  return Math.min(context, text.max_position_embeddings ?? context);
}
