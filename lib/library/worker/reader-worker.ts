/** The library's worker: the same library, with its own connection, behind the RPC. */
import { createChannel, serveRpc } from '@/lib/port';
import { piecesOf } from '@/lib/trajectory';
import { importRuns } from '../archive';
import type { TrajectoryLibrary } from '../contract';
import { createIndexedDbLibrary } from '../indexed-db-library';
import type { ReaderMethods } from '../worker-protocol';

let opened: { readonly name: string | undefined; readonly library: Promise<TrajectoryLibrary> } | null = null;

function libraryOf(name: string | undefined): Promise<TrajectoryLibrary> {
  if (opened?.name !== name) opened = null;
  opened ??= { name, library: createIndexedDbLibrary(name === undefined ? {} : { name }) };
  // Whatever hindered it may be over the next time.
  opened.library.catch(() => (opened = null));
  return opened.library;
}

serveRpc<ReaderMethods>(self, {
  async *load({ name, id, options }) {
    const run = await (await libraryOf(name)).load(id, options);
    if (!run) return;
    yield { piece: 'files', files: run.files };
    yield* piecesOf(run.trajectory);
  },

  async *import({ name, files }) {
    const library = await libraryOf(name);
    const told = createChannel<ReaderMethods['import']['item']>();
    const importing = importRuns(library, files, (done, total) => told.push({ done, total }));
    importing.then(
      (report) => {
        told.push({ report });
        told.end();
      },
      (error: unknown) => told.fail(error),
    );
    yield* told;
  },
});
