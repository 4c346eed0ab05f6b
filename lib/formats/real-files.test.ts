/**
 * Other people's files, where a folder of them is named by LOUPE_REAL_FILES: every record is read or says why not, no run is unsound, and what
 * is known of some of them holds. Skipped elsewhere; nothing of them is kept here.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boxesAt, lastCursor } from '@/lib/trajectory';
import { openSet, readRow, runOf } from './fixtures/opened';

const folder = process.env['LOUPE_REAL_FILES'] ?? '';

function filesUnder(at: string): readonly string[] {
  return readdirSync(at).flatMap((name) => {
    const path = join(at, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

const files = folder === '' ? [] : filesUnder(folder).filter((path) => !/\.md$/.test(path));
const blobOf = (path: string) => new Blob([readFileSync(path)]);
const find = (name: string) => files.find((path) => path.endsWith(name));

describe.skipIf(files.length === 0)('real files', () => {
  it.each(files.map((path) => [relative(folder, path), path]))('%s', async (name, path) => {
    const set = await openSet({ [name]: blobOf(path) });
    expect(set.rows.length + set.unread.length).toBeGreaterThan(0);
    for (const row of set.rows) {
      if (row.problem === undefined) await expect(runOf(set, row.index)).resolves.toBeDefined();
    }
  });

  it.skipIf(!find('official_direct_attributes_tmp_acc.first60.jsonl'))(
    'an official file: all of its 60 rows show their boxes',
    async () => {
      const set = await openSet({ 'a.jsonl': blobOf(find('official_direct_attributes_tmp_acc.first60.jsonl')!) });
      expect(set.rows).toHaveLength(60);
      for (const row of set.rows) {
        const { run } = await runOf(set, row.index);
        expect(boxesAt(run, lastCursor(run)).filter(({ cut }) => cut !== null)).toHaveLength(1);
        expect(readRow(row).facts.verdict.right).not.toBeNull();
      }
    },
  );
});
