import { expect, test, vi } from 'vitest';
import { ASKED_KEY, createStorageDesk } from './storage';

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

function manager(answers: boolean) {
  let promised = false;
  return {
    estimate: () => Promise.resolve({ usage: 5, quota: 50 }),
    persisted: () => Promise.resolve(promised),
    persist: vi.fn(() => Promise.resolve((promised = answers))),
  };
}

test('asks once, says what was answered, and remembers having asked', async () => {
  const [browser, kept] = [manager(false), memory()];
  const desk = createStorageDesk(browser, kept);
  expect(await desk.read()).toEqual({ used: 5, allowed: 50, lasting: 'not-promised', asked: false });
  expect(browser.persist).not.toHaveBeenCalled();
  expect(await desk.ask(true)).toMatchObject({ lasting: 'not-promised', asked: true });
  await desk.ask(true);
  await createStorageDesk(browser, kept).ask(true);
  expect(browser.persist).toHaveBeenCalledOnce();
  expect(kept.kept.get(ASKED_KEY)).toBe('yes');
  await desk.ask(false); // a person's own wish
  expect(browser.persist).toHaveBeenCalledTimes(2);
});

test('a promise is not asked for again', async () => {
  const browser = manager(true);
  const desk = createStorageDesk(browser, memory());
  expect(await desk.ask(true)).toMatchObject({ lasting: 'promised' });
  await desk.ask(false);
  expect(browser.persist).toHaveBeenCalledOnce();
});

test('what a browser does not say is unknown, not guessed', async () => {
  const nothing = { used: null, allowed: null, lasting: 'unknown' };
  expect(await createStorageDesk(null, null).ask(true)).toMatchObject(nothing);
  expect(await createStorageDesk({}, null).read()).toMatchObject(nothing);
  const refuses = () => Promise.reject(new Error('no'));
  expect(
    await createStorageDesk({ estimate: refuses, persisted: refuses, persist: refuses }, null).ask(true),
  ).toMatchObject(nothing);
});
