/** The protocols there are, by the id that addresses name. */
import type { WireId } from './address';
import { chat } from './chat';
import { gemini } from './gemini';
import { messages } from './messages';
import { responses } from './responses';
import type { Wire } from './wire';

const WIRES: Readonly<Record<WireId, Wire>> = { chat, messages, gemini, responses };

export const wireOf = (id: WireId): Wire => WIRES[id];
