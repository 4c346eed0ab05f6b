/** Gemini's generateContent, streamed or whole. Parts keep every field: a thought's signature goes back with its part. */
import * as z from 'zod/mini';

const part = z.looseObject({
  text: z.optional(z.string()),
  thought: z.optional(z.boolean()),
  functionCall: z.optional(z.looseObject({ name: z.string(), args: z.nullish(z.record(z.string(), z.unknown())) })),
});

export type GeminiPart = z.infer<typeof part>;

export const geminiChunk = z.object({
  candidates: z.optional(
    z.array(
      z.object({
        content: z.optional(z.object({ parts: z.optional(z.array(part)) })),
        finishReason: z.nullish(z.string()),
      }),
    ),
  ),
  promptFeedback: z.nullish(z.object({ blockReason: z.nullish(z.string()) })),
  usageMetadata: z.nullish(
    z.object({
      promptTokenCount: z.nullish(z.number()),
      cachedContentTokenCount: z.nullish(z.number()),
      candidatesTokenCount: z.nullish(z.number()),
      thoughtsTokenCount: z.nullish(z.number()),
    }),
  ),
  modelVersion: z.nullish(z.string()),
});

export type GeminiChunk = z.infer<typeof geminiChunk>;

/** `GET /v1beta/models`; names begin with `models/`. */
export const geminiModels = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      displayName: z.nullish(z.string()),
      inputTokenLimit: z.nullish(z.number()),
      supportedGenerationMethods: z.nullish(z.array(z.string())),
    }),
  ),
});
