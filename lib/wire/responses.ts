/** OpenAI's Responses as they are streamed. Items keep every field: reasoning goes back encrypted, as it came. */
import * as z from 'zod/mini';

const item = z.looseObject({ type: z.string() });

export type ResponsesItem = z.infer<typeof item>;

const response = z.object({
  model: z.nullish(z.string()),
  output: z.optional(z.array(item)),
  error: z.nullish(z.object({ code: z.nullish(z.string()), message: z.string() })),
  incomplete_details: z.nullish(z.object({ reason: z.nullish(z.string()) })),
  usage: z.nullish(
    z.object({
      input_tokens: z.number(),
      output_tokens: z.number(),
      input_tokens_details: z.nullish(z.object({ cached_tokens: z.nullish(z.number()) })),
    }),
  ),
});

/** `type` says which of the others are there; events that none of ours reads pass. */
export const responsesEvent = z.object({
  type: z.string(),
  delta: z.optional(z.string()),
  output_index: z.optional(z.number()),
  item: z.optional(item),
  response: z.optional(response),
  message: z.nullish(z.string()),
  code: z.nullish(z.string()),
});

export type ResponsesEvent = z.infer<typeof responsesEvent>;
