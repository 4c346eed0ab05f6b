/** A list of messages as a record holds it; also one of OpenAI's items, of which a turn of the model is several. */
import type { Json } from '@/lib/trajectory';
import { parseRecord } from './containers/records';
import { isList, isObject, textOf } from './json-shape';
import { isMessage, langChainMessage, readMessage, type Message } from './message';
import { messagesOfItems } from './protocols/item';
import { itemsOfResponses } from './protocols/responses';

/** Null where this is no list of messages, or an empty one. What in it is no message is passed over. A column may hold the list as text. */
export function messagesOf(json: Json | undefined): readonly Message[] | null {
  if (typeof json === 'string') return /^\s*\[\s*\{/.test(json.slice(0, 200)) ? messagesOf(listIn(json)) : null;
  if (!isList(json)) return null;
  const messages = json.some(isItemAlone)
    ? messagesOfItems(itemsOfResponses(json))
    : json.filter((one) => isMessage(one) || (isObject(one) && langChainMessage(one) !== null)).map(readMessage);
  return messages.length > 0 ? messages : null;
}

const ALONE = /^(?:reasoning|(?:function_call|custom_tool_call)(?:_output)?)$/;

/** An item that no chat has: what is said has a role, and stands in both. */
const isItemAlone = (json: Json): boolean => isObject(json) && !('role' in json) && ALONE.test(textOf(json['type']));

function listIn(text: string): Json {
  const read = parseRecord(text);
  return 'json' in read && isList(read.json) ? read.json : null;
}
