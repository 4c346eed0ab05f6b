/** A file system of its own that is soon full, in memory: Linux, as root. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Null, or why there can be none here. */
export function noSmallDisk() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a small disk takes Linux and root';
  try {
    mountSmallDisk(65_536).unmount();
    return null;
  } catch (error) {
    return `a small disk cannot be mounted here: ${String(error).split('\n')[0]}`;
  }
}

/** @param {number} files how many it may hold, folders included */
export function mountSmallDisk(bytes, files = 10_000) {
  const folder = mkdtempSync(join(tmpdir(), 'loupe-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},nr_inodes=${files},mode=700`, 'tmpfs', folder], {
      stdio: 'pipe',
    });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  return {
    folder,
    /** To the last block. */
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(join(folder, 'filler'), Buffer.alloc(bavail * bsize, 1), { flag: 'a' });
    },
    empty: () => rmSync(join(folder, 'filler'), { force: true }),
    free: () => statfsSync(folder).bavail * statfsSync(folder).bsize,
    files: () => statfsSync(folder).ffree,
    remount: (how) => execFileSync('mount', ['-o', `remount,${how}`, folder], { stdio: 'pipe' }),
    unmount() {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
