/** Qwen2.5-VL (model_type `qwen2_5_vl`): as Qwen2-VL, the grid under the name `image_grid_thw`. */
import { qwenFamily } from './qwen-vl';

export const qwen25Vl = qwenFamily({ name: 'Qwen2.5-VL', gridInput: 'image_grid_thw', patch: 14 });
