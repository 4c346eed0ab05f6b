/** Every format that is read, in the order in which they are asked: the more a format knows itself by, the earlier. */
import type { Json } from '@/lib/trajectory';
import type { Format, Where } from './contract';
import { isObject, type JsonObject } from './json-shape';
import { apiLogs } from './readers/api-log';
import { atif } from './readers/atif';
import { batchRequests, batchResults } from './readers/batch';
import { chainOfFocusRows } from './readers/chain-of-focus';
import { chatGpt } from './readers/chatgpt';
import { claudeCode } from './readers/claude-code';
import { codex } from './readers/codex';
import { conversationFile, conversationRow } from './readers/conversation';
import { deepEyes } from './readers/deepeyes';
import { aiStudio } from './readers/ai-studio';
import { lmmsEval, vlmEvalData, vlmEvalKit } from './readers/evaluations';
import { grit } from './readers/grit';
import { inspect } from './readers/inspect';
import { llamaFactory } from './readers/llama-factory';
import { loupe } from './readers/loupe';
import { miniO3Folder } from './readers/mini-o3';
import { openThinkImg } from './readers/openthinkimg';
import { plainRows } from './readers/plain-rows';
import { pixelReasonerConv, pixelReasonerSample } from './readers/pixel-reasoner';
import { msSwift, rlLoggingBoard, verl } from './readers/rollouts';
import { seal, zoomEye } from './readers/searches';
import { senseNova } from './readers/sensenova-mars';
import { thyme } from './readers/thyme';
import { traces } from './readers/traces';
import { vStar } from './readers/vstar';

export const FORMATS: readonly Format[] = [
  loupe,
  chatGpt,
  claudeCode,
  codex,
  aiStudio,
  lmmsEval,
  vlmEvalKit,
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
  ...batchResults,
  ...batchRequests,
  ...apiLogs,
  llamaFactory,
  vlmEvalData,
  conversationFile,
  conversationRow,
  plainRows,
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

export interface Known {
  readonly format: Format;
  /** The record, or what in it the format knows, with whatever stands beside that. */
  readonly record: Json;
}

/** As `formatOf`, also of a record that holds the one meant under some name: `{"row_idx": 0, "row": {…}}`. */
export function knownIn(record: Json, where: Where, formats: readonly Format[] = FORMATS): Known | null {
  const format = formatOf(record, where, formats);
  if (format) return { format, record };
  if (!isObject(record)) return null;
  for (const inner of Object.values(record)) {
    if (!isObject(inner)) continue;
    const own = formatOf(inner, where, formats);
    if (own?.unit === 'record') return { format: own, record: { ...plainIn(record), ...inner } };
  }
  return null;
}

const plainIn = (record: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => typeof value !== 'object'));
