/**
 * A collection over its shelf: what is added is read and indexed in slices, what is looked for is found by its words, pictures by their looks.
 * It runs in a worker of its own; nothing here waits for a page.
 */
import { breathe } from '@/lib/port';
import { alikeness, featuresOf as pixelFeatures, type Features } from './alike';
import { captionsIn } from './read/captions';
import { readFile, UnreadFile, type Captions } from './read/files';
import { type AddEvent, type Collection, type Faults, type FilesAdded, type GivenFile } from './collection-contract';
import { MOST_FOUND, SearchError, type Found } from './contract';
import { excerptOf } from './excerpt';
import { drawn, isDead, withDistractors } from './faults';
import type { KeptDocument, KeptPicture, Shelf } from './shelf';
import { createTextIndex, readTextIndex, type TextIndex } from './text-index';
import { termsOf } from './tokens';

interface Means {
  readonly shelf: Shelf;
  /** Left out: by the pixels, in a browser. */
  readonly featuresOf?: (picture: Blob) => Promise<Features | null>;
}

/** Documents and characters that are indexed at once. */
const SLICE = { documents: 200, characters: 400_000 };
/** A picture less alike than this is another one. */
const ALIKE = 0.35;
type Pending = Omit<KeptDocument, 'id'>;

export function createCollection({ shelf, featuresOf = pixelFeatures }: Means): Collection {
  let indexed: { readonly at: number; readonly index: TextIndex } | null = null;

  /** As another tab may have changed it. */
  const currentIndex = async (signal?: AbortSignal): Promise<TextIndex> => {
    const at = await shelf.changes();
    if (indexed?.at === at) return indexed.index;
    const index = (await readWritten(shelf, at)) ?? (await indexAll(shelf, signal));
    indexed = { at, index };
    return index;
  };

  const write = async (index: TextIndex): Promise<void> => {
    await shelf.changed();
    const at = await shelf.changes();
    indexed = { at, index };
    // What cannot be kept is made anew the next time.
    await shelf.keepIndex(at, await packed(index.write())).catch(() => undefined);
  };

  /** What was broken off is not there. */
  const sweep = async (): Promise<void> => {
    const broken = (await shelf.files()).filter(({ whole }) => !whole).map(({ id }) => id);
    if (broken.length > 0) await shelf.removeFiles(broken);
  };

  /** One file; what was read of it is taken back where it is left early. @returns how much is in it */
  async function* addFile(given: GivenFile, captions: Captions, index: TextIndex, signal: AbortSignal) {
    const id = await shelf.beginFile(given.path, given.file.size);
    const made: number[] = [];
    let pending: Pending[] = [];
    let characters = 0;
    let pictures = 0;
    let whole = false;
    const flush = async (): Promise<void> => {
      const ids = await shelf.addDocuments(pending);
      for (const [at, document] of pending.entries()) index.add({ ...document, id: ids[at]! });
      made.push(...ids);
      pending = [];
      characters = 0;
      // An abort is a message: it is heard between slices.
      await breathe();
      signal.throwIfAborted();
    };
    try {
      for await (const piece of readFile(given, captions)) {
        if ('picture' in piece) {
          const { bytes, ...picture } = piece.picture;
          const features = await featuresOf(bytes);
          await shelf.addPicture({
            ...picture,
            file: id,
            bytes: await bytes.arrayBuffer(),
            type: bytes.type,
            features,
          });
          pictures += 1;
        } else if ('document' in piece) {
          pending.push({ ...piece.document, file: id });
          characters += piece.document.text.length;
        } else if (pending.length === 0) yield piece.read;
        if (pending.length >= SLICE.documents || characters >= SLICE.characters) {
          await flush();
          if ('read' in piece) yield piece.read;
        }
      }
      await flush();
      const documents = made.length;
      if (documents + pictures === 0) {
        if (!captions.isNamed(given.path)) throw new UnreadFile('no-text');
        return { documents, pictures };
      }
      await shelf.endFile({ id, path: given.path, bytes: given.file.size, documents, pictures, whole: true });
      whole = true;
      return { documents, pictures };
    } finally {
      if (!whole) {
        for (const document of made) index.remove(document);
        await shelf.removeFiles([id]);
      }
    }
  }

  return {
    async files() {
      await sweep();
      return (await shelf.files()).map(({ whole: _whole, ...file }) => file);
    },

    async *add(files, signal): AsyncGenerator<AddEvent, void, undefined> {
      const index = await currentIndex(signal);
      const captions = await captionsIn(files);
      const total = files.reduce((sum, { file }) => sum + file.size, 0);
      const left: FilesAdded['left'][number][] = [];
      const sums = { added: 0, documents: 0, pictures: 0 };
      let done = 0;
      try {
        for (const given of files) {
          signal.throwIfAborted();
          if (captions.isCaption(given.path)) {
            done += given.file.size;
            continue;
          }
          try {
            const adding = addFile(given, captions, index, signal);
            let step = await adding.next();
            for (; !step.done; step = await adding.next())
              yield { done: done + Math.min(step.value, given.file.size), total };
            if (step.value.documents + step.value.pictures > 0) sums.added += 1;
            sums.documents += step.value.documents;
            sums.pictures += step.value.pictures;
          } catch (error) {
            if (!(error instanceof UnreadFile)) throw error;
            left.push({ path: given.path, problem: error.problem });
          }
          done += given.file.size;
          yield { done, total };
        }
      } finally {
        if (sums.added > 0) await write(index);
      }
      yield { report: { ...sums, left } };
    },

    async remove(ids) {
      const index = await currentIndex();
      for (const id of await shelf.removeFiles(ids)) index.remove(id);
      await write(index);
    },

    async search(query, faults, signal) {
      const index = await currentIndex(signal);
      const ids = index.find(query, MOST_FOUND * 2);
      const rows = await Promise.all(ids.map((id) => shelf.document(id)));
      const found = unlike(rows.filter((row) => row !== null));
      const others = await strangers(shelf, found, query, faults);
      const terms = new Set(termsOf(query));
      return withDistractors(found, others, query, faults, MOST_FOUND).map((row) => asFound(row, terms));
    },

    async open(address, faults) {
      const document = await shelf.documentAt(address);
      if (!document) throw new SearchError('no-such-page', address);
      if (isDead(address, faults)) throw new SearchError('dead-link', address);
      const { title, text } = document;
      return { title, address, text };
    },

    async imageSearch(picture, faults) {
      const features = await featuresOf(picture);
      if (!features) return [];
      const ranked = (await shelf.pictures())
        .map((row) => ({ row, alike: row.features ? alikeness(features, row.features) : -1 }))
        .sort((a, b) => b.alike - a.alike);
      const found = ranked.filter(({ alike }) => alike >= ALIKE).map(({ row }) => row);
      const others = ranked.filter(({ alike }) => alike < ALIKE).map(({ row }) => row);
      return withDistractors(found, others, 'picture', faults, MOST_FOUND).map(asPicture);
    },
  };
}

