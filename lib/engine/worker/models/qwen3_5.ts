/** Qwen3.5 (model_type `qwen3_5`): sees as Qwen3-VL; its decoder keeps states, which the cache finds in the graph by itself. */
import { qwenFamily } from './qwen-vl';

export const qwen35 = qwenFamily({ name: 'Qwen3.5', gridInput: 'image_grid_thw', patch: 16 });
