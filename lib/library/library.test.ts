/** The library in Node: the twin in memory, and IndexedDB through fake-indexeddb. */
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hashesOf } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { MIGRATIONS, type LibraryDatabase, type Migration } from './database';
import { describeLibrary, imageOf, makeRun, picture, saveOne } from './fixtures/contract-suite';
import { LOOKED, makeVersion1 } from './fixtures/version-1';
import { createIndexedDbLibrary } from './indexed-db-library';
import { createMemoryLibrary } from './memory-library';
import { openLibrary } from './open-library';

let databases = 0;
const freshName = (): string => `test-${++databases}`;

describeLibrary('the library in memory', () => Promise.resolve(createMemoryLibrary()));
describeLibrary('the library in IndexedDB (imitated)', () => createIndexedDbLibrary({ name: freshName() }));

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a run outlasts the page', async () => {
  const name = freshName();
  const before = await createIndexedDbLibrary({ name });
  await saveOne(before, makeRun('one'), picture('pixels'), picture('t'));
  before.close();
  const after = await createIndexedDbLibrary({ name });
  expect((await after.load('one'))?.trajectory).toEqual(makeRun('one'));
  after.close();
});

test('files are kept as bytes with their type, and Blobs of earlier versions are read', async () => {
  const name = freshName();
  const library = await createIndexedDbLibrary({ name });
  const hash = 'a'.repeat(64);
  const run = makeRun('bytes');
  await saveOne(library, run, new Blob(['pixels'], { type: 'image/png' }), new Blob(['small'], { type: 'image/webp' }));
  const main = hashesOf(run)[0]!;
  const raw = await openDB<LibraryDatabase>(name);
  for (const [store, type] of [
    ['images', 'image/png'],
    ['thumbnails', 'image/webp'],
  ] as const) {
    const kept = await raw.get(store, main);
    expect(kept).toMatchObject({ type });
    expect(Object.prototype.toString.call(kept?.bytes)).toBe('[object ArrayBuffer]');
  }
  const file = (await library.load('bytes'))?.files.get(main);
  expect([file?.type, await file?.text()]).toEqual(['image/png', 'pixels']);
  await raw.put('images', { hash: main, bytes: new Blob(['as before'], { type: 'image/gif' }) });
  await raw.put('thumbnails', { hash, bytes: new Blob(['as before']) });
  const before = (await library.load('bytes'))?.files.get(main);
  expect([before?.type, await before?.text()]).toEqual(['image/gif', 'as before']);
  expect(await (await library.thumbnail(hash))?.text()).toBe('as before');
  raw.close();
  library.close();
});

test('where a database opens and takes nothing, that is known at once; a full one is still read', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put');
  const name = freshName();
  (await createIndexedDbLibrary({ name })).close();
  const refuse = (what: string) =>
    put.mockImplementation(() => {
      throw new DOMException('refused', what);
    });
  refuse('UnknownError');
  expect(await openLibrary({ name })).toMatchObject({ persistent: false, problem: { code: 'unavailable' } });
  refuse('QuotaExceededError');
  const full = await openLibrary({ name });
  expect(full.persistent).toBe(true);
  put.mockRestore();
  full.library.close();
});

test('a picture that is erased while its bytes are thought to be kept is written all the same', async () => {
  const name = freshName();
  const [library, other] = [await createIndexedDbLibrary({ name }), await createIndexedDbLibrary({ name })];
  const picture = new Blob(['pixels']);
  await saveOne(library, makeRun('first'), picture, null);
  await Promise.all([
    other.remove(['first']).then(() => other.erase(['first'])),
    ...['a', 'b', 'c', 'd'].map((id) => saveOne(library, makeRun(id), picture, null)),
  ]);
  for (const id of ['a', 'b', 'c', 'd']) expect((await library.load(id))?.files.size).toBe(1);
  library.close();
  other.close();
});

test('rows that cannot be read are left out of the list', async () => {
  const name = freshName();
  const library = await createIndexedDbLibrary({ name });
  await saveOne(library, makeRun('one'), picture('p'), null);
  const raw = await openDB(name);
  await raw.put('summaries', { id: 'odd', imageHash: 7, title: null });
  raw.close();
  expect((await library.list()).map(({ id }) => id)).toEqual(['one']);
  library.close();
});

