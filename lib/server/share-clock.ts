/**
 * The time by which shares end. It never goes back: not when the machine's clock is set back, and not when the process then
 * starts again, because the latest time is kept in the store as the name of an object, `seen/<time>`. Written with each sweep,
 * and before a share is first said to have ended: what has once ended stays so. While a process runs, its time goes on with
 * the machine's count of elapsed time, so that shares made under a clock that was ahead still end.
 */
import type { BlobStore } from './blob-store';

export interface ShareClockOptions {
  readonly blobs: BlobStore;
  /** Milliseconds since 1970, as the machine has it. */
  readonly wall?: () => number;
  /** Milliseconds elapsed since some moment; nobody can set it. */
  readonly ticks?: () => number;
}

export interface ShareClock {
  /** Milliseconds since 1970. Reads the store the first time. */
  now(): Promise<number>;
  /** Writes the time down, unless one of at least `time` was. */
  keep(time?: number): Promise<void>;
  /** By how many milliseconds the machine's clock is behind. */
  behind(): Promise<number>;
}

const nameOf = (time: number): `seen/${string}` => `seen/${Math.floor(time).toString(16).padStart(32, '0')}`;
const timeOf = (id: string): number => Number.parseInt(id, 16);

async function* oneByte(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1);
}

export function createShareClock({
  blobs,
  wall = Date.now,
  ticks = () => performance.now(),
}: ShareClockOptions): ShareClock {
  let [latest, at, kept] = [0, ticks(), 0];
  let read: Promise<unknown> | null = null;

  /** The times in the store; those of other processes count as well. */
  async function readKept(): Promise<number[]> {
    const times: number[] = [];
    for await (const { id } of blobs.list('seen')) times.push(timeOf(id));
    kept = Math.max(kept, ...times);
    latest = Math.max(latest, kept);
    return times;
  }

  async function now(): Promise<number> {
    read ??= readKept();
    try {
      await read;
    } catch (error) {
      read = null;
      throw error;
    }
    const tick = ticks();
    latest = Math.max(wall(), latest + (tick - at));
    at = tick;
    return latest;
  }

  return {
    now,
    async keep(time = Number.POSITIVE_INFINITY) {
      if (kept >= time) return;
      const times = await readKept();
      const current = Math.floor(await now());
      if (current > kept) await blobs.put(nameOf(current), oneByte(), 1);
      kept = Math.max(kept, current);
      for (const older of times) if (older < current) await blobs.remove(nameOf(older));
    },
    behind: async () => Math.max(0, (await now()) - wall()),
  };
}
