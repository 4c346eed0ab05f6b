import { expect, test, vi } from 'vitest';
import { ASKED_KEY, createPersistence } from './storage';

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
  const persistence = createPersistence(browser, kept);
  expect(await persistence.read()).toEqual({ used: 5, allowed: 50, lasting: 'not-promised', asked: false });
  expect(browser.persist).not.toHaveBeenCalled();
  expect(await persistence.ask(true)).toMatchObject({ lasting: 'not-promised', asked: true });
  await persistence.ask(true);
  await createPersistence(browser, kept).ask(true);
  expect(browser.persist).toHaveBeenCalledOnce();
  expect(kept.kept.get(ASKED_KEY)).toBe('yes');
  await persistence.ask(false); // a person's own wish
  expect(browser.persist).toHaveBeenCalledTimes(2);
});

test('a promise is not asked for again', async () => {
  const browser = manager(true);
  const persistence = createPersistence(browser, memory());
  expect(await persistence.ask(true)).toMatchObject({ lasting: 'promised' });
  await persistence.ask(false);
  expect(browser.persist).toHaveBeenCalledOnce();
});

test('what a browser does not say is unknown, not guessed', async () => {
  const nothing = { used: null, allowed: null, lasting: 'unknown' };
  expect(await createPersistence(null, null).ask(true)).toMatchObject(nothing);
  expect(await createPersistence({}, null).read()).toMatchObject(nothing);
  const refuses = () => Promise.reject(new Error('no'));
  expect(
    await createPersistence({ estimate: refuses, persisted: refuses, persist: refuses }, null).ask(true),
  ).toMatchObject(nothing);
});
