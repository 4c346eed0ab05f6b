/** A file of records, whatever holds them: JSON, a table of text, a workbook, columns in Parquet. */
import type { ReadRecord, RecordIndex, RecordPlace } from './records';

export interface Records {
  readonly index: RecordIndex;
  /** @param upTo where the last of those that will be read ends */
  readonly read: (place: RecordPlace, upTo: number) => Promise<ReadRecord>;
}

/** Of containers whose rows are counted and have no place in bytes. */
export function countedRecords(count: number, read: (row: number) => Promise<ReadRecord>): Records {
  const records = Array.from({ length: count }, (_, row) => ({ from: row, to: row + 1, depth: 1 }));
  return { index: { kind: 'lines', records }, read: ({ from }) => read(from) };
}
