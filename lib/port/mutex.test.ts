/** Who waits enters in order, who gives up does not enter, and a place is given back however its holder ends. */
import { describe, expect, it } from 'vitest';
import { createMutex } from './mutex';

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('a mutex', () => {
  it('lets one in at a time, in the order they came', async () => {
    const mutex = createMutex();
    const log: string[] = [];
    const task = (name: string) => async () => {
      log.push(`${name} in`);
      await soon();
      log.push(`${name} out`);
    };
    await Promise.all(['a', 'b', 'c'].map((name) => mutex.run(task(name))));
    expect(log).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('lets in as many as it has places', async () => {
    const mutex = createMutex(2);
    let inside = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, (inside += 1));
      await soon();
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 7 }, () => mutex.run(task)));
    expect(most).toBe(2);
  });

  it('forgets who gave up waiting', async () => {
    const mutex = createMutex();
    const leave = await mutex.enter();
    const controller = new AbortController();
    const gaveUp = mutex.enter(controller.signal);
    const next = mutex.enter();
    controller.abort(new Error('enough'));
    await expect(gaveUp).rejects.toThrow('enough');
    leave();
    (await next)();
    await expect(mutex.enter()).resolves.toBeTypeOf('function');
  });

  it('does not enter when aborted before', async () => {
    const mutex = createMutex();
    await expect(mutex.enter(AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
    await expect(mutex.run(async () => 1)).resolves.toBe(1);
  });

  it('goes on after a task that failed, and after a place given back twice', async () => {
    const mutex = createMutex();
    await expect(mutex.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const leave = await mutex.enter();
    const first = mutex.enter();
    const second = mutex.enter();
    leave();
    leave();
    let entered = false;
    void second.then(() => (entered = true));
    const leaveFirst = await first;
    await soon();
    expect(entered).toBe(false);
    leaveFirst();
    await second;
  });
});
