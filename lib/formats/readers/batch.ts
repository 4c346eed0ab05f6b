/**
 * Batches of OpenAI, Anthropic, Mistral and Gemini: a line a request in one file, a line a result in another, in whatever order, told apart by an
 * id. A result without its requests is a run all the same; where their file came along, it is asked for what it answers.
 */
import type { Json } from '@/lib/trajectory';
import type { Format, PictureFinder, Read, Reading, Where } from '../contract';
import { isObject, textOf, type JsonObject } from '../json-shape';
import { PROTOCOLS } from '../protocols/all';
import { errorIn, objectAt } from '../protocols/body';
import { NO_BODY, type Protocol } from '../protocols/contract';
import { conversationsOf, exchangesOf, type Conversation, type Exchange } from '../protocols/conversation';
import { piecesOfLog } from '../protocols/pieces-of-log';
import { API_RULES } from '../protocols/tell';
import { tellConversations } from '../protocols/tell-all';

const idOf = (record: JsonObject): string => textOf(record['custom_id']) || textOf(record['key']);

/** A log that holds both in one record is none of these. */
const isResult = (record: Json): record is JsonObject =>
  isObject(record) &&
  idOf(record) !== '' &&
  !['request', 'body', 'params'].some((name) => name in record) &&
  (['response', 'result'].some((name) => isObject(record[name] ?? null)) || errorIn(record) !== '');

const isRequest = (record: Json): record is JsonObject =>
  isObject(record) &&
  idOf(record) !== '' &&
  !isResult(record) &&
  ['body', 'params', 'request'].some((name) => isObject(record[name] ?? null));

/** Whose wire it is; null of a result that is no answer. */
function protocolOf(record: Json, kind: 'request' | 'reply'): Protocol | null {
  for (const piece of piecesOfLog(record)) if (piece.kind === kind) return piece.protocol;
  return null;
}

/** One format a protocol, so that each has its name. What failed is of the wire that the others are of. */
export const batchResults: readonly Format[] = PROTOCOLS.map((protocol): Format => ({
  id: protocol.id,
  unit: 'record',
  is: (record) => isResult(record) && (protocolOf(record, 'reply') ?? protocol) === protocol,
  rules: API_RULES,
  read: (records, where, finder, reading) => readResult(records[0] ?? null, protocol, where, finder, reading),
}));

/** What was asked: beside results it tells what they answer, alone it is what there is. */
export const batchRequests: readonly Format[] = PROTOCOLS.map((protocol): Format => ({
  id: protocol.id,
  unit: 'record',
  is: (record) => isRequest(record) && protocolOf(record, 'request') === protocol,
  rules: API_RULES,
  read: (records, where, finder, reading) => tellExchanges(exchangesOf(records), { where, finder, reading }),
}));

async function* readResult(
  record: Json,
  protocol: Protocol,
  where: Where,
  finder: PictureFinder,
  reading: Reading,
): AsyncGenerator<Read, void> {
  if (!isResult(record)) return;
  const id = idOf(record);
  const asked = await finder.row(id);
  const exchanges = exchangesOf(asked === null ? [record] : [asked, record]);
  const error = failureOf(record);
  const told = exchanges.some(({ reply }) => reply !== null);
  const failed: readonly Exchange[] =
    told || error === ''
      ? exchanges
      : [{ protocol, request: exchanges[0]?.request ?? null, reply: { ...NO_BODY, error } }];
  yield* tellExchanges(failed, { where, finder, reading, title: asked === null ? id : '' });
}

/** Where services say why there is no answer. */
function failureOf(record: JsonObject): string {
  const [response, result] = [objectAt(record, 'response'), objectAt(record, 'result')];
  return (
    errorIn(record) ||
    errorIn(objectAt(response, 'body')) ||
    errorIn(response) ||
    errorIn(objectAt(result, 'error')) ||
    errorIn(result) ||
    // Anthropic's that were canceled or ran out of time.
    (/^(?:canceled|expired|errored)$/.test(textOf(result['type'])) ? textOf(result['type']) : '')
  );
}

async function* tellExchanges(
  exchanges: readonly Exchange[],
  from: Parameters<typeof tellConversations>[1],
): AsyncGenerator<Read, void> {
  const conversations: readonly Conversation[] = conversationsOf(exchanges);
  yield* tellConversations(conversations, from);
  if (conversations.length === 0) yield { problem: { code: 'no-messages' } };
}
