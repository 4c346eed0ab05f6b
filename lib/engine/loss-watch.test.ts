/** What waits for a device that may be lost, and what it leaves behind. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createLossWatch } from './worker/runtime/loss-watch';

const never = new Promise<never>(() => undefined);

it('gives what the work gives, and its error', async () => {
  const orLost = createLossWatch(never);
  await expect(orLost(Promise.resolve(7))).resolves.toBe(7);
  await expect(orLost(Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
});

it('fails work that never ends when the device is lost, and all that begins afterwards', async () => {
  let lose: (info: { message: string }) => void = () => undefined;
  const orLost = createLossWatch(new Promise((resolve) => (lose = resolve)));
  const working = orLost(never);
  lose({ message: 'a driver reset' });
  const lost = { code: 'device-lost', message: 'The graphics device was lost: a driver reset' };
  await expect(working).rejects.toMatchObject(lost);
  await expect(orLost(never)).rejects.toMatchObject(lost);
  // Nobody waits for this one's error any more.
  await expect(orLost(Promise.reject(new Error('late')))).rejects.toMatchObject(lost);
});

it('holds on to nothing that is done', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const orLost = createLossWatch(never);
  const results: WeakRef<object>[] = [];
  for (let i = 0; i < 20; i++) {
    await orLost(Promise.resolve({ i }).then((made) => (results.push(new WeakRef(made)), made)));
  }
  // A WeakRef holds what it was asked for until the turn ends.
  await new Promise((resolve) => setTimeout(resolve));
  collect();
  // The last one may still be on the stack.
  expect(results.filter((one) => one.deref() !== undefined).length).toBeLessThanOrEqual(1);
});
