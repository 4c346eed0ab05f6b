/** A collection of one's own: documents and pictures with captions, kept in this browser. Types only. */
import type { Found, FoundPicture, Opened } from './contract';

/** Read out of a file. Addresses are unique in a collection; a later one of the same address takes the place of the earlier. */
export interface ReadDocument {
  readonly address: string;
  readonly title: string;
  readonly text: string;
  readonly date?: string;
}

export interface ReadPicture {
  readonly address: string;
  readonly caption: string;
  readonly name: string;
  readonly bytes: Blob;
}

/** A file of the collection, as lists show it. */
export interface KeptFile {
  readonly id: number;
  /** With its folders. */
  readonly path: string;
  readonly bytes: number;
  readonly documents: number;
  readonly pictures: number;
}

/** What makes a collection a simulated environment, on request: the same seed, the same faults. */
export interface Faults {
  /** Of all documents this share cannot be opened, 0 … 1. */
  readonly deadLinks: number;
  /** So many of the results have nothing to do with the query. */
  readonly distractors: number;
  readonly seed: number;
}

export const NO_FAULTS: Faults = { deadLinks: 0, distractors: 0, seed: 0 };

/** Why a file is not in the collection; the words are in lib/words. */
export type FileProblem = 'unknown-kind' | 'unreadable' | 'empty' | 'too-large' | 'no-text';

export interface FilesAdded {
  readonly added: number;
  readonly documents: number;
  readonly pictures: number;
  readonly left: readonly { readonly path: string; readonly problem: FileProblem }[];
}

export interface GivenFile {
  readonly path: string;
  readonly file: Blob;
}

/** How far adding is, in bytes; then what came of it. */
export type AddEvent = { readonly done: number; readonly total: number } | { readonly report: FilesAdded };

export interface Collection {
  readonly files: () => Promise<readonly KeptFile[]>;
  /** In slices. Aborting leaves what is whole, and nothing of the file that was being read. @throws SearchError `storage`, `full` */
  readonly add: (files: readonly GivenFile[], signal: AbortSignal) => AsyncIterable<AddEvent>;
  readonly remove: (ids: readonly number[]) => Promise<void>;
  readonly search: (query: string, faults: Faults, signal: AbortSignal) => Promise<readonly Found[]>;
  readonly open: (address: string, faults: Faults, signal: AbortSignal) => Promise<Opened>;
  readonly imageSearch: (picture: Blob, faults: Faults, signal: AbortSignal) => Promise<readonly FoundPicture[]>;
}

/** Address of a collection, and the beginning of those of its documents that have none of their own. */
export const COLLECTION_ADDRESS = 'loupe://collection/';
