import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { createMutex } from './mutex';
import { onAbort } from './on-abort';

const listeners = ({ signal }: AbortController) => getEventListeners(signal, 'abort').length;

it('however many wait, a signal has one listener; when none does any more, none', () => {
  const controller = new AbortController();
  const ends = Array.from({ length: 50 }, () => onAbort(controller.signal, () => undefined));
  expect(listeners(controller)).toBe(1);
  for (const end of ends.slice(1)) end();
  expect(listeners(controller)).toBe(1);
  ends[0]?.();
  ends[0]?.();
  expect(listeners(controller)).toBe(0);
});

it('each is told once, but who has left, also while the others are told', () => {
  const controller = new AbortController();
  const told: string[] = [];
  const leave = onAbort(controller.signal, () => told.push('left'));
  onAbort(controller.signal, () => {
    told.push('first');
    leaveLater();
  });
  const leaveLater = onAbort(controller.signal, () => told.push('left later'));
  onAbort(controller.signal, () => told.push('last'));
  leave();
  controller.abort();
  controller.abort();
  expect(told).toEqual(['first', 'last']);
  expect(listeners(controller)).toBe(0);
});

it('a queue at a mutex is one listener, which goes with the queue', async () => {
  const controller = new AbortController();
  const mutex = createMutex();
  const leave = await mutex.enter();
  const queue = Array.from({ length: 20 }, () => mutex.run(() => Promise.resolve(), controller.signal));
  expect(listeners(controller)).toBe(1);
  leave();
  await Promise.all(queue);
  expect(listeners(controller)).toBe(0);
});
