/** Every format that is read, in the order in which they are asked: the more a format knows itself by, the earlier. */
import type { Json } from '@/lib/trajectory';
import type { Format, Where } from './contract';
import { conversationFile, conversationRow } from './readers/conversation';
import { deepEyes } from './readers/deepeyes';
import { loupe } from './readers/loupe';
import { vStar } from './readers/vstar';

export const FORMATS: readonly Format[] = [loupe, deepEyes, vStar, conversationFile, conversationRow];

/** The format that knows a record; null where none does, or none could be asked without failing. */
export function formatOf(record: Json, where: Where, formats: readonly Format[] = FORMATS): Format | null {
  for (const format of formats) {
    try {
      if (format.is(record, where)) return format;
    } catch {
      // One that stumbles over a record does not know it.
    }
  }
  return null;
}
