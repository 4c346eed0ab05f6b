/**
 * `npm run shares -- list | sweep | purge <id> | purge-all --yes`: the operator's command (lib/server/operator.ts), with the
 * environment of the server it is about.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, runMain, SetupError } from './install.mjs';

const OPERATOR = join(ROOT, '.next/operator/operator.mjs');

await runMain(async () => {
  if (!existsSync(OPERATOR)) throw new SetupError('There is no build yet. Run npm run build first.');
  const { runOperator } = await import(pathToFileURL(OPERATOR).href);
  try {
    return await runOperator(process.argv.slice(2), process.env, console.log);
  } catch (error) {
    if (error?.name === 'SettingsError') throw new SetupError(error.message);
    throw error;
  }
});
