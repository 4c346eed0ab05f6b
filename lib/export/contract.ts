/** What leaves Loupe: runs with their pictures, written in a format that something else opens. Types only. */
import type { ImageBox } from '@/lib/geometry';
import type { FileHash, Trajectory } from '@/lib/trajectory';
import type { Words } from '@/lib/words';

export interface RunToExport {
  readonly run: Trajectory;
  /** Those of its pictures' files that are here. */
  readonly files: ReadonlyMap<FileHash, Blob>;
  readonly tags?: readonly string[];
}

/** Runs are read one at a time, as they are written. */
export interface RunsToExport {
  readonly count: number;
  readonly each: () => AsyncIterable<RunToExport>;
}

/** How much is taken out; in words: lib/words, `exports.scopes`. */
export interface ExportScope {
  readonly id: keyof Words['exports']['scopes'];
  readonly runs: RunsToExport;
}

export interface ExportedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Its name and what it is for stand in lib/words, `exports.formats`. */
export type ExportId = keyof Words['exports']['formats'];

/** What needs a canvas; tests have a plain one. All in pixels of the upright picture. */
export interface Drawing {
  /** A region of a picture, turned clockwise, as a file of its own. Null where this browser cannot decode it. */
  readonly cut: (picture: Blob, region: ImageBox, turn: 0 | 90 | 180 | 270) => Promise<Blob | null>;
  /** A picture that every browser shows, no larger than needed; the same file where it is one already. */
  readonly plain: (picture: Blob) => Promise<Blob | null>;
  /** The picture with every box, point and polygon of the run on it, numbered. Null where there is no picture. */
  readonly overview: (run: RunToExport) => Promise<Blob | null>;
  /** The overview, every crop and what was said, on one sheet. */
  readonly sheet: (run: RunToExport) => Promise<Blob>;
  /** The run step by step, as a moving picture. */
  readonly animation: (run: RunToExport) => Promise<Blob>;
}

export interface ExportTools {
  readonly drawing: Drawing;
  /** Bytes of a file that the app's build made. */
  readonly fetchPart: (path: string) => Promise<ArrayBuffer>;
}

export type Progress = (done: number, total: number) => void;

/** Writes everything into one file. */
export type Writer = (runs: RunsToExport, tools: ExportTools, progress: Progress) => Promise<ExportedFile>;

export type ExportProblem = keyof Words['exports']['problems'];

/** Of a code that people read of in lib/words, `exports.problems`. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly code: ExportProblem;

  constructor(code: ExportProblem, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
