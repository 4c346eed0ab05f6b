/**
 * Objects as files: `<folder>/shares/<kind>/<id>`. A file is written under tmp/, made durable (fsync), and then linked to its
 * name in one step that fails where the name is taken; last the folder is made durable. A process that dies at any point
 * leaves a whole file or none. Several processes may use one folder.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { BLOB_ID, StoreError, type BlobKind, type BlobStore } from './blob-store';

const KINDS: readonly BlobKind[] = ['reserved', 'body', 'gone', 'once', 'claim'];
/** A temporary file this old belongs to nobody: uploads end long before. */
const ABANDONED_MS = 3_600_000;

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Folders cannot be opened on Windows, which makes names durable by itself. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL'].includes(codeOf(error))) throw error;
  } finally {
    await handle?.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Gives the finished file its name; false where the name is taken. */
async function publish(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    await rm(temporary, { force: true });
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    // File systems without hard links: the check and the step are two, but only a share's owner can write its name.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'].includes(code)) throw error;
    if (await exists(path)) return false;
    await rename(temporary, path);
    return true;
  }
}

async function writeWhole(path: string, body: AsyncIterable<Uint8Array>, size: number): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    let written = 0;
    for await (const piece of body) {
      written += piece.length;
      if (written > size) throw new StoreError('size', 'more bytes than announced');
      // One write may take fewer bytes than asked.
      for (let at = 0; at < piece.length;) at += (await handle.write(piece, at)).bytesWritten;
    }
    if (written !== size) throw new StoreError('size', 'fewer bytes than announced');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function openFileBlobStore(folder: string): Promise<BlobStore> {
  const root = join(folder, 'shares');
  const temporaryFolder = join(root, 'tmp');
  for (const name of [...KINDS, 'tmp']) await mkdir(join(root, name), { recursive: true, mode: 0o700 });
  await syncFolder(root);
  const pathOf = (name: string): string => {
    const [kind = '', id = ''] = name.split('/');
    if (!BLOB_ID.test(id)) throw new RangeError('not an id');
    return join(root, kind, id);
  };

  return {
    async put(name, body, size) {
      const path = pathOf(name);
      if (await exists(path)) return 'exists';
      const temporary = join(temporaryFolder, randomUUID());
      try {
        await writeWhole(temporary, body, size);
        const published = await publish(temporary, path);
        if (!published) await rm(temporary, { force: true });
        // Also where it was there: whoever hears "exists" may rely on it.
        await syncFolder(join(path, '..'));
        return published ? 'stored' : 'exists';
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error))) {
          throw new StoreError('full', 'the disk is full', { cause: error });
        }
        throw error;
      }
    },

    async get(name) {
      let handle: FileHandle;
      try {
        handle = await open(pathOf(name), 'r');
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
      try {
        const { size } = await handle.stat();
        // Node's web stream type and the platform's differ in name only.
        const body = Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>;
        return { size, body };
      } catch (error) {
        await handle.close();
        throw error;
      }
    },

    has: (name) => exists(pathOf(name)),

    async remove(name) {
      const path = pathOf(name);
      if (!(await exists(path))) return;
      await rm(path, { force: true });
      await syncFolder(join(path, '..'));
    },

    async *list(kind) {
      for (const id of await readdir(join(root, kind))) {
        if (!BLOB_ID.test(id)) continue;
        const found = await stat(join(root, kind, id)).catch(() => null);
        if (found?.isFile()) yield { id, size: found.size };
      }
    },

    async tidy() {
      for (const name of await readdir(temporaryFolder)) {
        const path = join(temporaryFolder, name);
        const found = await stat(path).catch(() => null);
        if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true });
      }
    },
  };
}
