/**
 * From a file to the documents and pictures in it, one after another: text, Markdown, HTML, PDF by pages, JSONL by records, pictures by their
 * captions. What is long comes in parts with addresses of their own, so that a part is found, quoted and read.
 */
import {
  COLLECTION_ADDRESS,
  type FileProblem,
  type GivenFile,
  type ReadDocument,
  type ReadPicture,
} from '../collection-contract';
import { readHtml } from './html';
import { linesOf } from './lines';
import { readPdf } from './pdf';
import { readRecord } from './record';

/** `read`: so many bytes of the file are done. */
export type Piece = { readonly document: ReadDocument } | { readonly picture: ReadPicture } | { readonly read: number };

export class UnreadFile extends Error {
  readonly problem: FileProblem;

  constructor(problem: FileProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** Of what has to be read whole. Bytes. */
const MOST_WHOLE = 64 * 1024 * 1024;
/** Of a document as it is opened and quoted. Characters. */
const MOST_PART = 8_000;

const PICTURE = /\.(?:png|jpe?g|webp|gif|avif|bmp)$/i;
const KINDS: readonly (readonly [
  RegExp,
  (given: GivenFile, others: Captions) => AsyncGenerator<Piece, void, undefined>,
])[] = [
  [/\.(?:jsonl|ndjson)$/i, readRecords],
  [/\.(?:html?|xhtml)$/i, readPage],
  [/\.pdf$/i, readPages],
  [/\.(?:md|markdown|mdx)$/i, readMarkdown],
  [/\.(?:txt|text|rst|org|tex|csv|tsv|log|json|ya?ml|xml)$/i, readText],
  [PICTURE, readPicture],
];

/** What else was given beside a file: captions and pictures, by path. */
export interface Captions {
  readonly captionOf: (path: string) => Promise<string | null>;
  readonly pictureAt: (path: string) => GivenFile | null;
  /** Its caption stands in a file of records, which brings it. */
  readonly isNamed: (path: string) => boolean;
}

/** @throws UnreadFile, and the storage's own errors while a file is read */
export async function* readFile(given: GivenFile, others: Captions): AsyncGenerator<Piece, void, undefined> {
  if (given.file.size === 0) throw new UnreadFile('empty');
  const kind = KINDS.find(([ending]) => ending.test(given.path));
  if (!kind) throw new UnreadFile('unknown-kind');
  yield* kind[1](given, others);
}

export const isPicturePath = (path: string): boolean => PICTURE.test(path);

const addressOf = (path: string): string => COLLECTION_ADDRESS + path.split('/').map(encodeURIComponent).join('/');

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');

async function wholeText({ file }: GivenFile): Promise<string> {
  if (file.size > MOST_WHOLE) throw new UnreadFile('too-large');
  const text = await file.text();
  // No text has a NUL in it.
  if (text.slice(0, 4096).includes('\0')) throw new UnreadFile('unreadable');
  return text;
}

async function* readText(given: GivenFile): AsyncGenerator<Piece, void, undefined> {
  const text = await wholeText(given);
  yield* inParts({ address: addressOf(given.path), title: nameOf(given.path), text });
}

async function* readMarkdown(given: GivenFile): AsyncGenerator<Piece, void, undefined> {
  const whole = await wholeText(given);
  const text = whole.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
  const title = /^#\s+(.+?)\s*#*\s*$/m.exec(text)?.[1] ?? nameOf(given.path);
  yield* inParts({ address: addressOf(given.path), title, text });
}

async function* readPage(given: GivenFile): AsyncGenerator<Piece, void, undefined> {
  const { title, text, address, date } = readHtml(await wholeText(given));
  yield* inParts({
    address: address ?? addressOf(given.path),
    title: title || nameOf(given.path),
    text,
    ...(date !== null && { date }),
  });
}

async function* readPages(given: GivenFile): AsyncGenerator<Piece, void, undefined> {
  if (given.file.size > MOST_WHOLE) throw new UnreadFile('too-large');
  const bytes = new Uint8Array(await given.file.arrayBuffer());
  let count = 0;
  try {
    const { title, pages } = await readPdf(bytes);
    for await (const { number, text } of pages) {
      if (text === '') continue;
      count += 1;
      yield* inParts({
        address: `${addressOf(given.path)}#page=${number}`,
        title: `${title || nameOf(given.path)} · ${number}`,
        text,
      });
    }
  } catch {
    throw new UnreadFile('unreadable');
  }
  if (count === 0) throw new UnreadFile('no-text');
}

async function* readRecords(given: GivenFile, others: Captions): AsyncGenerator<Piece, void, undefined> {
  const folder = given.path.slice(0, given.path.lastIndexOf('/') + 1);
  let read = 0;
  let number = 0;
  for await (const line of linesOf(given.file)) {
    read += line.length + 1;
    number += 1;
    const record = readRecord(line);
    if (!record) continue;
    const { text, date, picture } = record;
    const address = record.address ?? `${addressOf(given.path)}#${number}`;
    const shown = picture === null ? null : others.pictureAt(folder + picture);
    const title = record.title ?? (text.length > 80 ? `${text.slice(0, 79)}…` : text);
    if (shown) yield { picture: { address, caption: text, name: shown.path, bytes: shown.file } };
    yield* inParts({ address, title, text, ...(date !== undefined && { date }) });
    yield { read };
  }
}

/** The caption: a text file of the same name beside it, else its own name in words. */
async function* readPicture(given: GivenFile, others: Captions): AsyncGenerator<Piece, void, undefined> {
  if (others.isNamed(given.path)) return;
  const caption = (await others.captionOf(given.path)) ?? nameOf(given.path).replace(/[-_]+/g, ' ').trim();
  const address = addressOf(given.path);
  yield { picture: { address, caption, name: given.path, bytes: given.file } };
  yield { document: { address, title: caption.split('\n')[0] ?? caption, text: caption } };
}

/** Cut between paragraphs, lines or words, whichever is there. */
function* inParts(document: ReadDocument): Generator<Piece, void, undefined> {
  const text = document.text.trim();
  if (text === '') return;
  if (text.length <= MOST_PART) {
    yield { document: { ...document, text } };
    return;
  }
  const parts: string[] = [];
  for (let rest = text; rest !== '';) {
    const end = rest.length <= MOST_PART ? rest.length : cutBefore(rest);
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  for (const [index, part] of parts.entries()) {
    const mark = document.address.includes('#') ? '&' : '#';
    yield {
      document: {
        ...document,
        address: index === 0 ? document.address : `${document.address}${mark}part=${index + 1}`,
        title: `${document.title} (${index + 1}/${parts.length})`,
        text: part,
      },
    };
  }
}

function cutBefore(text: string): number {
  for (const end of ['\n\n', '\n', '. ', ' ']) {
    const at = text.lastIndexOf(end, MOST_PART);
    if (at > MOST_PART / 2) return at + end.length;
  }
  return MOST_PART;
}
