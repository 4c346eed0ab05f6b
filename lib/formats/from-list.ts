/** Records that are all here, for a format that reads them one after the other. */
import type { Json } from '@/lib/trajectory';

export async function* fromList(records: readonly Json[]): AsyncGenerator<Json, void> {
  yield* records;
}
