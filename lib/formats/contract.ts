/**
 * What a foreign format is to Loupe. Three things are kept apart: a **container** (JSONL, a JSON array, a zip, a folder) says where records
 * lie; a **format** knows one record by its content and makes runs of it; the **finder** looks for pictures that a record only names. All
 * of it runs in a worker, on bytes that may be anything.
 */
import type { Trajectory } from '@/lib/trajectory';
import type { Json } from '@/lib/trajectory';

/** Where a record was found. */
export interface Where {
  /** The file's path as given, `/` between folders; inside an archive behind the archive's own name. */
  readonly file: string;
  /** An index in the file, from 0, or the name by which it goes there. */
  readonly record: string;
}

/** A picture a record speaks of, as far as it says. */
export interface PictureName {
  /** Names by which it may be known, best first: a path, a file's name, an id. */
  readonly names: readonly string[];
  /** SHA-256 or its known beginning, where the record gives one. */
  readonly hash?: string;
  readonly width?: number;
  readonly height?: number;
  /** The question asked of it, for rows that name no picture. */
  readonly question?: string;
}

/** Bytes that are there, with what their header says. */
export interface FoundPicture {
  readonly hash: string;
  readonly mimeType: string;
  readonly name: string;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
}

export interface PictureFinder {
  /** Bytes given beside the record (a folder, a zip, files supplied later); null where there are none. */
  find(picture: PictureName): Promise<FoundPicture | null>;
  /** Bytes that the record itself holds (base64, any alphabet): kept, hashed, measured; null where they are no picture. */
  keep(base64: string, name: string): Promise<FoundPicture | null>;
}

/** Something that a person should know about a run that was read; words are in lib/words. */
export interface Note {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** What a person chose otherwise than the format would. Left out: the format's own rule. */
export interface Reading {
  readonly frame?: 'thousandths' | 'original-pixels' | 'resized-pixels' | 'fractions';
  /** Which of several calls in a turn is carried out. */
  readonly call?: 'first' | 'last';
  /** One of the format's rules by name (evaluation, training environment). */
  readonly rule?: string;
}

export type Read =
  | {
      readonly run: Trajectory;
      readonly wanted: readonly { picture: string; is: PictureName }[];
      readonly notes: readonly Note[];
    }
  | { readonly problem: Note };

export interface Format {
  readonly id: string;
  /** A record on its own, or all records of one file (or folder) together. */
  readonly unit: 'record' | 'file';
  /** By content, cheap, never throws. The first format that says yes reads. */
  is(record: Json, where: Where): boolean;
  /** The rules a person can choose among; the first is the default. */
  readonly rules: readonly string[];
  /** Runs of the record (a table in one line gives many). `records`: one for `record`, all for `file`. */
  read(records: readonly Json[], where: Where, finder: PictureFinder, reading: Reading): AsyncIterable<Read>;
}
