/**
 * What a foreign format is to Loupe. Three things are kept apart: a **container** (JSONL, a JSON array, a zip, a folder) says where records
 * lie; a **format** knows one record by its content and makes runs of it; the **finder** looks for pictures that a record only names. All
 * of it runs in a worker, on bytes that may be anything, and reads the same record again whenever more is known: another rule, a picture
 * that was supplied. A format therefore keeps nothing between two reads, and makes the same run of the same record.
 */
import type { Frame } from '@/lib/geometry';
import type { Json, Trajectory } from '@/lib/trajectory';
import type { Words } from '@/lib/words';
import type { Phrase } from '@/lib/words/phrase';

/** Where a record was found. */
export interface Where {
  /** The file's path as given, `/` between folders; inside an archive behind the archive's own name. */
  readonly file: string;
  /** Its place in the file, from 0; '0' of a file that is one record, and of a format whose unit is the file. */
  readonly record: string;
}

/** A picture a record speaks of, as far as it says. */
export interface PictureName {
  /** Names by which it may be known, best first: a path (absolute, or from the record's file), a file's name, an id. */
  readonly names: readonly string[];
  /** An id that a file's name begins with (`file-abc` of `file-abc-photo.jpeg`): surer than any name. */
  readonly id?: string;
  /** Bytes of its file. */
  readonly bytes?: number;
  /** SHA-256 or its known beginning, lower-case hex, where the record gives one. */
  readonly hash?: string;
  readonly width?: number;
  readonly height?: number;
  /** The question asked of it, for rows that name no picture. */
  readonly question?: string;
}

/** Bytes that are there, with what their header says. */
export interface FoundPicture {
  /** SHA-256, lower-case hex; null while a set is only leafed through, where no more than a header is read. */
  readonly hash: string | null;
  readonly mimeType: string;
  readonly name: string;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Of one record's file: names that are paths are looked for beside it first. None of it throws. */
export interface PictureFinder {
  /** Bytes given beside the record (a folder, a zip, files supplied later); null where there are none. */
  find(picture: PictureName): Promise<FoundPicture | null>;
  /** Bytes that the record itself holds, as a data URL or bare base64 of any alphabet; null where they are no picture. */
  keep(base64: string, name: string): Promise<FoundPicture | null>;
  /** A JSON file that lies beside the record's: `sa_1.json` to `sa_1.jpg`, the continuation of a run. Null where there is none. */
  json(path: string): Promise<Json>;
  /** A row of a data set's table that came along, by its `index`; a batch's request, by its id. Null where there is none. */
  row(key: string): Promise<Json>;
  /** The text of a file in the record's own folder, by its exact name; null where there is none. */
  text(name: string): Promise<string | null>;
}

/** Something that a person should know about a run that was read, in the words of lib/words/en/formats.ts, `notes`. */
export type Note = Phrase<Words['formats']['notes']>;

/** Why no run could be made of a record, in the words of `problems` there. */
export type FormatProblem = Phrase<Words['formats']['problems']>;

/** A format's rule; its name and what it does are told in `rules` there. */
export type RuleName = keyof Words['formats']['rules'];

/** What a person chose otherwise than the format would. Left out: the format's own way. */
export interface Reading {
  readonly frame?: Frame;
  /** Which of several calls in a turn is carried out. */
  readonly call?: 'first' | 'last';
  readonly rule?: RuleName;
}

/** A picture of the run (its id there) whose bytes are not here. Its size is assumed where nobody told it. */
export interface Wanted {
  readonly picture: string;
  readonly is: PictureName;
}

export type Read =
  | { readonly run: Trajectory; readonly wanted: readonly Wanted[]; readonly notes: readonly Note[] }
  | { readonly problem: FormatProblem };

export interface Format {
  /** Also its name in lib/words, `systems`. */
  readonly id: keyof Words['formats']['systems'];
  /** A record on its own, or all records of one file together (a list of messages, a run told line by line). */
  readonly unit: 'record' | 'file';
  /** By content, cheap, never throws. The first format of the list that says yes reads; of a file as unit, its first record is asked. */
  is(record: Json, where: Where): boolean;
  /** The rules a person can choose among; the first is the default. */
  readonly rules: readonly RuleName[];
  /**
   * Runs of the record (a table in one line gives many). `records` holds one where the unit is the record, all of them where it is the file.
   * A run made here is checked by its reader against the document's schema, so a run that is not sound ends as a problem of its row.
   */
  read(records: readonly Json[], where: Where, finder: PictureFinder, reading: Reading): AsyncIterable<Read>;
  /**
   * In place of `read`, of files that may be too large to be held: records come one after the other, as often as they are asked for, and none
   * is kept.
   */
  readonly stream?: (
    records: () => AsyncIterable<Json>,
    where: Where,
    finder: PictureFinder,
    reading: Reading,
  ) => AsyncIterable<Read>;
}
