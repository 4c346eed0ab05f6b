/** Shares made from outside the page, by the same code, and what their server holds on disk. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  packShare,
  shareLink,
  uploadShare,
  type OwnShare,
  type PackOptions,
  type UploadOptions,
} from '../../lib/share';
import { goldenRun } from './golden-run';

/** Where the server of the stories keeps shares: playwright.config.ts. */
export const DATA_FOLDER = process.env.LOUPE_DATA ?? join(import.meta.dirname, '..', '..', 'test-results', 'e2e-data');

export async function makeShare(
  baseUrl: string,
  options: Partial<PackOptions> = {},
  asks: Pick<UploadOptions, 'password' | 'once'> = {},
): Promise<OwnShare> {
  const { trajectory, picture } = goldenRun();
  const blob = new Blob([new Uint8Array(picture)], { type: 'image/png' });
  const packed = await packShare(
    { trajectory, picture: () => Promise.resolve(blob) },
    { includeImage: true, upTo: null, locked: typeof asks.password === 'string', ...options },
  );
  return uploadShare(packed, { baseUrl, expiry: '1-hour', ...asks });
}

/** Its path, for a browser that knows the site. */
export function pathOf(share: Pick<OwnShare, 'id' | 'key'>, step: number | null = null): string {
  return shareLink(share, { origin: '', step });
}

/** Turns the server's own record back, as if the share's time were over. */
export function letExpire({ id }: OwnShare): void {
  const path = join(DATA_FOLDER, 'shares', 'reserved', id);
  const record = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify({ ...record, expiresAt: new Date(Date.now() - 1000).toISOString() }));
}

export function storedBody({ id }: Pick<OwnShare, 'id'>): Buffer {
  return readFileSync(join(DATA_FOLDER, 'shares', 'body', id));
}

export function overwriteBody({ id }: OwnShare, bytes: Uint8Array): void {
  writeFileSync(join(DATA_FOLDER, 'shares', 'body', id), bytes);
}
