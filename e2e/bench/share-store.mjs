/** A store for a program of this folder: `files`, `s3` (s3rver) or `ceph`, and the settings by which a server finds it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSource } from './load-source.mjs';

export const STORES = ['files', 's3', 'ceph'];

async function startServer(kind) {
  if (kind === 's3') return (await loadSource('lib/server/fixtures/s3-server.ts')).startS3Server();
  const { noRadosgw, startRadosgw } = await loadSource('lib/server/fixtures/radosgw.ts');
  const why = noRadosgw();
  if (why !== null) throw new Error(why);
  return startRadosgw();
}

/** @param {string} kind one of STORES */
export async function startStore(kind) {
  if (!STORES.includes(kind)) throw new Error(`There is no store "${kind}"; there are ${STORES.join(', ')}.`);
  const folder = await mkdtemp(join(tmpdir(), 'loupe-store-'));
  const server = kind === 'files' ? null : await startServer(kind);
  const env = { LOUPE_DATA: folder };
  if (server) {
    const { endpoint, bucket, accessKeyId, secretAccessKey, prefix } = server.settings;
    Object.assign(env, {
      LOUPE_S3_ENDPOINT: endpoint,
      LOUPE_S3_BUCKET: bucket,
      LOUPE_S3_ACCESS_KEY_ID: accessKeyId,
      LOUPE_S3_SECRET_ACCESS_KEY: secretAccessKey,
      LOUPE_S3_PREFIX: prefix,
    });
  }
  const { openBlobStore } = await loadSource('lib/server/open-blob-store.ts');
  const { readShareSettings } = await loadSource('lib/server/share-settings.ts');
  return {
    folder,
    env,
    open: () => openBlobStore(readShareSettings(env)),
    async stop() {
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
