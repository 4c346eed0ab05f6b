/** How boxes count where a file does not say: by who wrote them, else by the numbers themselves. */
import type { Size } from '@/lib/geometry';
import type { Asked } from './run-builder';

/** @param model the name of the model, as far as it is known */
export function guessFrame(box: Asked['box'], picture: Size, model = ''): Pick<Asked, 'frame' | 'by'> {
  const numbers = [box.x1, box.y1, box.x2, box.y2];
  const most = Math.max(...numbers);
  if (most <= 1) return { frame: 'fractions', by: 'values' };
  if (most > 1000) return { frame: 'original-pixels', by: 'values' };
  if (/qwen-?(?:3(?![\d.]*b)|[4-9])|glm|gemini|internvl|seed|doubao/i.test(model))
    return { frame: 'thousandths', by: 'model' };
  if (/qwen-?2\.5|claude|gpt|o[134]\b/i.test(model)) return { frame: 'original-pixels', by: 'model' };
  // What does not fit into the picture cannot be its pixels.
  const fits = Math.max(box.x1, box.x2) <= picture.width && Math.max(box.y1, box.y2) <= picture.height;
  return { frame: fits ? 'original-pixels' : 'thousandths', by: 'values' };
}
