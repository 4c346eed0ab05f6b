/** The set in RealX-Bench's layout that ships with the app (scripts/realx.mjs draws it): its pictures are the gallery's. */
import { DataError, type DataFile, type DataSet } from './data-set';
import { readDataSet } from './read-data-set';
import { realXRows } from './read-realx';

async function fetchFile(path: string): Promise<Blob> {
  const answer = await fetch(path);
  if (!answer.ok) throw new DataError({ code: 'not-fetched', params: { name: path, status: answer.status } });
  return answer.blob();
}

const fileAt = (path: string, address: string): DataFile => ({ path, read: () => fetchFile(address) });

/** Rejects where it cannot be had. @param name as people know it */
export async function fetchShippedRealX(name: string): Promise<DataSet> {
  const questions = await fetchFile('/realx/questions.jsonl');
  const collection = await fetchFile('/realx/collection.jsonl');
  const images = new Set((realXRows(await questions.text()) ?? []).map(({ image }) => image));
  const shown = (await collection.text()).match(/[\w-]+\.thumb\.webp/g) ?? [];
  return readDataSet(name, [
    { path: 'questions.jsonl', read: () => Promise.resolve(questions) },
    ...[...images].map((image) => fileAt(image, `/gallery/${image}`)),
    { path: 'collection/collection.jsonl', read: () => Promise.resolve(collection) },
    ...shown.map((image) => fileAt(`collection/${image}`, `/gallery/${image}`)),
  ]);
}
