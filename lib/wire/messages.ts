/** Anthropic's Messages as they are streamed. Blocks keep every field: thinking and its signature go back unchanged. */
import * as z from 'zod/mini';

const block = z.looseObject({ type: z.string() });

export type MessagesBlock = z.infer<typeof block>;

const usage = z.object({
  input_tokens: z.nullish(z.number()),
  output_tokens: z.nullish(z.number()),
  cache_read_input_tokens: z.nullish(z.number()),
  cache_creation_input_tokens: z.nullish(z.number()),
});

/** `type` says which of the others are there; events that none of ours reads pass. */
export const messagesEvent = z.object({
  type: z.string(),
  /** Of a block. */
  index: z.optional(z.number()),
  content_block: z.optional(block),
  delta: z.optional(
    z.object({
      type: z.optional(z.string()),
      text: z.optional(z.string()),
      thinking: z.optional(z.string()),
      signature: z.optional(z.string()),
      partial_json: z.optional(z.string()),
      stop_reason: z.nullish(z.string()),
    }),
  ),
  message: z.optional(z.object({ model: z.optional(z.string()), usage: z.optional(usage) })),
  usage: z.nullish(usage),
  error: z.optional(z.object({ type: z.string(), message: z.string() })),
});

export type MessagesEvent = z.infer<typeof messagesEvent>;