describe('a full disk', () => {
  const full = (): never => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  for (const store of ['runs', 'summaries', 'images', 'thumbnails']) {
    test(`at ${store}: says quota, and the state before stands`, async () => {
      const library = await createIndexedDbLibrary({ name: freshName() });
      await saveOne(library, makeRun('one'), picture('first'), picture('t'));
      const changed = vi.fn();
      library.subscribe(changed);
      const put = IDBObjectStore.prototype.put;
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
        return this.name === store ? full() : put.apply(this, args);
      });
      const later = { ...makeRun('one', { title: 'Later', hash: 'b' }), status: 'stopped' as const };
      await expect(saveOne(library, later, picture('second'), picture('t2'))).rejects.toMatchObject({ code: 'quota' });
      await expect(saveOne(library, makeRun('two', { hash: 'c' }), picture('x'), picture('t3'))).rejects.toMatchObject({
        code: 'quota',
      });
      vi.restoreAllMocks();
      expect(changed).not.toHaveBeenCalled();
      expect((await library.list()).map(({ id, title }) => [id, title])).toEqual([['one', 'Run one']]);
      const loaded = await library.load('one');
      expect(loaded?.trajectory).toEqual(makeRun('one'));
      expect(await imageOf(loaded)?.text()).toBe('first');
      // And there is no half of the refused ones: with room again, everything works.
      await saveOne(library, later, picture('second'), null);
      expect(await imageOf(await library.load('one'))?.text()).toBe('second');
      library.close();
    });
  }
});

test('room that deleted runs take is given up before the disk counts as full', async () => {
  const library = await createIndexedDbLibrary({ name: freshName() });
  await saveOne(library, makeRun('old'), picture('first'), null);
  await library.remove(['old']);
  const put = IDBObjectStore.prototype.put;
  let room = 0;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (this.name === 'runs' && room++ === 0) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, args);
  });
  await saveOne(library, makeRun('new', { hash: 'b' }), picture('second'), null);
  vi.restoreAllMocks();
  expect((await library.list()).map(({ id }) => id)).toEqual(['new']);
  expect(await library.listRemoved()).toEqual([]);
  library.close();
});

/** Whatever is put there is refused. `after`: so many puts still go through. */
function fill(store: string, after = 0): void {
  const put = IDBObjectStore.prototype.put;
  let room = after;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (this.name === store && room-- <= 0) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, args);
  });
}

test('a bin that is given up in vain is gone, and everybody hears of it', async () => {
  const library = await createIndexedDbLibrary({ name: freshName() });
  await saveOne(library, makeRun('old'), picture('first'), null);
  await library.remove(['old']);
  fill('runs');
  const changed = vi.fn();
  library.subscribe(changed);
  await expect(saveOne(library, makeRun('new'), picture('second'), null)).rejects.toMatchObject({ code: 'quota' });
  expect(changed).toHaveBeenCalledOnce();
  expect(await library.listRemoved()).toEqual([]);
  vi.restoreAllMocks();
  expect(await library.restore(['old'])).toEqual(['old']);
  library.close();
});

describe('deleting on a full disk', () => {
  const filled = async () => {
    const library = await createIndexedDbLibrary({ name: freshName() });
    for (const id of ['old', 'one', 'two']) await saveOne(library, makeRun(id, { hash: 'a' }), picture('p'), null);
    await library.remove(['old']);
    return library;
  };

  test('gives up what was deleted before, and can be undone', async () => {
    const library = await filled();
    const put = IDBObjectStore.prototype.put;
    let refusals = 1;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (refusals-- > 0) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    });
    expect(await library.remove(['one'])).toEqual([]);
    expect((await library.listRemoved()).map(({ id }) => id)).toEqual(['one']);
    library.close();
  });

  test('where nothing at all can be written, it erases and says what', async () => {
    const library = await filled();
    fill('summaries');
    const changed = vi.fn();
    library.subscribe(changed);
    expect(await library.remove(['one', 'none'])).toEqual(['one']);
    expect(changed).toHaveBeenCalled();
    expect((await library.list()).map(({ id }) => id)).toEqual(['two']);
    expect(await library.listRemoved()).toEqual([]);
    expect(await imageOf(await library.load('two'))?.text()).toBe('p');
    expect(await library.remove(['two'])).toEqual(['two']);
    vi.restoreAllMocks();
    expect(await library.restore(['one', 'two'])).toEqual(['one', 'two']);
    library.close();
  });
});

test('what was deleted more than a day ago is gone with the next visit', async () => {
  const name = freshName();
  const before = await createIndexedDbLibrary({ name });
  for (const id of ['kept', 'lately', 'long-ago']) await saveOne(before, makeRun(id), picture('p'), null);
  await before.remove(['lately', 'long-ago']);
  before.close();
  const raw = await openDB<LibraryDatabase>(name);
  const row = await raw.get('summaries', 'long-ago');
  await raw.put('summaries', { ...row!, removedAt: '2026-01-01T00:00:00.000Z' });
  raw.close();
  const after = await createIndexedDbLibrary({ name });
  await vi.waitFor(async () => expect((await after.listRemoved()).map(({ id }) => id)).toEqual(['lately']));
  expect((await after.list()).map(({ id }) => id)).toEqual(['kept']);
  expect(await imageOf(await after.load('kept'))?.text()).toBe('p');
  after.close();
});

