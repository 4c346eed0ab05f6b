/**
 * The visitor's own runs, put in and read from outside: straight into IndexedDB, in the oldest version of the database, which
 * the page then brings up to date.
 */
import type { Page } from '@playwright/test';
import type { KeptRun } from './golden-run';

/** A page of this site that opens no database. */
const QUIET_PAGE = '/robots.txt';

/** Only for a profile that has no library yet. */
export async function keepRun(page: Page, { original, picture }: KeptRun): Promise<void> {
  await page.goto(QUIET_PAGE);
  await page.evaluate(
    async ({ original, base64 }) => {
      const bytes = await (await fetch(`data:image/png;base64,${base64}`)).blob();
      const open = indexedDB.open('loupe-library', 1);
      await new Promise<void>((resolve, reject) => {
        open.onupgradeneeded = () => {
          const database = open.result;
          database.createObjectStore('runs', { keyPath: 'id' });
          database.createObjectStore('summaries', { keyPath: 'id' }).createIndex('by-image', 'imageHash');
          database.createObjectStore('images', { keyPath: 'hash' });
          database.createObjectStore('meta', { keyPath: 'key' });
        };
        open.onerror = () => reject(new Error(open.error?.message));
        open.onsuccess = () => {
          const database = open.result;
          const change = database.transaction(['runs', 'summaries', 'images'], 'readwrite');
          const { id, title, question, createdAt, updatedAt, status, image } = original;
          change.objectStore('runs').put({ id, trajectory: original });
          change.objectStore('images').put({ hash: image.hash, bytes });
          change.objectStore('summaries').put({
            id,
            title,
            question,
            answer: '',
            createdAt,
            updatedAt,
            status,
            calls: 0,
            imageHash: image.hash,
            thumbnail: null,
          });
          change.oncomplete = () => {
            database.close();
            resolve();
          };
          change.onabort = () => reject(new Error(change.error?.message));
        };
      });
    },
    { original, base64: picture.toString('base64') },
  );
}

/** Every record of the library as text, in order; null where this profile has no library. */
export async function readLibrary(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === 'loupe-library')) return null;
    const open = indexedDB.open('loupe-library');
    return new Promise<string>((resolve, reject) => {
      open.onerror = () => reject(new Error(open.error?.message));
      open.onsuccess = () => {
        const database = open.result;
        const rows = ['runs', 'summaries'].map(
          (store) =>
            new Promise<unknown>((done, failed) => {
              const all = database.transaction(store).objectStore(store).getAll();
              all.onsuccess = () => done(all.result);
              all.onerror = () => failed(new Error(all.error?.message));
            }),
        );
        Promise.all(rows).then((found) => {
          database.close();
          resolve(JSON.stringify(found));
        }, reject);
      };
    });
  });
}

export async function keptRuns(page: Page): Promise<number> {
  const text = await readLibrary(page);
  return text === null ? 0 : (JSON.parse(text) as unknown[][])[0]!.length;
}
