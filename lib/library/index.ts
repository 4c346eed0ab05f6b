/**
 * Library: what this browser keeps. **run**: a kept trajectory. **image**: the original file, kept once by hash. **tag**: a
 * word a person put on runs. **removed**: deleted, but can still be brought back. **archive**: runs as files. **persistence**: whether
 * the browser promises to keep it all.
 */
export { BIN_DAYS, LIBRARY_ERROR_CODES, LibraryError } from './contract';
export type {
  LibraryErrorCode,
  LoadedRun,
  RunFiles,
  RunSummary,
  SaveOptions,
  SummaryBox,
  TagChange,
  TrajectoryLibrary,
} from './contract';
export { familyOf, foldFamilies } from './family';
export type { FoldedRuns, Relative } from './family';
export { countTags, findRuns, RUN_ORDERS } from './find-runs';
export type { RunOrder, RunQuery, TagCount } from './find-runs';
export { createMemoryLibrary } from './memory-library';
export { openLibrary } from './open-library';
export type { OpenedLibrary } from './open-library';
export { createPersistence, pageStorage } from './storage';
export type { Persistence, StorageManagerLike, StorageReport } from './storage';
export { TAG_LIMITS, tagKey, tidyTag } from './tags';
export type { ExportedFile, ImportReport, Progress, RunExport } from './archive';

/** The archive's code comes with its first use. */
export const loadArchive = () => import('./archive');
