/**
 * What the app keeps in this browser: trajectories by id, files of pictures by hash (one copy however many runs use it).
 * IndexedDB in the page, an in-memory twin in tests and where IndexedDB is refused. Types and error codes only.
 *
 * Several tabs may hold the same library at once. Each change is to one thing (the steps, the name, a tag, being there), and
 * none writes back what another tab may have changed meanwhile: `save` never touches a kept run's name and tags.
 */
import { CodedError } from '@/lib/port';
import type { FileHash, Trajectory } from '@/lib/trajectory';
import type { ImportReport, Progress } from './archive';

/** A place the model looked at, in fractions of the picture, with the turn that colours it. */
export interface SummaryBox {
  readonly turn: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A run's line in the list: enough to show, search and sort it without reading its steps. */
export interface RunSummary {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly answer: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly status: Trajectory['status'];
  readonly calls: number;
  readonly steps: number;
  /** Of the run and its picture together, as an export of it alone would hold. */
  readonly bytes: number;
  readonly tags: readonly string[];
  readonly boxes: readonly SummaryBox[];
  /** The run it was forked from, or asked again after; null for one of its own. */
  readonly parentId: string | null;
  /** What was changed there (`parent.change.kind`); null where nobody said. */
  readonly change: string | null;
  /** Of the picture that stands for the run; null where it has none, or nobody knows its file. */
  readonly imageHash: FileHash | null;
  readonly imageName: string;
  /** Width by height of the picture. */
  readonly aspect: number;
  /** When it was deleted, ISO 8601; null while it is kept. */
  readonly removedAt: string | null;
}

/** Files of pictures by their hash. */
export type RunFiles = ReadonlyMap<FileHash, Blob>;

export interface LoadedRun {
  readonly trajectory: Trajectory;
  /** Those of the run's files that are kept. */
  readonly files: RunFiles;
}

export interface SaveOptions {
  /** Only go on keeping: a run that was deleted meanwhile stays deleted, and `LibraryError('removed')` says so. */
  readonly onlyIfKept?: boolean;
  /** For a run that is not kept yet. */
  readonly tags?: readonly string[];
}

export interface LoadOptions {
  /** Also one that was deleted and can still be brought back. */
  readonly evenRemoved?: boolean;
}

export interface TagChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

export interface TrajectoryLibrary {
  /**
   * Keeps the run and those of `files` that it names in one transaction; replaces the steps of an earlier state of the same run, whose
   * name and tags stay as they are kept. `thumbnail` of its main picture: longer side ≤ 160 px, or null where none could be made.
   */
  save(trajectory: Trajectory, files: RunFiles, thumbnail: Blob | null, options?: SaveOptions): Promise<void>;
  /** Null when none of that id is kept. Throws `LibraryError('corrupt')` when what is stored does not pass the schema. */
  load(id: string, options?: LoadOptions): Promise<LoadedRun | null>;
  /** Newest first. A row that cannot be read is left out. */
  list(): Promise<readonly RunSummary[]>;
  /** The deleted ones that can still be brought back, last deleted first. */
  listRemoved(): Promise<readonly RunSummary[]>;
  rename(id: string, title: string): Promise<void>;
  /** Tags compare without case. Ids that are not kept are passed over, as in every call on several. */
  tag(ids: readonly string[], change: TagChange): Promise<void>;
  /**
   * Takes runs off the list; `restore` brings them back until `erase` or the end of `BIN_DAYS`. Deleting always works: where
   * not even the note that they are deleted can be written, they are erased. Resolves with the ids of those.
   */
  remove(ids: readonly string[]): Promise<readonly string[]>;
  /** Resolves with the ids that are neither deleted nor kept any more: those cannot be brought back. */
  restore(ids: readonly string[]): Promise<readonly string[]>;
  /** Erases deleted runs for good, and files that no run uses any more. Kept runs are passed over. */
  erase(ids: readonly string[]): Promise<void>;
  /** The small picture of an image; null where none is kept. */
  thumbnail(hash: FileHash): Promise<Blob | null>;
  /** Keeps one that was made later; nothing where no run uses the image. Tells no listener. */
  keepThumbnail(hash: FileHash, thumbnail: Blob): Promise<void>;
  /**
   * Takes runs from files in, beside the page. Left out where the library cannot: `importRuns` of the archive does it in place.
   * Rejects with `LibraryError` where the library refuses; what was taken before stays.
   */
  readonly importFiles?: (files: readonly File[], progress: Progress) => Promise<ImportReport>;
  /** Called after any change, from this tab or another. Returns its own undo. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** Deleted runs can be brought back for so long. */
export const BIN_DAYS = 1;

export const LIBRARY_ERROR_CODES = [
  'quota',
  'unavailable',
  'blocked',
  'outdated',
  'corrupt',
  'not-found',
  'removed',
  'internal',
] as const;
export type LibraryErrorCode = (typeof LIBRARY_ERROR_CODES)[number];

export class LibraryError extends CodedError {
  override readonly name = 'LibraryError';
  readonly problem = null;
  readonly code: LibraryErrorCode;
  /** @param detail what else is known, for who knows IndexedDB or the format: no sentence for people */
  constructor(code: LibraryErrorCode, detail = '', options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
