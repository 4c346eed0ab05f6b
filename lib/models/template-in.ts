/**
 * A chat template out of the JSON that older exports keep it in: `chat_template`, a text or a list of texts with names. Of several
 * the one called `default` is for conversations; the others are for what Loupe writes itself (tools) or does not do (retrieval). Pure.
 */
import * as z from 'zod/mini';

const named = z.array(z.object({ name: z.string(), template: z.string() })).check(z.minLength(1));
const holder = z.object({ chat_template: z.union([z.string(), named]) });

/** null where there is none. @param json the content of tokenizer_config.json or chat_template.json */
export function templateIn(json: unknown): string | null {
  const parsed = holder.safeParse(json);
  if (!parsed.success) return null;
  const { chat_template: template } = parsed.data;
  if (typeof template === 'string') return template;
  return (template.find(({ name }) => name === 'default') ?? template[0])?.template ?? null;
}
