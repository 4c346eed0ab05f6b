/** The scenes that ship with the app: the gallery's pictures with their questions (public/gallery). */
import { readDataSet } from './read-data-set';
import { DataError, type DataFile, type DataSet } from './data-set';

const GALLERY = '/gallery/';

async function fetchFile(name: string): Promise<Blob> {
  const answer = await fetch(GALLERY + name);
  if (!answer.ok) throw new DataError({ code: 'not-fetched', params: { name, status: answer.status } });
  return answer.blob();
}

/** Rejects where the gallery cannot be had at all. */
export async function fetchShippedScenes(): Promise<DataSet> {
  const index: unknown = JSON.parse(await (await fetchFile('index.json')).text());
  const pictures = typeof index === 'object' && index !== null && 'pictures' in index ? index.pictures : null;
  const files: DataFile[] = [];
  for (const entry of Array.isArray(pictures) ? (pictures as unknown[]) : []) {
    if (typeof entry !== 'object' || entry === null || !('scene' in entry) || !('image' in entry)) continue;
    for (const path of [entry.scene, entry.image]) {
      if (typeof path === 'string') files.push({ path, read: () => fetchFile(path) });
    }
  }
  return readDataSet(null, files);
}
