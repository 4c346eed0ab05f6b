/** What the page asks of the collection's worker. */
import type { AddEvent, Faults, GivenFile, KeptFile } from './collection-contract';
import type { Found, FoundPicture, Opened } from './contract';

/** `name` of the database; left out: the usual one. */
interface Of {
  readonly name?: string | undefined;
}

export type CollectionMethods = {
  files: { request: Of; item: readonly KeptFile[] };
  add: { request: Of & { readonly files: readonly GivenFile[] }; item: AddEvent };
  remove: { request: Of & { readonly ids: readonly number[] }; item: never };
  search: { request: Of & { readonly query: string; readonly faults: Faults }; item: readonly Found[] };
  open: { request: Of & { readonly address: string; readonly faults: Faults }; item: Opened };
  imageSearch: { request: Of & { readonly picture: Blob; readonly faults: Faults }; item: readonly FoundPicture[] };
};
