/** What reads documents beside the page (reader.ts); apart from it, because the worker's own library must not start another worker. */
import type { ImportReport, Progress } from './archive';
import { LibraryError, type LoadedRun, type LoadOptions } from './contract';

export interface Reader {
  /** As `TrajectoryLibrary.load`. @throws also `ReaderGone` */
  load(id: string, options: LoadOptions): Promise<LoadedRun | null>;
  readonly importFiles: (files: readonly File[], progress: Progress) => Promise<ImportReport>;
  close(): void;
}

/** The worker could not be started, or died. */
export class ReaderGone extends LibraryError {
  constructor(detail: string) {
    super('internal', detail);
  }
}
