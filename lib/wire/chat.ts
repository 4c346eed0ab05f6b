/**
 * Chat Completions as servers answer it: llama.cpp, vLLM, SGLang, Ollama, LM Studio and those who follow OpenAI. Fields that some leave out
 * are optional, what none of ours reads is dropped.
 */
import * as z from 'zod/mini';

const told = z.object({
  token: z.string(),
  /** UTF-8; half a character may stand in one token. */
  bytes: z.nullish(z.array(z.number())),
  logprob: z.nullish(z.number()),
  /** llama.cpp alone. */
  id: z.nullish(z.number()),
});

const toldLogprob = z.extend(told, { top_logprobs: z.nullish(z.array(told)) });

export type ToldLogprob = z.infer<typeof toldLogprob>;

const toolCall = z.object({
  index: z.nullish(z.number()),
  id: z.nullish(z.string()),
  function: z.nullish(
    z.object({
      name: z.nullish(z.string()),
      /** Text by the protocol; some servers send the object. */
      arguments: z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())])),
    }),
  ),
});

const delta = z.object({
  content: z.nullish(z.string()),
  /** llama.cpp, SGLang, DeepSeek, Qwen, GLM, Kimi. */
  reasoning_content: z.nullish(z.string()),
  /** VLLM, OpenRouter, Groq. Both may be there, with the same words. */
  reasoning: z.nullish(z.string()),
  /** Ollama's own name for it. */
  thinking: z.nullish(z.string()),
  tool_calls: z.nullish(z.array(toolCall)),
});

const choice = z.object({
  /** Which of several answers it is of. */
  index: z.nullish(z.number()),
  delta: z.nullish(delta),
  /** In an answer that is not streamed. */
  message: z.nullish(delta),
  logprobs: z.nullish(z.object({ content: z.nullish(z.array(toldLogprob)) })),
  finish_reason: z.nullish(z.string()),
});

/** One piece of a streamed answer, or a whole one. */
export const chatChunk = z.object({
  choices: z.array(choice),
  model: z.nullish(z.string()),
  usage: z.nullish(
    z.object({
      prompt_tokens: z.nullish(z.number()),
      completion_tokens: z.nullish(z.number()),
      prompt_tokens_details: z.nullish(z.object({ cached_tokens: z.nullish(z.number()) })),
    }),
  ),
  /** llama.cpp. Milliseconds. */
  timings: z.nullish(
    z.object({
      cache_n: z.nullish(z.number()),
      prompt_n: z.nullish(z.number()),
      prompt_ms: z.nullish(z.number()),
      predicted_n: z.nullish(z.number()),
      predicted_ms: z.nullish(z.number()),
    }),
  ),
  /** llama.cpp, where it is asked for. Tokens. */
  prompt_progress: z.nullish(z.object({ total: z.number(), processed: z.number() })),
});

export type ChatChunk = z.infer<typeof chatChunk>;

const listed = z.object({
  id: z.string(),
  /** Anthropic's. */
  display_name: z.nullish(z.string()),
  /** Who serves it, of a server of one's own: `llamacpp`, `vllm`, `sglang`, `library` (Ollama), `organization_owner` (LM Studio). */
  owned_by: z.nullish(z.string()),
  /** VLLM, SGLang. Tokens. */
  max_model_len: z.nullish(z.number()),
  meta: z.nullish(z.object({ n_ctx: z.nullish(z.number()) })),
});

export type ListedModel = z.infer<typeof listed>;

/** `GET /v1/models`. */
export const modelList = z.object({ data: z.array(listed) });

const fault = z.object({
  message: z.nullish(z.string()),
  type: z.nullish(z.string()),
  code: z.nullish(z.union([z.string(), z.number()])),
  /** Google's. */
  status: z.nullish(z.string()),
  /** llama.cpp. Tokens. */
  n_ctx: z.nullish(z.number()),
});

/** Why a server refuses, in the shapes that are in use; the message where it is a bare text. */
export const serverFault = z.union([
  z.object({ error: z.union([fault, z.string()]) }),
  z.object({ detail: z.string() }),
  z.object({ message: z.string(), object: z.optional(z.string()), code: z.nullish(z.union([z.string(), z.number()])) }),
]);

export type ServerFault = z.infer<typeof serverFault>;
