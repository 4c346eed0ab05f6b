/** Every wire protocol that is read. What a reply looks like says more than a request does, so each is asked in an order of its own. */
import type { Json } from '@/lib/trajectory';
import { isObject, type JsonObject } from '../json-shape';
import { chat } from './chat';
import type { Protocol } from './contract';
import { converse } from './converse';
import { gemini } from './gemini';
import { interactions } from './interactions';
import { messages } from './messages';
import { responses } from './responses';

const BY_REQUEST: readonly Protocol[] = [gemini, converse, messages, interactions, responses, chat];
const BY_REPLY: readonly Protocol[] = [interactions, responses, gemini, converse, messages, chat];

export const PROTOCOLS = BY_REPLY;

const among = (protocols: readonly Protocol[], asks: (protocol: Protocol) => boolean): Protocol | null =>
  protocols.find(asks) ?? null;

export const protocolOfRequest = (json: JsonObject): Protocol | null => among(BY_REQUEST, (one) => one.isRequest(json));
export const protocolOfReply = (json: JsonObject): Protocol | null => among(BY_REPLY, (one) => one.isReply(json));
export const protocolOfEvent = (json: JsonObject): Protocol | null => among(BY_REPLY, (one) => one.isEvent(json));

/** What only a request can be, whoever's: a reply says which. */
export function isBareRequest(json: Json | undefined): json is JsonObject {
  return (
    isObject(json) && ['messages', 'contents', 'input'].some((key) => json[key] !== undefined && json[key] !== null)
  );
}
