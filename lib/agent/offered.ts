/** Which of the tools that a person wants a dialect can offer its model. */
import type { SearchSource } from '@/lib/search/contract';
import type { Dialect } from './contract';
import { TOOLS } from './tools';
import { SEARCH_TOOLS, searchToolsOf } from './tools/search';

/**
 * Those of `wanted` (ids) and of what `search` serves that a dialect tells its model of, where they have to be told of. Ids that are no
 * tool's stay: they are never called.
 */
export function offeredBy(
  { tells = [] }: Pick<Dialect, 'tells'>,
  wanted: readonly string[],
  search: SearchSource | null,
): string[] {
  const others = wanted.filter((id) => !SEARCH_TOOLS.includes(id));
  const untold = TOOLS.filter(({ id, isTold }) => isTold && !tells.includes(id)).map(({ id }) => id);
  return [...others, ...searchToolsOf(search)].filter((id) => !untold.includes(id));
}
