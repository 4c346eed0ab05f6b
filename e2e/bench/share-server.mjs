/**
 * The share server alone, on files, as a process that can be killed: `node share-server.mjs <folder> <port>`. Says "listening"
 * when it does.
 */
import { loadSource } from './load-source.mjs';

const [folder = '', port = '0'] = process.argv.slice(2);
const { openFileBlobStore } = await loadSource('lib/server/file-blob-store.ts');
const { startShareServer } = await loadSource('lib/server/fixtures/share-server.ts');
await startShareServer({ blobs: await openFileBlobStore(folder), port: Number(port) });
console.log('listening');
