/**
 * A data set from files: folders with a picture and its `scene.json` (docs/scene-format.md), or pictures with a V* file
 * beside each, or a file of RealX-Bench's rows beside its pictures. What cannot be used is named with the reason; the rest is used all the same.
 */
import { parseScene, sceneOfVstar, type ParsedScene } from '@/lib/scene';
import { uprightSize } from '@/lib/geometry';
import { readHeaderSize, readOrientation, sniff } from '@/lib/image';
import { pictureNames, type PictureNames } from './picture-names';
import type { BenchScene, DataFile, DataProblem, DataReason, DataSet } from './data-set';
import { realXRows, scenesOfRealX } from './read-realx';

const PICTURE = /\.(?:png|jpe?g|webp|gif|avif|bmp|heic)$/i;
/** What systems leave in folders and archives. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/;
/** What may be searched, and is no question. */
const COLLECTION = /(?:^|\/)collection\//i;
/** A header names the size within so many bytes, also behind a large EXIF block. */
const HEADER_BYTES = 512 * 1024;

interface Pictures {
  readonly byPath: PictureNames<DataFile>;
  /** Without folders. */
  readonly byName: PictureNames<DataFile>;
  /** Without the ending. */
  readonly byBase: PictureNames<DataFile>;
}

/** Never rejects for what is in the files: the problems say it. */
export async function readDataSet(name: string | null, files: readonly DataFile[]): Promise<DataSet> {
  const clean = files.filter(({ path }) => !LITTER.test(path));
  const collection = clean.filter(({ path }) => COLLECTION.test(path));
  const kept = clean.filter(({ path }) => !COLLECTION.test(path));
  const documents = kept.filter(({ path }) => /\.jsonl?$/i.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const drawn = kept.filter(({ path }) => PICTURE.test(path));
  const pictures: Pictures = {
    byPath: pictureNames(drawn, ({ path }) => path),
    byName: pictureNames(drawn, ({ path }) => path.slice(path.lastIndexOf('/') + 1)),
    byBase: pictureNames(drawn, ({ path }) => path.replace(PICTURE, '')),
  };
  const scenes: BenchScene[] = [];
  const problems: DataProblem[] = [];
  for (const file of documents) {
    const rows = await rowsOf(file);
    if (rows) {
      const realX = await scenesOfRealX(rows, file.path, (image) => pictureOfRow(file, image, pictures));
      scenes.push(...realX.scenes.filter(({ name: one }) => scenes.every((other) => other.name !== one)));
      problems.push(...realX.problems);
      continue;
    }
    const read = await readScene(file, pictures);
    if ('code' in read) problems.push({ file: file.path, reason: read });
    else if (scenes.some(({ name: other }) => other === read.name))
      problems.push({ file: file.path, reason: { code: 'same-name' } });
    else scenes.push(read);
  }
  if (documents.length === 0) {
    problems.push({ file: null, reason: { code: drawn.length > 0 ? 'no-scene-files' : 'nothing-here' } });
  }
  return { name, scenes, problems, ...(collection.length > 0 && { collection }) };
}

/** Of RealX-Bench; null where the file is another. */
async function rowsOf(file: DataFile) {
  try {
    return realXRows(await (await file.read()).text());
  } catch {
    return null; // said where it is read as a scene
  }
}

/** Beside the file, or wherever the only one of that name is. */
async function pictureOfRow({ path }: DataFile, image: string, { byPath, byName }: Pictures) {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const file = byPath.find(folder + image) ?? byName.find(image.slice(image.lastIndexOf('/') + 1));
  const size = file && (await sizeOf(file));
  return size ? { file, ...size } : null;
}

/** @returns the scene, or why there is none */
async function readScene(file: DataFile, pictures: Pictures): Promise<BenchScene | DataReason> {
  let value: unknown;
  try {
    value = JSON.parse(await (await file.read()).text());
  } catch {
    return { code: 'not-json' };
  }
  if (typeof value !== 'object' || value === null) return { code: 'not-a-scene' };
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  if ('target_object' in value) return readVstar(file, value, pictures);
  if (!('questions' in value) || !('objects' in value)) return { code: 'not-a-scene' };
  const parsed = parseScene(value);
  if (!isUsable(parsed)) return reasonAgainst(parsed);
  const picture = pictures.byPath.find(folder + parsed.scene.image);
  if (!picture) return { code: 'no-picture', params: { name: parsed.scene.image } };
  return { name: nameOf(file.path), scene: parsed.scene, readPicture: picture.read };
}

async function readVstar(file: DataFile, value: object, pictures: Pictures): Promise<BenchScene | DataReason> {
  const base = file.path.replace(/\.json$/i, '');
  const picture = pictures.byBase.find(base);
  if (!picture) return { code: 'no-picture-of-its-name' };
  const size = await sizeOf(picture);
  if (!size) return { code: 'bad-picture', params: { name: picture.path } };
  const parsed = sceneOfVstar(value, { image: picture.path.slice(picture.path.lastIndexOf('/') + 1), ...size });
  if (!isUsable(parsed)) return reasonAgainst(parsed);
  return { name: base, scene: parsed.scene, readPicture: picture.read };
}

/** Of the picture as people see it; null where it is none that can be read. */
async function sizeOf(picture: DataFile) {
  try {
    const head = new Uint8Array(await (await picture.read()).slice(0, HEADER_BYTES).arrayBuffer());
    const sniffed = sniff(head);
    if (sniffed.kind !== 'image') return null;
    const stored = readHeaderSize(head, sniffed.format);
    // The picture is shown upright; V*'s boxes are of what people see.
    return stored && uprightSize(stored, readOrientation(head, sniffed.format));
  } catch {
    return null;
  }
}

type Usable = Extract<ParsedScene, { readonly ok: true }>;

const isUsable = (parsed: ParsedScene): parsed is Usable => parsed.ok && parsed.scene.questions.length > 0;

function reasonAgainst(parsed: ParsedScene): DataReason {
  return parsed.ok ? { code: 'no-questions' } : { code: 'not-the-format', params: { detail: parsed.problem } };
}

/** `scenes/scene-7-0001/scene.json` → `scenes/scene-7-0001`; `dunes.json` → `dunes`. */
function nameOf(path: string): string {
  return path.replace(/\/scene\.json$/i, '').replace(/\.json$/i, '');
}
