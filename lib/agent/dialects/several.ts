/**
 * Several pictures in one question, where a dialect takes them: each is named by its number before it, as Qwen's chat template does where it is
 * asked to (`add_vision_id`), and a call says by `img_idx`, Qwen-Agent's name for it, which of all that were shown it means.
 * docs/protocol.md K1 to K3.
 */
import type { MessageContent } from '@/lib/engine';
import type { Json } from '@/lib/trajectory';

/** K1. @param first the number of the first of them; one alone is named where that is more than 1 */
export function named(content: readonly MessageContent[], first = 1): readonly MessageContent[] {
  const count = content.filter(({ type }) => type === 'image').length;
  if (count + first <= 2) return content;
  let number = first - 1;
  return content.flatMap((part): MessageContent[] => {
    if (part.type !== 'image') return [part];
    number += 1;
    return [{ type: 'text', text: `Picture ${number}: ` }, part];
  });
}

/** K2. */
export const PICTURE_PARAMETER = {
  type: 'integer',
  description: 'The index of the image, starting from 0: 0 is Picture 1.',
} as const;

/** K3: the index of the picture that a call means; a call that names none means the first. Null: it names none that there is. */
export function pictureByIndex(input: Json): number | null {
  const index = typeof input === 'object' && input !== null && 'img_idx' in input ? input.img_idx : 0;
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 ? index : null;
}
