/** Tables whose rows tell what records elsewhere leave out: a data set beside results, a batch's requests beside its answers. */
import type { Json } from '@/lib/trajectory';
import type { Records } from './containers/record-file';
import type { Source } from './containers/source';
import { isObject, scalarText, type JsonObject } from './json-shape';

/** Records of a file that was given. */
export type Table = Records & { readonly source: Pick<Source, 'path'> };

/** A data set's `index`, or what batches tell their requests by. */
const keyOfRow = (row: JsonObject): string => scalarText(row['index'] ?? row['custom_id'] ?? row['key']);

interface TableRow {
  readonly folder: string;
  readonly read: () => Promise<Json>;
}

/** Where the rows of tables are, by their key: read once, none kept. In a table the first of a key is it. */
export async function rowsByKey(tables: readonly Table[]): Promise<ReadonlyMap<string, readonly TableRow[]>> {
  const rows = new Map<string, TableRow[]>();
  for (const { index, read, source } of tables) {
    const own = new Set<string>();
    for (const place of index.records) {
      const record = await read(place, place.to);
      const key = 'json' in record && isObject(record.json) ? keyOfRow(record.json) : '';
      if (key === '' || own.has(key)) continue;
      own.add(key);
      const row: TableRow = {
        folder: source.path.slice(0, Math.max(0, source.path.lastIndexOf('/'))),
        read: async () => {
          const again = await read(place, place.to);
          return 'json' in again ? again.json : null;
        },
      };
      rows.set(key, [...(rows.get(key) ?? []), row]);
    }
  }
  return rows;
}

/** Of several tables that have a key the one in the record's own folder; none where nothing tells which is meant. */
export function rowFor(rows: readonly TableRow[], folder: string): TableRow | null {
  const near = rows.filter((row) => row.folder === folder);
  const [only, more] = near.length > 0 ? near : rows;
  return only && !more ? only : null;
}