describe('two tabs at once', () => {
  const twoTabs = async () => {
    const name = freshName();
    const [a, b] = [await createIndexedDbLibrary({ name }), await createIndexedDbLibrary({ name })];
    await saveOne(a, makeRun('one', { hash: 'a' }), picture('a'), null);
    await saveOne(a, makeRun('two', { hash: 'b' }), picture('b'), null);
    return { a, b, close: () => [a, b].forEach((tab) => tab.close()) };
  };

  test('renaming and tagging in one while the other deletes and goes on with runs', async () => {
    const { a, b, close } = await twoTabs();
    const outcomes = await Promise.allSettled([
      a.rename('one', 'New name'),
      b.tag(['one'], { add: ['from b'] }),
      a.tag(['one', 'two'], { add: ['from a'] }),
      saveOne(b, makeRun('one', { hash: 'a' }), picture('a'), null, { onlyIfKept: true }),
      b.remove(['two']),
      saveOne(a, makeRun('two', { hash: 'b' }), picture('b'), null, { onlyIfKept: true }),
    ]);
    expect((await a.list()).map(({ id, title, tags }) => ({ id, title, tags: [...tags].sort() }))).toEqual([
      { id: 'one', title: 'New name', tags: ['from a', 'from b'] },
    ]);
    expect(outcomes.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'removed' } });
    // Whatever came before the deletion is in what it brings back.
    await b.restore(['two']);
    expect((await a.list()).find(({ id }) => id === 'two')?.tags).toEqual(['from a']);
    close();
  });

  test('ten words from each arrive, whoever is first', async () => {
    const { a, b, close } = await twoTabs();
    const words = (tab: string) => Array.from({ length: 10 }, (_, at) => `${tab}${at}`);
    await Promise.all([
      ...words('a').map((tag) => a.tag(['one'], { add: [tag] })),
      ...words('b').map((tag) => b.tag(['one'], { add: [tag] })),
    ]);
    const [one] = (await b.list()).filter(({ id }) => id === 'one');
    expect([...(one?.tags ?? [])].sort()).toEqual([...words('a'), ...words('b')].sort());
    close();
  });
});

