/**
 * The tools that search: `search {"query"}`, `image_search` (of the run's first picture, once) and `open {"url"}`. What they bring is worded
 * as DeepEyesV2's environment words it (Visual-Agent/DeepEyesV2,
 * reinforcement_learning/verl/workers/agent/envs/deepeyesv2/deepeyesv2.py, `request_search`): interface strings are kept exact, whichever
 * source is asked. Each result is a part of its own with its address, so that a run says where everything came from; laid end to end the
 * parts are the environment's text.
 */
import { MOST_FOUND, SearchError, type Found, type FoundPicture, type SearchSource } from '@/lib/search/contract';
import { fitName, nextPictureId, TRAJECTORY_LIMITS, type Json, type Part, type PictureOf } from '@/lib/trajectory';
import type { Brought, Means, Situation, Tool } from './tool';
import { seenAs } from './zoom';

/** `web_snippets`, joined. */
const BETWEEN = '\n\n';
/** Where a search fails, the environment says so. */
const FAILED = 'Search error';

const QUERY_BYTES = 160;
const ADDRESS_BYTES = 200;

/** An address that is too long to be kept is none: a cut one leads elsewhere. */
const addressed = (address: string): { readonly address?: string } =>
  address === '' || address.length > TRAJECTORY_LIMITS.name ? {} : { address };

const PLAYER_WORDS = "Your browser can't play this video.";

function textOfFound({ title, address, excerpt, date }: Found, index: number): string {
  const published = date === undefined ? '' : `\nDate published: ${date}`;
  const snippet = excerpt === '' ? '' : `\n${excerpt}`;
  return `${index + 1}. [${title}](${address})${published}\n${snippet}`.replaceAll(PLAYER_WORDS, '');
}

/** A text search's result as it is told, in parts. */
function toldFound(query: string, found: readonly Found[], source: string): readonly Part[] {
  const shown = found.slice(0, MOST_FOUND);
  const head = `A Google search for '${query}' found ${shown.length} results:\n\n## Web Results\n`;
  return [
    { text: head, ...addressed(source) },
    ...shown.map((one, index) => ({
      text: fitName(`${index === 0 ? '' : BETWEEN}${textOfFound(one, index)}`, TRAJECTORY_LIMITS.text),
      ...addressed(one.address),
    })),
  ];
}

/** An image search's: the environment writes `<image>` where a picture stands. */
async function toldPictures(
  found: readonly FoundPicture[],
  source: string,
  { run, card }: Pick<Situation, 'run' | 'card'>,
  { callId, openPicture }: Means,
  signal: AbortSignal,
): Promise<Brought> {
  const shown = found.slice(0, MOST_FOUND);
  const head = `A Google image search for the image found ${shown.length} results:\n\n## Web Results\n`;
  const parts: Part[] = [{ text: head, ...addressed(source) }];
  const pictures: PictureOf<'call'>[] = [];
  const files = [];
  for (const [index, { title, address, name, bytes }] of shown.entries()) {
    const file = await openPicture(bytes, name, signal);
    const { hash, mimeType, width, height } = file.ref;
    const id = nextPictureId({ pictures: [...run.pictures, ...pictures] });
    const ref = { hash, mimeType, name: fitName(name), ...addressed(address) };
    pictures.push({ id, width, height, from: 'call', callId, file: ref });
    files.push(file);
    parts.push(
      { text: `${index === 0 ? '' : BETWEEN}${index + 1}. ` },
      { picture: id, seen: seenAs(card, file.ref), ...addressed(address) },
      { text: `\n[${title}] \n`, ...addressed(address) },
    );
  }
  return { pictures, parts, files };
}

/** What goes wrong with a search is told to the model, which may do without it; the run goes on. */
async function orFailed(bring: () => Promise<Brought>): Promise<Brought> {
  try {
    return await bring();
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    return { pictures: [], parts: [{ text: error.code === 'dead-link' ? DEAD : FAILED }] };
  }
}

const DEAD = 'Error: the page could not be opened.';

function argument(input: Json, name: string): string | null {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return null;
  const value = (input as { readonly [key: string]: Json })[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

const PLANNED = { ok: true, asked: null, place: null } as const;

export const search: Tool = {
  id: 'search',
  name: 'search',
  isTold: true,
  plan(input) {
    const query = argument(input, 'query');
    if (query === null) return { ok: false, problem: 'no-query' };
    return {
      ...PLANNED,
      label: fitName(query),
      carryOut: (signal, { search: source }) =>
        orFailed(async () => {
          if (!source) throw new SearchError('unreachable');
          return { pictures: [], parts: toldFound(query, await source.search(query, signal), source.address) };
        }),
    };
  },
  forms: () => [[{ name: 'query', value: { text: QUERY_BYTES } }]],
  refusals: { 'no-query': 'Error: the arguments hold no "query".' },
};

export const imageSearch: Tool = {
  id: 'image_search',
  name: 'image_search',
  isTold: true,
  plan(_input, situation) {
    const { run, target } = situation;
    if (target === null) return { ok: false, problem: 'no-picture' };
    // The original picture, whole: it stands for any that was cut out of it.
    const hash = target.picture.from === 'view' ? null : target.picture.file.hash;
    if (hash === null) return { ok: false, problem: 'no-picture' };
    if (wasSearched(run)) return { ok: false, problem: 'searched-before' };
    return {
      ...PLANNED,
      label: '',
      carryOut: (signal, means) =>
        orFailed(async () => {
          const file = means.fileOf(hash);
          const find = means.search?.imageSearch;
          if (!file || !find || !means.search) throw new SearchError('unreachable');
          return toldPictures(await find(file.bytes, signal), means.search.address, situation, means, signal);
        }),
    };
  },
  forms: () => [[]],
  refusals: {
    'no-picture': 'Error: there is no image.',
    'searched-before': 'Error: image search can only be used once.',
  },
};

/** Whether a search with the picture has brought something already. */
function wasSearched({ steps }: Situation['run']): boolean {
  const calls = steps.flatMap((step) => (step.type === 'call' && step.tool === 'image_search' ? [step.callId] : []));
  return steps.some((step) => step.type === 'result' && step.refused === null && calls.includes(step.callId));
}

export const open: Tool = {
  id: 'open',
  name: 'open',
  isTold: true,
  plan(input) {
    const address = argument(input, 'url');
    if (address === null) return { ok: false, problem: 'no-address' };
    return {
      ...PLANNED,
      label: fitName(address),
      carryOut: (signal, { search: source }) =>
        orFailed(async () => {
          if (!source?.open) throw new SearchError('dead-link');
          try {
            const { title, text, address: from } = await source.open(address, signal);
            return { pictures: [], parts: [{ text: `# ${title}\n\n${text}`, ...addressed(from) }] };
          } catch (error) {
            if (error instanceof SearchError && error.code === 'no-such-page') throw new SearchError('dead-link');
            throw error;
          }
        }),
    };
  },
  forms: () => [[{ name: 'url', value: { text: ADDRESS_BYTES } }]],
  refusals: { 'no-address': 'Error: the arguments hold no "url".' },
};

/** Ids of the tools that need something to search. */
export const SEARCH_TOOLS: readonly string[] = [search.id, imageSearch.id, open.id];

/** Those of them that a source can serve. */
export function searchToolsOf(source: SearchSource | null): readonly string[] {
  if (source === null) return [];
  return [search.id, ...(source.imageSearch ? [imageSearch.id] : []), ...(source.open ? [open.id] : [])];
}