/** Of several documents of one address the first that is found. */
function unlike(rows: readonly KeptDocument[]): readonly KeptDocument[] {
  return rows.filter((row, at) => rows.findIndex(({ address }) => address === row.address) === at);
}

/** Documents that have nothing to do with a query: drawn, not found. */
async function strangers(
  shelf: Shelf,
  found: readonly KeptDocument[],
  query: string,
  { distractors, seed }: Faults,
): Promise<readonly KeptDocument[]> {
  if (distractors === 0) return [];
  const taken = new Set(found.map(({ address }) => address));
  const files = await shelf.files();
  const last = await shelf.documentCount();
  const drawnRows: KeptDocument[] = [];
  // Ids have gaps where something was removed: the next after the drawn one stands for it.
  for (let draw = 0; draw < distractors * 4 && drawnRows.length < distractors && files.length > 0; draw += 1) {
    const [row] = await shelf.documentsAfter(Math.floor(drawn(seed, `stranger ${draw} ${query}`) * last));
    if (row && !taken.has(row.address)) {
      taken.add(row.address);
      drawnRows.push(row);
    }
  }
  return drawnRows;
}

function asFound({ title, address, text, date }: KeptDocument, terms: ReadonlySet<string>): Found {
  return { title, address, excerpt: excerptOf(text, terms), ...(date !== undefined && { date }) };
}

function asPicture({ caption, address, name, bytes, type }: KeptPicture) {
  return { title: caption, address, name: name.split('/').at(-1) ?? name, bytes: new Blob([bytes], { type }) };
}

async function readWritten(shelf: Shelf, at: number): Promise<TextIndex | null> {
  const kept = await shelf.writtenIndex();
  if (kept?.changes !== at) return null;
  try {
    return await readTextIndex(await unpacked(kept.bytes));
  } catch {
    return null; // written by another version of this code
  }
}

async function indexAll(shelf: Shelf, signal?: AbortSignal): Promise<TextIndex> {
  const index = createTextIndex();
  for (let after = 0; ;) {
    const rows = await shelf.documentsAfter(after);
    if (rows.length === 0) return index;
    for (const row of rows) index.add(row);
    after = rows.at(-1)!.id;
    await breathe();
    signal?.throwIfAborted();
  }
}

const packed = (text: string): Promise<ArrayBuffer> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();

const unpacked = (bytes: ArrayBuffer): Promise<string> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
