/** What the page and the worker that reads sets say to each other over lib/port. Files travel as handles, never as copies of their bytes. */
import type { GivenFile } from './containers/source';
import type { PictureName, Reading } from './contract';
import type { OpenedRow, SetEvent } from './set-contract';

// A type and not an interface: only a type has the index signature that the RPC's table of methods asks for.
export type SetMethods = {
  open: { readonly request: readonly GivenFile[]; readonly item: SetEvent };
  supply: { readonly request: readonly GivenFile[]; readonly item: SetEvent };
  refresh: { readonly request: readonly GivenFile[]; readonly item: SetEvent };
  assign: { readonly request: { readonly wanted: PictureName; readonly path: string }; readonly item: SetEvent };
  setReading: { readonly request: { readonly file: number; readonly reading: Reading }; readonly item: SetEvent };
  row: { readonly request: number; readonly item: OpenedRow };
};
