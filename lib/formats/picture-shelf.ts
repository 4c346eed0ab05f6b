/**
 * All pictures that were given, and the ways by which a record may mean one: its path, its name, the same name written otherwise (NFC, case,
 * `./`, `\`), its hash, the question that an annotation beside it asks, or that a person said so. Exactly first, then more and more loosely; of
 * several of one name, the one whose folders agree most. Of a picture no more is read than its header until its bytes are asked for.
 */
import { createSHA256 } from 'hash-wasm';
import { readHeaderSize, readOrientation, sniff } from '@/lib/image';
import type { Json } from '@/lib/trajectory';
import { parseRecord } from './containers/records';
import { tidyPath, type Source } from './containers/source';
import type { PictureFinder, PictureName } from './contract';
import { isObject, textOf } from './json-shape';
import { mayBePicture, wantedKey } from './picture-name';
import { rowFor, rowsByKey, type Table } from './row-tables';

/** Of JSON that lies beside a record: annotations are small. */
const BESIDE_BYTES = 8 * 1024 * 1024;
const TEXT_BYTES = 64 * 1024 * 1024;
/** So many JSON files at most are read to find a picture by its question. */
const MOST_ANNOTATIONS = 10_000;
const ANNOTATION_BYTES = 64 * 1024;

/** Larger pictures are not looked through for a hash. */
const HASHED_BYTES = 64 * 1024 * 1024;

/** Most pictures tell their size here; cameras put a preview before it. */
const HEAD_BYTES = 64 * 1024;
const LONG_HEAD_BYTES = 1024 * 1024;

interface Shelved {
  readonly source: Source;
  /** `/` before and between, so that whole names end alike. */
  readonly path: string;
  readonly loose: string;
}

interface Facts {
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
}

export interface PictureShelf {
  add(sources: readonly Source[]): void;
  /** A data set's table, or a batch's requests, whose rows tell what results leave out. */
  addTable(table: Table): void;
  /** That a person said: a record that asks for this, and finds none, means that file. */
  assign(wanted: PictureName, path: string): void;
  /** @param whole false: nothing but headers is read, and no hash is told */
  finder(recordFile: string, whole: boolean): PictureFinder;
  /** Bytes of what a finder found whole. */
  bytesOf(hash: string): Blob | null;
  paths(): readonly string[];
}

const looseOf = (path: string): string => path.normalize('NFC').toLowerCase();

