/**
 * A wire protocol, as far as saved bodies go: what was asked, what was answered, and a streamed answer in its pieces. Each is known by its content
 * alone, since logs keep bodies in wrappers of their own.
 */
import type { Json } from '@/lib/trajectory';
import type { Format } from '../contract';
import type { JsonObject } from '../json-shape';
import type { Item } from './item';

/** One body, read. */
export interface Body {
  readonly items: readonly Item[];
  /** Of a reply: what else the model answered, where it was asked for several answers at once. */
  readonly others: readonly (readonly Item[])[];
  /** Empty where it does not say. */
  readonly model: string;
  /** Of a request: what it defines as tools; null where it does not. */
  readonly tools: Json;
  /** Of a reply: its id. Empty where it has none. */
  readonly id: string;
  /** Of a request: the reply it goes on from, whose turns it does not repeat. */
  readonly after: string;
  /** ISO 8601; empty where nobody said. */
  readonly createdAt: string;
  /** Why the service gave no answer; empty where it did. */
  readonly error: string;
}

export interface Protocol {
  readonly id: Format['id'];
  /** By content, cheap, never throws. */
  isRequest(json: JsonObject): boolean;
  isReply(json: JsonObject): boolean;
  /** One piece of a streamed reply. */
  isEvent(json: JsonObject): boolean;
  request(json: JsonObject): Body;
  reply(json: JsonObject): Body;
  /** The replies that pieces make, each as if it had come whole. */
  fold(events: readonly JsonObject[]): readonly JsonObject[];
}

export const NO_BODY: Body = {
  items: [],
  others: [],
  model: '',
  tools: null,
  id: '',
  after: '',
  createdAt: '',
  error: '',
};
