/** The stores that shares may lie in, each with the production app before it: for tests of what the built app does with them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlobStore } from '../../lib/server/blob-store';
import { noRadosgw, startRadosgw, type Radosgw } from '../../lib/server/fixtures/radosgw';
import { startS3Server, type S3Server } from '../../lib/server/fixtures/s3-server';
import { openBlobStore } from '../../lib/server/open-blob-store';
import { readShareSettings } from '../../lib/server/share-settings';
import { NO_LIMITS } from '../bench/attack/stores.mjs';
import { startApp } from '../bench/start-app.mjs';

export const DRIVERS = ['files', 'S3 (s3rver)', 'S3 (Ceph)'] as const;
export type Driver = (typeof DRIVERS)[number];

export interface StoredApp {
  readonly url: string;
  /** The same store, past the app. */
  readonly blobs: BlobStore;
  readonly env: Record<string, string>;
  /** Another app on the same store. */
  another(): Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** Ceph's quota for the bucket in bytes, or none; null where the store knows no quota. */
  readonly setQuota: ((bytes: number | null) => Promise<void>) | null;
  /** The store goes away; the app stays. */
  stopStore(): Promise<void>;
  stop(): Promise<void>;
}

/** Null, or why this driver cannot be tried here. */
export function missing(driver: Driver): string | null {
  return driver === 'S3 (Ceph)' ? noRadosgw() : null;
}

function s3Environment({ settings }: S3Server): Record<string, string> {
  return {
    LOUPE_S3_ENDPOINT: settings.endpoint,
    LOUPE_S3_BUCKET: settings.bucket,
    LOUPE_S3_ACCESS_KEY_ID: settings.accessKeyId,
    LOUPE_S3_SECRET_ACCESS_KEY: settings.secretAccessKey,
    LOUPE_S3_PREFIX: settings.prefix,
  };
}

export async function startStoredApp(driver: Driver): Promise<StoredApp> {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-store-'));
  const server = driver === 'files' ? null : await (driver === 'S3 (Ceph)' ? startRadosgw() : startS3Server());
  const env = { ...NO_LIMITS, LOUPE_DATA: folder, ...(server ? s3Environment(server) : {}) };
  let running = server !== null;
  const stopStore = async () => {
    if (running) await server?.stop();
    running = false;
  };
  const app = await startApp(env, { quiet: true });
  return {
    url: app.url,
    env,
    blobs: await openBlobStore(readShareSettings(env)),
    another: () => startApp(env, { quiet: true }),
    setQuota: server && 'setQuota' in server ? (server as Radosgw).setQuota : null,
    stopStore,
    async stop() {
      await app.stop();
      await stopStore();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