export function createPictureShelf(): PictureShelf {
  const pictures: Shelved[] = [];
  const byName = new Map<string, Shelved[]>();
  const others = new Map<string, Source>();
  const texts = new Map<string, Source>();
  const assigned = new Map<string, string>();
  const facts = new Map<Source, Promise<Facts | null>>();
  const hashes = new Map<Source, Promise<string>>();
  const kept = new Map<string, Blob>();
  const tables: Table[] = [];
  let rows: ReturnType<typeof rowsByKey> | null = null;
  /** Of hashes that nothing had when they were asked for, how many pictures there were. */
  const missed = new Map<string, number>();
  let questions: Promise<ReadonlyMap<string, string>> | null = null;

  const shelve = (map: Map<string, Shelved[]>, key: string, one: Shelved) => {
    const list = map.get(key);
    if (list) list.push(one);
    else map.set(key, [one]);
  };

  /** Of those of a name, the one whose folders agree most; the exact name before a loose one. */
  const byPath = (name: string, folder: string): Shelved | null => {
    const wanted = `/${tidyPath(name)}`;
    const near = folder === '' ? wanted : `/${tidyPath(`${folder}/${name}`)}`;
    const candidates = byName.get(looseOf(lastPart(wanted))) ?? [];
    let best: Shelved | null = null;
    let score = -1;
    for (const one of candidates) {
      const exact = lastPart(one.path) === lastPart(wanted) ? 1 : 0;
      const shared = Math.max(sharedEnd(one.loose, looseOf(wanted)), sharedEnd(one.loose, looseOf(near)));
      if (shared * 2 + exact > score) [best, score] = [one, shared * 2 + exact];
    }
    return best;
  };

  const byQuestion = async (question: string): Promise<Shelved | null> => {
    questions ??= readQuestions(others);
    const stem = (await questions).get(tidyQuestion(question));
    return stem === undefined ? null : (pictures.find(({ path }) => withoutEnding(path) === stem) ?? null);
  };

  /** By what its bytes are. Read once each, and only where something asks so. */
  const byHash = async (hash: string): Promise<Shelved | null> => {
    if (missed.get(hash) === pictures.length) return null;
    for (const one of pictures) {
      if (one.source.size <= HASHED_BYTES && (await hashOf(one.source).catch(() => '')).startsWith(hash)) return one;
    }
    missed.set(hash, pictures.length);
    return null;
  };

  const byId = (id: string): Source | null => {
    const begins = (name: string) => name.startsWith(id) && !/^\w/.test(name.slice(id.length));
    return pictures.find(({ path }) => begins(lastPart(path)))?.source ?? null;
  };
  /** The only one of that many bytes. */
  const bySize = (bytes: number): Source | null => {
    const [only, more] = pictures.filter(({ source }) => source.size === bytes);
    return only && !more ? only.source : null;
  };

  const look = async (picture: PictureName, folder: string): Promise<Source | null> => {
    const own = assigned.get(wantedKey(picture));
    const chosen = own === undefined ? undefined : pictures.find(({ source }) => source.path === own);
    const told = picture.id === undefined ? null : (byId(picture.id) ?? chosen?.source ?? null);
    if (told) return told;
    const sized = picture.bytes === undefined ? null : bySize(picture.bytes);
    if (sized) return sized;
    for (const name of picture.names) {
      const found = byPath(name, folder);
      if (found) return found.source;
    }
    if (chosen) return chosen.source;
    if (picture.hash !== undefined && picture.hash.length >= 8) {
      const named = pictures.find(({ path }) => lastPart(path).startsWith(picture.hash ?? ''));
      if (named) return named.source;
      const same = await byHash(picture.hash);
      if (same) return same.source;
    }
    return picture.question === undefined ? null : ((await byQuestion(picture.question))?.source ?? null);
  };

  const factsOf = (source: Source): Promise<Facts | null> => {
    const known = facts.get(source) ?? readFacts(source).catch(() => null);
    facts.set(source, known);
    return known;
  };
  const hashOf = async (source: Source): Promise<string> => {
    const known = hashes.get(source) ?? source.blob().then(digest);
    hashes.set(source, known);
    return known;
  };

  return {
    add(sources) {
      questions = null;
      for (const source of sources) {
        if (!mayBePicture(source.path)) {
          texts.set(`/${source.path}`, source);
          if (/\.json$/i.test(source.path)) others.set(`/${source.path}`, source);
          continue;
        }
        const path = `/${source.path}`;
        const one = { source, path, loose: looseOf(path) };
        pictures.push(one);
        shelve(byName, looseOf(lastPart(path)), one);
      }
    },
    addTable(table) {
      tables.push(table);
      rows = null;
    },
    assign: (wanted, path) => void assigned.set(wantedKey(wanted), path),
    finder(recordFile, whole) {
      const folder = folderOf(recordFile);
      return {
        async find(picture) {
          const source = await look(picture, folder).catch(() => null);
          const seen = source && (await factsOf(source));
          if (!source || !seen) return null;
          if (!whole) return { hash: null, name: lastPart(source.path), ...seen };
          try {
            const hash = await hashOf(source);
            kept.set(hash, typed(await source.blob(), seen.mimeType));
            return { hash, name: lastPart(source.path), ...seen };
          } catch {
            return null;
          }
        },
        async keep(base64, name) {
          const bytes = fromBase64(base64, whole ? Infinity : LONG_HEAD_BYTES);
          const seen = bytes && factsIn(bytes);
          if (!bytes || !seen) return null;
          if (!whole) return { hash: null, name: name || 'picture', ...seen };
          const blob = new Blob([bytes], { type: seen.mimeType });
          const hash = await digest(blob);
          kept.set(hash, blob);
          return { hash, name: name || 'picture', ...seen };
        },
        json: (path) => readBeside(others, path, folder),
        async row(key) {
          rows ??= rowsByKey(tables);
          const found = (await rows.catch(() => null))?.get(key) ?? [];
          return rowFor(found, folder)?.read() ?? null;
        },
        async text(name) {
          const source = texts.get(`/${tidyPath(`${folder}/${name}`)}`);
          if (!source || source.size > TEXT_BYTES) return null;
          return source.blob().then(
            (blob) => blob.text(),
            () => null,
          );
        },
      };
    },
    bytesOf: (hash) => kept.get(hash) ?? null,
    paths: () => pictures.map(({ source }) => source.path),
  };
}

