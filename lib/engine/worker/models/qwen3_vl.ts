/**
 * Qwen3-VL (model_type `qwen3_vl`): patches of 16 in blocks of 32. Exports in three files leave DeepStack out (features of
 * inner layers added inside the decoder); what is lost by that is theirs.
 */
import { qwenFamily } from './qwen-vl';

export const qwen3Vl = qwenFamily({ name: 'Qwen3-VL', gridInput: 'image_grid_thw', patch: 16 });
