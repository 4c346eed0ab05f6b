/**
 * A list in a schema: bounded, and told of its first bad entry alone. Zod would collect an issue for every one, and a file of a few
 * kilobytes unpacks to millions: the page would stand still, and at last the stack overflows.
 */
import * as z from 'zod/mini';

export function listOf<T extends z.ZodMiniType>(entry: T, most: number) {
  return z.pipe(
    z.array(z.unknown()).check(z.maxLength(most)),
    z.transform((values, context): z.output<T>[] => {
      const entries: z.output<T>[] = [];
      for (const [index, value] of values.entries()) {
        const parsed = z.safeParse(entry, value);
        if (!parsed.success) {
          for (const issue of parsed.error.issues) {
            context.issues.push({ ...issue, path: [index, ...issue.path], input: value } as z.core.$ZodRawIssue);
          }
          return z.NEVER;
        }
        entries.push(parsed.data);
      }
      return entries;
    }),
  );
}
