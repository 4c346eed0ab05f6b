/**
 * The share server alone, as a process that can be killed: `node share-server.mjs <port>`, its store from the environment
 * (README.md has the table). Says "listening" when it does.
 */
import { loadSource } from './load-source.mjs';

const [port = '0'] = process.argv.slice(2);
const { openBlobStore } = await loadSource('lib/server/open-blob-store.ts');
const { readShareSettings } = await loadSource('lib/server/share-settings.ts');
const { startShareServer } = await loadSource('lib/server/fixtures/share-server.ts');
await startShareServer({ blobs: await openBlobStore(readShareSettings(process.env)), port: Number(port) });
console.log('listening');
