/**
 * Where pages get Python's real libraries (`LOUPE_PYODIDE`): a folder of this server with the files of a Pyodide distribution, or an address of
 * one. Nothing by default; pages then offer the official one. Pages hold every file to the hash they know.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { SettingsError, type Environment } from './share-settings';

export type LibrariesSetting = { readonly folder: string } | { readonly address: string } | null;

/** @throws SettingsError */
export function readPyodide(env: Environment): LibrariesSetting {
  const given = env.LOUPE_PYODIDE?.trim() ?? '';
  if (given === '') return null;
  if (isAbsolute(given)) return { folder: given };
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url && /^https?:$/.test(url.protocol) && url.username + url.password + url.search + url.hash === '') {
    return { address: `${url.href.replace(/\/+$/, '')}/` };
  }
  throw new SettingsError(
    `LOUPE_PYODIDE is "${given}"; it has to be the absolute path of a folder or an http or https address.`,
  );
}

/** Packages, and no way out of the folder. */
const FILE = /^[A-Za-z0-9][A-Za-z0-9._+-]*\.(?:whl|zip|tar)$/;

/** @param path behind `/api/python`; empty: where they are, `{ "address": … }`, null where nobody said */
export async function answerLibraries(setting: LibrariesSetting, path: readonly string[]): Promise<Response> {
  const headers = { 'Cache-Control': 'no-cache' };
  if (path.length === 0) {
    const address = setting === null ? null : 'address' in setting ? setting.address : '/api/python/';
    return Response.json({ address }, { headers });
  }
  const [name = ''] = path;
  const nothing = () => new Response(null, { status: 404, headers });
  if (setting === null || !('folder' in setting) || path.length > 1 || !FILE.test(name)) return nothing();
  const file = join(setting.folder, name);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return nothing();
  // Node's streams are the web's; their types are two.
  const body = Readable.toWeb(
    createReadStream(file),
  ) as NodeStream<Uint8Array> as unknown as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: { ...headers, 'Content-Type': 'application/octet-stream', 'Content-Length': String(found.size) },
  });
}
