/**
 * A data set from files: folders with a picture and its `scene.json` (docs/scene-format.md), or pictures with a V* file
 * beside each. What cannot be used is named with the reason; the rest is used all the same.
 */
import { parseScene, sceneOfVstar, type ParsedScene } from '@/lib/scene';
import { uprightSize } from '@/lib/geometry';
import { readHeaderSize, readOrientation, sniff } from '@/lib/image';
import type { BenchScene, DataProblem, DataSet } from './data-set';

/** A file of a folder or an archive; `path` with `/` between folders. */
export interface DataFile {
  readonly path: string;
  readonly read: () => Promise<Blob>;
}

const PICTURE = /\.(?:png|jpe?g|webp|gif|avif|bmp|heic)$/i;
/** What systems leave in folders and archives. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/;
/** A header names the size within so many bytes, also behind a large EXIF block. */
const HEADER_BYTES = 512 * 1024;

/** Never rejects for what is in the files: the problems say it. */
export async function readDataSet(name: string, files: readonly DataFile[]): Promise<DataSet> {
  const kept = files.filter(({ path }) => !LITTER.test(path));
  const documents = kept.filter(({ path }) => /\.json$/i.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const pictures = new Map(kept.filter(({ path }) => PICTURE.test(path)).map((file) => [file.path, file]));
  const scenes: BenchScene[] = [];
  const problems: DataProblem[] = [];
  for (const file of documents) {
    const read = await readScene(file, pictures);
    if (typeof read === 'string') problems.push({ file: file.path, reason: read });
    else if (scenes.some(({ name: other }) => other === read.name))
      problems.push({ file: file.path, reason: SAME_NAME });
    else scenes.push(read);
  }
  if (documents.length === 0) {
    problems.push({ file: name, reason: pictures.size > 0 ? NO_QUESTIONS : NOTHING_HERE });
  }
  return { name, scenes, problems };
}

const SAME_NAME = 'Another scene has the same name: give this folder or file another one.';
const NOTHING_HERE = 'There are no scenes in it: pictures with a scene.json, or with a V* file, beside each.';
const NO_QUESTIONS =
  'There are pictures in it, but no questions: each needs its scene.json, or its V* file, beside it.';

/** @returns the scene, or why there is none */
async function readScene(file: DataFile, pictures: ReadonlyMap<string, DataFile>): Promise<BenchScene | string> {
  let value: unknown;
  try {
    value = JSON.parse(await (await file.read()).text());
  } catch {
    return 'It is not JSON, or cannot be read.';
  }
  if (typeof value !== 'object' || value === null) return 'It is JSON, but neither a scene nor a V* file.';
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  if ('target_object' in value) return readVstar(file, value, pictures);
  if (!('questions' in value) || !('objects' in value)) return 'It is JSON, but neither a scene nor a V* file.';
  const parsed = parseScene(value);
  const problem = problemOf(parsed);
  if (!parsed.ok || problem) return problem;
  const picture = pictures.get(folder + parsed.scene.image);
  if (!picture) return `Its picture ${parsed.scene.image} is not beside it.`;
  return { name: nameOf(file.path), scene: parsed.scene, readPicture: picture.read };
}

async function readVstar(
  file: DataFile,
  value: object,
  pictures: ReadonlyMap<string, DataFile>,
): Promise<BenchScene | string> {
  const base = file.path.replace(/\.json$/i, '');
  const picture = [...pictures.values()].find(({ path }) => path.replace(PICTURE, '') === base);
  if (!picture) return 'No picture of the same name is beside it.';
  let size = null;
  try {
    const head = new Uint8Array(await (await picture.read()).slice(0, HEADER_BYTES).arrayBuffer());
    const sniffed = sniff(head);
    if (sniffed.kind === 'image') {
      const stored = readHeaderSize(head, sniffed.format);
      // The picture is shown upright; V*'s boxes are of what people see.
      size = stored && uprightSize(stored, readOrientation(head, sniffed.format));
    }
  } catch {
    // Said below: there is no size.
  }
  if (!size) return `Its picture ${picture.path} is damaged, or none.`;
  const parsed = sceneOfVstar(value, { image: picture.path.slice(picture.path.lastIndexOf('/') + 1), ...size });
  const problem = problemOf(parsed);
  return !parsed.ok || problem ? problem : { name: base, scene: parsed.scene, readPicture: picture.read };
}

/** '' where there is none. */
function problemOf(parsed: ParsedScene): string {
  if (!parsed.ok) return `It is not as the format says: ${parsed.problem}`;
  return parsed.scene.questions.length === 0 ? 'There are no questions in it.' : '';
}

/** `scenes/scene-7-0001/scene.json` → `scenes/scene-7-0001`; `dunes.json` → `dunes`. */
function nameOf(path: string): string {
  return path.replace(/\/scene\.json$/i, '').replace(/\.json$/i, '');
}