const typed = (blob: Blob, type: string): Blob => (blob.type === type ? blob : blob.slice(0, blob.size, type));
const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const withoutEnding = (path: string): string => path.replace(/\.[^./]+$/, '');
const tidyQuestion = (question: string): string => question.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();

/** How many whole parts of two paths agree, from their ends. */
function sharedEnd(a: string, b: string): number {
  const [as, bs] = [a.split('/').toReversed(), b.split('/').toReversed()];
  let shared = 0;
  while (shared < Math.min(as.length, bs.length) && as[shared] === bs[shared]) shared += 1;
  return shared;
}

async function readFacts(source: Source): Promise<Facts | null> {
  const seen = factsIn(await source.head(HEAD_BYTES));
  return seen ?? factsIn(await source.head(LONG_HEAD_BYTES));
}

function factsIn(bytes: Uint8Array): Facts | null {
  const sniffed = sniff(bytes);
  if (sniffed.kind !== 'image') return null;
  const size = readHeaderSize(bytes, sniffed.format);
  if (!size) return null;
  const turned = readOrientation(bytes, sniffed.format) >= 5;
  const { width, height } = turned ? { width: size.height, height: size.width } : size;
  return { mimeType: sniffed.mimeType, width, height };
}

async function digest(blob: Blob): Promise<string> {
  const hasher = await createSHA256();
  const chunk = 4 * 1024 * 1024;
  for (let at = 0; at < blob.size; at += chunk)
    hasher.update(new Uint8Array(await blob.slice(at, at + chunk).arrayBuffer()));
  return hasher.digest('hex');
}

async function readBeside(files: ReadonlyMap<string, Source>, path: string, folder: string): Promise<Json> {
  const tries = [`/${tidyPath(`${folder}/${path}`)}`, `/${tidyPath(path)}`];
  const source =
    tries.map((one) => files.get(one)).find((one) => one !== undefined) ?? endingWith(files, tries[1] ?? '');
  if (!source || source.size > BESIDE_BYTES) return null;
  try {
    const read = parseRecord(await (await source.blob()).text());
    return 'json' in read ? read.json : null;
  } catch {
    return null;
  }
}

/** A record may name its picture's folder otherwise than it lies here. */
function endingWith(files: ReadonlyMap<string, Source>, path: string): Source | undefined {
  const name = lastPart(path);
  for (const [at, source] of files) if (at.endsWith(`/${name}`)) return source;
  return undefined;
}

/** Questions that annotations ask, by the path of what they lie beside, without its ending. */
async function readQuestions(files: ReadonlyMap<string, Source>): Promise<ReadonlyMap<string, string>> {
  const questions = new Map<string, string>();
  let read = 0;
  for (const [path, source] of files) {
    if (source.size > ANNOTATION_BYTES || (read += 1) > MOST_ANNOTATIONS) continue;
    const record = await source.blob().then(
      (blob) => blob.text(),
      () => '',
    );
    const parsed = parseRecord(record);
    const question = 'json' in parsed && isObject(parsed.json) ? textOf(parsed.json['question']) : '';
    if (question !== '') questions.set(tidyQuestion(question), withoutEnding(path));
  }
  return questions;
}

/** Bytes of base64 of either alphabet, with or without a data URL's head; null where it is none. At most about `most` of them. */
function fromBase64(text: string, most: number): Uint8Array<ArrayBuffer> | null {
  const from = text.startsWith('data:') ? text.indexOf(',') + 1 : 0;
  const length = Math.min(text.length - from, Math.ceil(most / 3) * 4);
  const tidy = text
    .slice(from, from + length)
    .replace(/\s/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/=+$/, '');
  try {
    const binary = atob(tidy.length % 4 === 1 ? tidy.slice(0, -1) : tidy);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}
