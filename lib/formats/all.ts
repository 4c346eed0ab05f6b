/** Every format that is read, in the order in which they are asked: the more a format knows itself by, the earlier. */
import type { Json } from '@/lib/trajectory';
import type { Format, Where } from './contract';
import { apiLogs } from './readers/api-log';
import { atif } from './readers/atif';
import { chainOfFocusRows } from './readers/chain-of-focus';
import { conversationFile, conversationRow } from './readers/conversation';
import { deepEyes } from './readers/deepeyes';
import { grit } from './readers/grit';
import { inspect } from './readers/inspect';
import { llamaFactory } from './readers/llama-factory';
import { loupe } from './readers/loupe';
import { miniO3Folder } from './readers/mini-o3';
import { openThinkImg } from './readers/openthinkimg';
import { pixelReasonerConv, pixelReasonerSample } from './readers/pixel-reasoner';
import { msSwift, rlLoggingBoard, verl } from './readers/rollouts';
import { seal, zoomEye } from './readers/searches';
import { senseNova } from './readers/sensenova-mars';
import { thyme } from './readers/thyme';
import { traces } from './readers/traces';
import { vStar } from './readers/vstar';

export const FORMATS: readonly Format[] = [
  loupe,
  chainOfFocusRows,
  deepEyes,
  senseNova,
  atif,
  inspect,
  miniO3Folder,
  pixelReasonerConv,
  pixelReasonerSample,
  openThinkImg,
  seal,
  zoomEye,
  msSwift,
  grit,
  thyme,
  rlLoggingBoard,
  verl,
  vStar,
  ...traces,
  ...apiLogs,
  llamaFactory,
  conversationFile,
  conversationRow,
];

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
