/**
 * A dialect that a person wrote, as its file and the runs in it keep it: how a model is asked, how its calls look, and what it is told back.
 * Which patterns can be read is the agent's to say (lib/agent/dialects/own.ts). docs/protocol.md, "A dialect of one's own".
 */
import * as z from 'zod/mini';

export const OWN_DIALECT_FORMAT = 'loupe-dialect/1';

/** Characters. */
export const OWN_DIALECT_LIMITS = { name: 60, prompt: 20_000, pattern: 2_000 } as const;

const pattern = z.string().check(z.maxLength(OWN_DIALECT_LIMITS.pattern));
const prompt = z.string().check(z.maxLength(OWN_DIALECT_LIMITS.prompt));

export const ownDialectSchema = z.object({
  format: z.literal(OWN_DIALECT_FORMAT),
  name: z.string().check(z.minLength(1), z.maxLength(OWN_DIALECT_LIMITS.name)),
  /** What the numbers of its calls count in. */
  frame: z.enum(['thousandths', 'original-pixels', 'resized-pixels', 'fractions']),
  /** System prompts, with the tool and without. */
  prompt,
  plainPrompt: prompt,
  /** A call as it is written, with `{x1}`, `{y1}`, `{x2}`, `{y2}` and, if there is one, `{label}` in their places. */
  call: pattern,
  /** Told back with the crop, which stands for `{picture}`. */
  shown: pattern,
  /** Told back where a call is not carried out; why stands for `{error}`. */
  refused: pattern,
});

export type OwnDialect = z.infer<typeof ownDialectSchema>;
