/**
 * Prompts that AI Studio saves to Drive, files without an ending. A person's pictures are ids of Drive alone; what code showed stands behind its
 * result, and nothing but that order links them. `parts` repeats a chunk's words.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { isList, isObject, textOf, type JsonObject } from '../json-shape';
import { buildRun } from '../run-builder';
import type { SessionEvent, SessionPart } from '../sessions/event';
import { createSession } from '../sessions/tell';

export const aiStudio: Format = {
  id: 'ai-studio',
  unit: 'record',
  is: (record) => isObject(record) && isObject(record['chunkedPrompt'] ?? null),
  rules: ['as-recorded'],
  async *read([record = null], where, finder, reading) {
    if (isObject(record)) yield await readPrompt(record, where, finder, reading);
  },
};

const objectAt = (record: JsonObject, key: string): JsonObject => {
  const value = record[key];
  return isObject(value) ? value : {};
};

async function readPrompt(record: JsonObject, where: Where, finder: PictureFinder, reading: Reading): Promise<Read> {
  const { chunks = null } = objectAt(record, 'chunkedPrompt');
  const all = isList(chunks) ? chunks.slice(0, 5000).filter(isObject) : [];
  if (all.length === 0) return { problem: { code: 'empty-conversation' } };
  const model = textOf(objectAt(record, 'runSettings')['model']).replace(/^models\//, '');
  const run = buildRun({ where, system: 'ai-studio', rule: 'as-recorded', dialect: 'gemini' });
  const session = createSession({ run, finder, reading, lone: 'surely', model: model || 'gemini' });
  const { parts = null } = objectAt(record, 'systemInstruction');
  const instruction = textOf(objectAt(record, 'systemInstruction')['text']) || wordsOf(parts);
  if (instruction !== '') await session.tell({ is: 'system', text: instruction });
  for (const event of eventsOf(all)) await session.tell(event);
  const ending = await session.end();
  const title = textOf(where.file.split('/').at(-1));
  const created = textOf(all[0]?.['createTime'] ?? null);
  run.about({
    ...(model !== '' && { model: { name: model } }),
    ...(created !== '' && { createdAt: created }),
    ...(!title.includes('.') && title !== '' && { source: { kind: title } }),
  });
  return run.finish(ending);
}

function wordsOf(parts: Json): string {
  if (!isList(parts)) return '';
  return parts
    .filter(isObject)
    .map((part) => textOf(part['text']))
    .join('\n');
}

/** Chunks of a person that follow each other are one message; a result waits for the pictures behind it. */
function eventsOf(chunks: readonly JsonObject[]): readonly SessionEvent[] {
  const events: SessionEvent[] = [];
  for (const chunk of chunks.flatMap(insideOf)) {
    const last = events.at(-1);
    const picture = pictureIn(chunk);
    if (textOf(chunk['role']) === 'user') {
      const text = textOf(chunk['text']);
      const own: readonly SessionPart[] = picture ? [picture] : text.trim() === '' ? [] : [{ kind: 'text', text }];
      if (own.length === 0) events.push(...unknown(chunk));
      else if (last?.is === 'person') events[events.length - 1] = { ...last, parts: [...last.parts, ...own] };
      else events.push({ is: 'person', parts: own });
    } else if (picture && last?.is === 'result')
      events[events.length - 1] = { ...last, parts: [...last.parts, picture] };
    else if (picture) events.push({ is: 'result', callId: '', parts: [picture], from: 'picture' });
    else events.push(...spoken(chunk));
  }
  return events;
}

/** A chunk's parts where they say more than its own words. */
function insideOf(chunk: JsonObject): readonly JsonObject[] {
  const own = ['text', 'executableCode', 'codeExecutionResult', 'inlineImage', 'inlineData', 'inlineFile'];
  const parts = chunk['parts'] ?? null;
  if (own.some((key) => key in chunk) || !isList(parts) || Object.keys(chunk).some((key) => key.startsWith('drive')))
    return [chunk];
  const role = chunk['role'] ?? null;
  return parts
    .filter(isObject)
    .map((part) => ({ ...part, role, ...(part['thought'] === true && { isThought: true }) }));
}

function spoken(chunk: JsonObject): readonly SessionEvent[] {
  const code = objectAt(chunk, 'executableCode');
  if (typeof code['code'] === 'string') {
    const call = { id: '', name: 'code_execution', written: code['code'], input: { code: code['code'] } };
    return [{ is: 'call', call: { ...call, program: { code: code['code'], in: 'notebook' } } }];
  }
  if (isObject(chunk['codeExecutionResult'] ?? null)) {
    const result = objectAt(chunk, 'codeExecutionResult');
    const output = textOf(result['output']);
    const failed = /FAILED|DEADLINE/.test(textOf(result['outcome']));
    const parts: readonly SessionPart[] = output.trim() === '' ? [] : [{ kind: 'text', text: output }];
    return [{ is: 'result', callId: '', parts, ...(failed && { failed }) }];
  }
  const text = textOf(chunk['text']);
  if (text.trim() !== '') return [{ is: chunk['isThought'] === true ? 'thought' : 'words', text }];
  const error = textOf(chunk['errorMessage']);
  if (error !== '') return [{ is: 'other', kind: 'error', json: { message: error } }];
  return unknown(chunk);
}

const KNOWN = new Set([
  'role',
  'tokenCount',
  'createTime',
  'finishReason',
  'text',
  'parts',
  'isThought',
  'thoughtSignatures',
  'thoughtSignature',
  'thinkingBudget',
  'branchParent',
  'branchChildren',
  'id',
  'isEdited',
  'isGeneratedUsingApiKey',
  'safetyRatings',
]);

function unknown(chunk: JsonObject): readonly SessionEvent[] {
  const [kind] = Object.keys(chunk).filter((key) => !KNOWN.has(key));
  return kind === undefined ? [] : [{ is: 'other', kind, json: chunk[kind] ?? null }];
}

function pictureIn(chunk: JsonObject): Extract<SessionPart, { kind: 'picture' }> | null {
  const drive = objectAt(chunk, 'driveImage');
  const id = textOf(drive['id']);
  if (id !== '') return { kind: 'picture', bytes: null, is: { names: [id], id } };
  for (const key of ['inlineImage', 'inlineData', 'inlineFile', 'inline_data']) {
    const data = objectAt(chunk, key);
    const type = textOf(data['mimeType'] ?? data['mime_type']);
    if (typeof data['data'] === 'string' && (type === '' || type.startsWith('image/')))
      return { kind: 'picture', bytes: data['data'], is: { names: [] } };
  }
  return null;
}
