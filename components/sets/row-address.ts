/**
 * A row of a set in an address, `set=<id>&row=<n>` for a kept set or `open=<url>&row=<n>` for one of the web: what `/set` itself says. One of the
 * web is read where it is open in this tab; nothing is fetched for a comparison that nobody was asked about.
 */
import type { FileHash, Trajectory } from '@/lib/trajectory';
import { createSetStore } from './create-set-store';
import { besideSet, mainSet, type SetState, type SetStore } from './set-store';

type Named = Pick<SetState, 'kept' | 'address'>;

/** Null where the set has no name that another page could find it by. */
export function rowAddress({ kept, address }: Named, row: number): string | null {
  if (kept !== null) return `set=${kept}&row=${row}`;
  return address === null ? null : `open=${encodeURIComponent(address)}&row=${row}`;
}

interface ReadRun {
  readonly run: Trajectory;
  readonly files: ReadonlyMap<FileHash, Blob>;
}

/** Null where there is no such set or row here. */
export async function readRowAt(address: string): Promise<ReadRun | null> {
  const given = new URLSearchParams(address);
  const [set, open, row] = [given.get('set'), given.get('open'), Number(given.get('row') ?? NaN)];
  if ((set === null && open === null) || !Number.isInteger(row) || row < 0) return null;
  const here = [mainSet, besideSet].find((store) => {
    const { kept, address: of, rows } = store.getSetState();
    return rows.length > 0 && (set === null ? of === open : kept === set);
  });
  if (here) return readFrom(here, row);
  if (set === null) return null;
  const store = createSetStore();
  try {
    await store.openKept(set);
    return await readFrom(store, row);
  } finally {
    store.closeSet();
  }
}

async function readFrom(store: SetStore, row: number): Promise<ReadRun | null> {
  if (!store.getSetState().rows[row]) return null;
  const read = await store.readSetRow(row);
  return 'problem' in read ? null : { run: read.run, files: read.files };
}
