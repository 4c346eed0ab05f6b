/** What the page and the library's worker say to each other. The worker has the same database open. */
import type { RunPiece } from '@/lib/trajectory';
import type { ImportReport } from './archive';
import type { LoadOptions, RunFiles } from './contract';

/** `name` of the database; left out: the usual one. */
interface OfLibrary {
  readonly name: string | undefined;
}

export type ReaderMethods = {
  /** Nothing where no such run is kept. */
  load: {
    request: OfLibrary & { readonly id: string; readonly options: LoadOptions };
    item: RunPiece | { readonly piece: 'files'; readonly files: RunFiles };
  };
  import: {
    request: OfLibrary & { readonly files: readonly File[] };
    item: { readonly done: number; readonly total: number } | { readonly report: ImportReport };
  };
};
