/** What answers, by name, as a run keeps it: the same in every language. */
import type { WireId } from './address';
import type { ServerKind } from './server-kind';

/** Empty where it is not known. */
export const SERVER_NAMES: Readonly<Record<ServerKind, string>> = {
  'llama.cpp': 'llama.cpp',
  vllm: 'vLLM',
  sglang: 'SGLang',
  ollama: 'Ollama',
  'lm-studio': 'LM Studio',
  other: '',
};

/** Where nothing but the protocol is known. */
export const PROTOCOL_NAMES: Readonly<Record<WireId, string>> = {
  chat: 'Chat Completions',
  messages: 'Anthropic Messages',
  gemini: 'Gemini generateContent',
  responses: 'OpenAI Responses',
};
