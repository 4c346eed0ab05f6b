/** Loupe's own runs: a document, one with its pictures beside it as data URLs, or one inside a line of DeepEyes' format. */
import { filesOf, runOfDeepEyesLine, type Json } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import type { Format, PictureFinder, Read } from '../contract';
import { isObject, textOf, type JsonObject } from '../json-shape';

export const loupe: Format = {
  id: 'loupe',
  unit: 'record',
  is: (record) => isObject(record) && documentIn(record) !== null,
  rules: ['as-recorded'],
  async *read([record = null], _where, finder) {
    if (isObject(record)) yield await readDocument(record, finder);
  },
};

function documentIn(record: JsonObject): JsonObject | null {
  const inner = runOfDeepEyesLine(record) as Json | undefined; // a part of JSON is JSON
  const document = isObject(inner) ? inner : record;
  return textOf(document['format']).startsWith('loupe-trajectory/') ? document : null;
}

async function readDocument(record: JsonObject, finder: PictureFinder): Promise<Read> {
  const parsed = parseTrajectory(documentIn(record));
  if (!parsed.ok) return { problem: { code: 'not-a-run', params: { path: parsed.problems[0]?.path ?? '' } } };
  const run = parsed.trajectory;
  const beside = isObject(record['files']) ? record['files'] : {};
  const wanted = [];
  for (const picture of run.pictures) {
    if (picture.from === 'view' || picture.file.hash === null) continue;
    const { hash, name } = picture.file;
    const inside = textOf(beside[hash]);
    const is = { names: [`pictures/${hash}`, name], hash };
    const found = inside === '' ? await finder.find(is) : await finder.keep(inside, name);
    if (!found) wanted.push({ picture: picture.id, is });
  }
  return {
    run,
    wanted,
    notes:
      filesOf(run).length > 0 && wanted.length > 0
        ? [{ code: 'picture-missing', params: { name: wanted[0]?.is.names[1] ?? '' } }]
        : [],
  };
}
