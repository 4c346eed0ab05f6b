/**
 * The one string that names a model: a folder's address,
 * `hub:<owner>/<name>[@revision]?dtype=q4f16[&maxPixels=N][&thinking=on|off]`, or `local:<name>[?maxPixels=N][&thinking=on|off]`.
 * Sessions, links and the list of kept models carry it; here it is taken apart and put together.
 */
import { EngineError, type EngineProblem } from '@/lib/engine/contract';
import { isDtype, type Dtype } from './dtypes';

export type ModelAddress = FolderAddress | HubAddress | LocalAddress;

export interface FolderAddress {
  readonly kind: 'folder';
  /** As it was given: absolute or relative to the page. */
  readonly url: string;
}

/** What an address asks of a model besides which one it is. */
export interface AddressWishes {
  /** Most pixels of a picture, null where the family's own rule decides. */
  readonly maxPixels: number | null;
  /** What its chat template is told of `enable_thinking`; null: nothing, so that its own default holds. */
  readonly thinking: boolean | null;
}

export interface HubAddress extends AddressWishes {
  readonly kind: 'hub';
  /** `owner/name` */
  readonly id: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** null: the first of the repository's that runs everywhere. */
  readonly dtype: Dtype | null;
}

/** Its format was chosen when it was copied. */
export interface LocalAddress extends AddressWishes {
  readonly kind: 'local';
  readonly name: string;
}

export const DEFAULT_REVISION = 'main';

const HUB = 'hub:';
const LOCAL = 'local:';
const NAME = '[A-Za-z0-9][A-Za-z0-9._-]*';
const REPOSITORY = new RegExp(`^${NAME}/${NAME}$`);
/** What git allows in the name of a branch, as far as the hub has it; never a way out of the path. */
const REVISION = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*$/;
/** Whatever a folder may be called: an address has it encoded. */
const LOCAL_NAME = /^[^/]*[^/\s][^/]*$/;

/** @throws EngineError `bad-request`, which says what is wrong with it. */
export function parseModelUrl(text: string): ModelAddress {
  if (text.startsWith(LOCAL)) {
    const [written, query = ''] = split(text.slice(LOCAL.length), '?');
    const name = decode(written);
    if (!LOCAL_NAME.test(name)) throw wrong(text, 'local-name');
    return { kind: 'local', name, ...wishesIn(text, new URLSearchParams(query)) };
  }
  if (!text.startsWith(HUB)) return { kind: 'folder', url: text };
  const [path, query = ''] = split(text.slice(HUB.length), '?');
  const [id, revision = DEFAULT_REVISION] = split(path, '@');
  if (!isRepositoryId(id)) throw wrong(text, 'repository');
  if (!REVISION.test(revision)) throw wrong(text, 'revision');
  const asked = new URLSearchParams(query);
  const dtype = asked.get('dtype');
  if (dtype !== null && !isDtype(dtype)) {
    throw new EngineError('bad-request', { code: 'names-no-format', params: { address: text, format: dtype } });
  }
  return { kind: 'hub', id, revision, dtype, ...wishesIn(text, asked) };
}

function wishesIn(text: string, asked: URLSearchParams): AddressWishes {
  const maxPixels = asked.get('maxPixels');
  if (maxPixels !== null && !/^[1-9]\d{0,9}$/.test(maxPixels)) throw wrong(text, 'max-pixels');
  const thinking = asked.get('thinking');
  if (thinking !== null && thinking !== 'on' && thinking !== 'off') throw wrong(text, 'thinking');
  return {
    maxPixels: maxPixels === null ? null : Number(maxPixels),
    thinking: thinking === null ? null : thinking === 'on',
  };
}

export function formatModelUrl(address: ModelAddress): string {
  switch (address.kind) {
    case 'folder':
      return address.url;
    case 'local':
      return LOCAL + encodeURIComponent(address.name) + queryOf(null, address);
    case 'hub': {
      const { id, revision, dtype } = address;
      const at = revision === DEFAULT_REVISION ? '' : `@${revision}`;
      return `${HUB}${id}${at}${queryOf(dtype, address)}`;
    }
  }
}

function queryOf(dtype: Dtype | null, { maxPixels, thinking }: AddressWishes): string {
  const asked = new URLSearchParams();
  if (dtype !== null) asked.set('dtype', dtype);
  if (maxPixels !== null) asked.set('maxPixels', String(maxPixels));
  if (thinking !== null) asked.set('thinking', thinking ? 'on' : 'off');
  return asked.size > 0 ? `?${asked.toString()}` : '';
}

/** Whether a text that a person typed is the name of a repository: `owner/name`. */
export function isRepositoryId(text: string): boolean {
  return REPOSITORY.test(text);
}

function split(text: string, at: string): [string, string?] {
  const i = text.indexOf(at);
  return i < 0 ? [text] : [text.slice(0, i), text.slice(i + at.length)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

type AddressProblem = Extract<EngineProblem, { readonly code: 'names-no-model' }>['params']['why'];

function wrong(address: string, why: AddressProblem): EngineError {
  return new EngineError('bad-request', { code: 'names-no-model', params: { address, why } });
}