describe('versions', () => {
  test('version 1, as it was written then, becomes today’s and loses nothing', async () => {
    const name = freshName();
    await makeVersion1(name);
    const parsed = parseTrajectory(LOOKED);
    const looked = parsed.ok ? parsed.trajectory : null;
    const { library, persistent } = await openLibrary({ name });
    expect(persistent).toBe(true);
    expect(await library.list()).toEqual([
      // A run that cannot be read keeps the line it had.
      expect.objectContaining({ id: 'broken', title: 'Run broken', steps: 0, tags: [] }),
      {
        id: 'looked',
        title: 'Run looked',
        question: 'What does the tag on the dog say?',
        answer: 'K7',
        createdAt: '2026-11-21T10:00:00.000Z',
        updatedAt: '2026-11-21T10:00:03.000Z',
        status: 'done',
        calls: 1,
        steps: 2,
        bytes: 'the picture'.length + JSON.stringify(looked).length,
        tags: [],
        boxes: [{ turn: 1, x1: 0.25, y1: 0.25, x2: 0.5, y2: 0.5 }],
        imageHash: 'a'.repeat(64),
        parentId: null,
        change: null,
        imageName: 'scene.png',
        aspect: 1600 / 1200,
        removedAt: null,
      },
      expect.objectContaining({ id: 'plain', steps: 1, calls: 0 }),
    ]);
    expect((await library.load('looked'))?.trajectory).toEqual(looked);
    expect(await imageOf(await library.load('plain'))?.text()).toBe('the picture');
    expect(await (await library.thumbnail('a'.repeat(64)))?.text()).toBe('small');
    await expect(library.load('broken')).rejects.toMatchObject({ code: 'corrupt' });
    library.close();
    const raw = await openDB<LibraryDatabase>(name);
    expect(await raw.get('meta', 'createdAt')).toMatchObject({ value: '2026-11-21T10:30:00.000Z' });
    expect(await raw.get('summaries', 'looked')).not.toHaveProperty('thumbnail');
    raw.close();
  });

  test('a tab with version 1 open hinders nobody: it gives way', async () => {
    const name = freshName();
    await makeVersion1(name);
    const old = await createIndexedDbLibrary({ name, migrations: MIGRATIONS.slice(0, 1) }).catch(() => null);
    const now = await createIndexedDbLibrary({ name });
    expect(await now.list()).toHaveLength(3);
    await expect(old?.list()).rejects.toMatchObject({ code: 'outdated' });
    now.close();
  });

  test('a new database says its version', async () => {
    const name = freshName();
    (await createIndexedDbLibrary({ name })).close();
    const raw = await openDB<LibraryDatabase>(name);
    expect(raw.version).toBe(MIGRATIONS.length);
    expect(await raw.get('meta', 'schemaVersion')).toEqual({ key: 'schemaVersion', value: MIGRATIONS.length });
    raw.close();
  });

  const addStar: Migration = async (_database, transaction) => {
    for (const row of await transaction.objectStore('summaries').getAll()) {
      await transaction.objectStore('summaries').put({ ...row, starred: false } as typeof row);
    }
  };
  const noteIt: Migration = async (_database, transaction) => {
    await transaction.objectStore('meta').put({ key: 'noted', value: true });
  };

  test('a later version walks through every step that is missing, once', async () => {
    const name = freshName();
    const then = await createIndexedDbLibrary({ name });
    await saveOne(then, makeRun('old'), picture('p'), null);
    then.close();
    const steps = [...MIGRATIONS, addStar, noteIt].map((migration) => vi.fn(migration));
    const now = await createIndexedDbLibrary({ name, migrations: steps });
    expect(steps.map((step) => step.mock.calls.length)).toEqual([...MIGRATIONS.map(() => 0), 1, 1]);
    expect((await now.load('old'))?.trajectory).toEqual(makeRun('old'));
    now.close();
    const raw = await openDB(name);
    expect(await raw.get('summaries', 'old')).toMatchObject({ starred: false });
    expect(await raw.get('meta', 'schemaVersion')).toMatchObject({ value: MIGRATIONS.length + 2 });
    raw.close();
  });

  test('a migration that fails leaves the old version as it was', async () => {
    const name = freshName();
    const then = await createIndexedDbLibrary({ name });
    await saveOne(then, makeRun('old'), picture('p'), null);
    then.close();
    const failing: Migration = async (database, transaction) => {
      await transaction.objectStore('runs').clear();
      throw new Error('a mistake in the migration');
    };
    const opened = await openLibrary({ name, migrations: [...MIGRATIONS, failing] });
    expect(opened).toMatchObject({ persistent: false, problem: { code: 'internal' } });
    const now = await createIndexedDbLibrary({ name });
    expect((await now.load('old'))?.trajectory).toEqual(makeRun('old'));
    now.close();
  });

  test('an older tab gives way to a newer version and says so', async () => {
    const name = freshName();
    const older = await createIndexedDbLibrary({ name });
    const newer = await createIndexedDbLibrary({ name, migrations: [...MIGRATIONS, noteIt] });
    await expect(older.list()).rejects.toMatchObject({ code: 'outdated' });
    expect(await newer.list()).toEqual([]);
    // Opened afresh, the older version is refused, and falls back.
    expect(await openLibrary({ name })).toMatchObject({ persistent: false, problem: { code: 'outdated' } });
    newer.close();
  });

  test('a connection that does not give way ends in the twin, not in waiting for ever', async () => {
    const name = freshName();
    const stubborn = await openDB(name, 1);
    const opened = await openLibrary({ name, migrations: [...MIGRATIONS, noteIt], blockedMs: 20 });
    expect(opened).toMatchObject({ persistent: false, problem: { code: 'blocked' } });
    stubborn.close();
  });
});

describe('where IndexedDB is refused', () => {
  test('openLibrary gives the twin and says why', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const { library, persistent, problem } = await openLibrary({ name: freshName() });
    expect({ persistent, code: problem?.code }).toEqual({ persistent: false, code: 'unavailable' });
    await saveOne(library, makeRun('one'), picture('p'), null);
    expect(await library.list()).toHaveLength(1);
    library.close();
  });

  test('also where there is none at all', async () => {
    vi.stubGlobal('indexedDB', undefined);
    expect(await openLibrary({ name: freshName() })).toMatchObject({
      persistent: false,
      problem: { code: 'unavailable' },
    });
  });

  test('and where it is granted, it is used', async () => {
    const { library, persistent, problem } = await openLibrary({ name: freshName() });
    expect({ persistent, problem }).toEqual({ persistent: true, problem: null });
    library.close();
  });
});

test('a change in one tab is told in another', async () => {
  const name = freshName();
  const here = await createIndexedDbLibrary({ name });
  const there = await createIndexedDbLibrary({ name });
  const told = new Promise<void>((resolve) => void there.subscribe(resolve));
  await saveOne(here, makeRun('one'), picture('p'), null);
  await told;
  expect(await there.list()).toHaveLength(1);
  here.close();
  there.close();
});
