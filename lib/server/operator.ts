/**
 * The operator's command over the shares of this server: counting, sweeping, purging. It works on the store itself, beside a
 * running server or without one, with the same environment; it cannot read a share any more than the server can. Bundled for
 * Node by scripts/build.mjs and started by scripts/shares.mjs.
 */
import { isShareId } from '@/lib/share/address';
import { openBlobStore } from './open-blob-store';
import { readShareSettings, type Environment } from './share-settings';
import { createOpenOnce, withOnceSwept } from './open-once';
import { createShareStore } from './share-store';

const USAGE = `npm run shares -- <command>

  list                 how many shares, bytes, unfinished uploads, tombstones
  sweep                remove what has expired, now
  purge <id>           delete one share (the id is in its link: /t/<id>)
  purge-all --yes      delete every share
  forget-time --yes    after this machine's clock was ahead: trust it again (restart the server then)`;

/** Returns the exit code. */
export async function runOperator(
  args: readonly string[],
  env: Environment,
  print: (line: string) => void,
): Promise<number> {
  const [command, argument] = args;
  const settings = readShareSettings(env);
  const open = async () => {
    const blobs = await openBlobStore(settings);
    const store = createShareStore({ blobs, maxBytes: settings.maxBytes, storeBytes: settings.storeBytes });
    return withOnceSwept(store, createOpenOnce({ blobs, store }));
  };
  switch (command) {
    case 'list': {
      const store = await open();
      const { shares, bytes, uploads, tombstones } = await store.count();
      print(`${shares} shares, ${bytes} bytes; ${uploads} unfinished uploads; ${tombstones} tombstones`);
      const behind = Math.round((await store.clockBehind()) / 60_000);
      if (behind > 0) {
        print(`The clock is ${behind} minutes behind the latest time seen, by which shares end. See forget-time.`);
      }
      return 0;
    }
    case 'sweep': {
      const { expired, abandoned, forgotten, failed } = await (await open()).sweep();
      print(`${expired} expired, ${abandoned} unfinished uploads given up, ${forgotten} tombstones forgotten`);
      if (failed > 0) print(`${failed} objects could not be read or removed.`);
      return failed > 0 ? 1 : 0;
    }
    case 'purge': {
      if (argument === undefined || !isShareId(argument)) {
        print('purge needs the id of a share: 32 hex digits, as in its link after /t/.');
        return 2;
      }
      const found = await (await open()).purge(argument);
      print(found ? `${argument} is deleted.` : `There is no share ${argument}.`);
      return found ? 0 : 1;
    }
    case 'purge-all': {
      if (argument !== '--yes') {
        print('This deletes every share. Say purge-all --yes if that is meant.');
        return 2;
      }
      const { deleted, failed } = await (await open()).purgeAll();
      print(`${deleted} shares deleted.`);
      if (failed > 0) print(`${failed} could not be deleted.`);
      return failed > 0 ? 1 : 0;
    }
    case 'forget-time': {
      if (argument !== '--yes') {
        print('Shares whose time is over may be readable again. Say forget-time --yes if that is meant.');
        return 2;
      }
      await (await open()).forgetTime();
      print('The latest time seen is forgotten. Restart the server.');
      return 0;
    }
    default:
      print(USAGE);
      return command === undefined || command === 'help' || command === '--help' ? 0 : 2;
  }
}
