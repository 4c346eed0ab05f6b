/** The tools that search, as templates and servers are told of them; what they bring is lib/agent/tools/search.ts. */
import { MOST_FOUND } from '@/lib/search/contract';
import { imageSearch, open, search, SEARCH_TOOLS } from '../tools/search';

const FUNCTIONS = [
  {
    tool: search,
    description: `Search for information that is not in the image. Brings up to ${MOST_FOUND} results, each with its title, address and an excerpt.`,
    given: { query: 'What to search for, in a few words.' },
  },
  {
    tool: open,
    description: 'Open a result of a search by its address and read it.',
    given: { url: 'The address, as the result has it.' },
  },
  {
    tool: imageSearch,
    description:
      'Search with the first image, whole: brings images like it with their titles. Should only be used once.',
    given: {},
  },
] as const;

/** @param offered ids of the tools there are */
export const searchFunctions = (offered: readonly string[]) =>
  FUNCTIONS.filter(({ tool }) => offered.includes(tool.id)).map(({ tool: { name }, description, given }) => ({
    name,
    description,
    parameters: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(given).map(([key, what]) => [key, { type: 'string', description: what }]),
      ),
      required: Object.keys(given),
    },
  }));

export const mayLookUp = (offered: readonly string[]): boolean => offered.some((id) => SEARCH_TOOLS.includes(id));
