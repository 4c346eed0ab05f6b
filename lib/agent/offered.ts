/** Which of the tools that a person wants a dialect can offer its model. */
import type { SearchSource } from '@/lib/search/contract';
import type { Sandbox } from '@/lib/python/contract';
import type { Dialect } from './contract';
import { TOOLS } from './tools';
import { python } from './tools/python';
import { SEARCH_TOOLS, searchToolsOf } from './tools/search';

/**
 * Those of `wanted` (ids), of what `search` serves and of what `sandbox` can run that a dialect tells its model of, where they have to be told of. Ids that are no
 * tool's stay: they are never called.
 */
export function offeredBy(
  { tells = [], brings = [] }: Pick<Dialect, 'tells' | 'brings'>,
  wanted: readonly string[],
  search: SearchSource | null,
  sandbox: Sandbox | null = null,
): string[] {
  const own = wanted.length > 0 ? brings.filter((id) => !wanted.includes(id)) : [];
  const others = [...wanted, ...own].filter(
    (id) => !SEARCH_TOOLS.includes(id) && (id !== python.id || sandbox !== null),
  );
  const untold = TOOLS.filter(({ id, isTold }) => isTold && !tells.includes(id)).map(({ id }) => id);
  return [...others, ...searchToolsOf(search)].filter((id) => !untold.includes(id));
}
