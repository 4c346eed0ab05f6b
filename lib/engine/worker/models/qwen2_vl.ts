/** Qwen2-VL (model_type `qwen2_vl`): patches of 14 in blocks of 28, the grid under the name `grid_thw`. */
import { qwenFamily } from './qwen-vl';

export const qwen2Vl = qwenFamily({ name: 'Qwen2-VL', gridInput: 'grid_thw', patch: 14 });
