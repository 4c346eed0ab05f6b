import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { openSet } from './fixtures/opened';
it('x', async () => {
  const paths = (process.env['TRY'] ?? '').split(',');
  const set = await openSet(Object.fromEntries(paths.map((p) => [p.split('/').at(-1)!, new Blob([readFileSync(p)])])));
  console.log(set.files, set.unread);
  for (const row of set.rows) {
    const got = await set.desk.row(row.index);
    if ('problem' in got) {
      console.log(got);
      continue;
    }
    console.log(
      got.notes,
      JSON.stringify(got.wanted),
      JSON.stringify(got.run.pictures, null, 0),
      JSON.stringify(got.run.given),
      got.run.parent,
      got.run.stop,
      got.run.title,
      got.run.models,
    );
    for (const s of got.run.steps) {
      const { tokens, span, ...x } = s as any;
      console.log(JSON.stringify(x).slice(0, 500));
    }
  }
});
