/** What a collection finds, over a real database in memory: reading of every kind of file, ranking, excerpts, faults, stopping. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { featuresOfPixels } from './alike';
import { NO_FAULTS, type AddEvent, type FilesAdded, type GivenFile } from './collection-contract';
import { createCollection } from './create-collection';
import { openShelf } from './shelf';
import { termsOf } from './tokens';
import { excerptOf } from './excerpt';

const signal = new AbortController().signal;
let names = 0;

const given = (path: string, ...content: BlobPart[]): GivenFile => ({ path, file: new Blob(content) });

/** Features of a picture whose bytes say one colour for each of its four quarters. */
const featuresOf = async (picture: Blob) => {
  const quarters = [...new Uint8Array(await picture.arrayBuffer())];
  const rgba = Array.from({ length: 256 }, (_, pixel) => {
    const quarter = (pixel % 16 < 8 ? 0 : 1) + (pixel < 128 ? 0 : 2);
    return [quarters[quarter] ?? 0, 0, 0, 255];
  }).flat();
  return featuresOfPixels(rgba);
};

async function collectionOf(...files: GivenFile[]) {
  const shelf = await openShelf(`search-${(names += 1)}`);
  const collection = createCollection({ shelf, featuresOf });
  const report = await reportOf(collection.add(files, signal));
  return { shelf, collection, report };
}

async function reportOf(events: AsyncIterable<AddEvent>): Promise<FilesAdded> {
  for await (const event of events) if ('report' in event) return event.report;
  throw new Error('no report');
}

const find = async (collection: ReturnType<typeof createCollection>, query: string, faults = NO_FAULTS) =>
  (await collection.search(query, faults, signal)).map(({ address }) => address);

describe('a collection', () => {
  it('reads each kind of file, with addresses of its own', async () => {
    const { collection, report } = await collectionOf(
      given('notes/tides.txt', 'The harbour at Brest has a tidal range of seven metres.'),
      given('notes/kites.md', '---\nlang: en\n---\n# Kites of Weifang\n\nSilk kites fly in spring.'),
      given(
        'page.html',
        '<html><head><title>Glass frogs</title><link rel="canonical" href="https://frogs.example/glass"></head>',
        '<body><script>var unsaid = 1</script><h1>Frogs</h1><p>Their <b>hearts</b> show.</p></body></html>',
      ),
      given(
        'facts.jsonl',
        '{"url": "https://a.example/34", "title": "A5", "text": "A5: 34, red, with the anchor."}\n',
        'no JSON\n{"title": "B7", "contents": "B7: 12, blue, with the bell."}\n',
      ),
      given('odd.bin', 'x'),
      given('nothing.txt', ''),
    );
    expect(report).toEqual({
      added: 4,
      documents: 5,
      pictures: 0,
      left: [
        { path: 'odd.bin', problem: 'unknown-kind' },
        { path: 'nothing.txt', problem: 'empty' },
      ],
    });
    expect(await find(collection, 'tidal range')).toEqual(['loupe://collection/notes/tides.txt']);
    expect(await find(collection, 'silk kite weifang')).toEqual(['loupe://collection/notes/kites.md']);
    expect(await find(collection, 'hearts')).toEqual(['https://frogs.example/glass']);
    expect(await find(collection, 'unsaid')).toEqual([]);
    expect(await find(collection, 'A5')).toEqual(['https://a.example/34']);
    expect(await find(collection, 'B7')).toEqual(['loupe://collection/facts.jsonl#3']);
    // A letter wrong, only where nothing is right.
    expect(await find(collection, 'harbor')).toEqual(['loupe://collection/notes/tides.txt']);
    await expect(collection.open('https://a.example/34', NO_FAULTS, signal)).resolves.toEqual({
      title: 'A5',
      address: 'https://a.example/34',
      text: 'A5: 34, red, with the anchor.',
    });
    await expect(collection.open('https://a.example/35', NO_FAULTS, signal)).rejects.toMatchObject({
      code: 'no-such-page',
    });
  });

  it('is found again by another page, with and without its written index, and forgets what is removed', async () => {
    const { shelf, collection } = await collectionOf(given('a.txt', 'An osprey.'), given('b.txt', 'A heron.'));
    expect(await shelf.writtenIndex()).toMatchObject({ changes: await shelf.changes() });
    const other = createCollection({ shelf, featuresOf });
    expect(await find(other, 'osprey')).toHaveLength(1);
    const [a] = await other.files();
    expect(a).toMatchObject({ path: 'a.txt', bytes: 10, documents: 1 });
    await other.remove([a!.id]);
    // The first one sees what the other changed.
    expect(await find(collection, 'osprey')).toEqual([]);
    expect(await find(collection, 'heron')).toHaveLength(1);
    await shelf.keepIndex(await shelf.changes(), new Uint8Array([1, 2]).buffer);
    expect(await find(createCollection({ shelf, featuresOf }), 'heron')).toHaveLength(1);
  });

  it('finds pictures by their captions and by their looks', async () => {
    const { collection, report } = await collectionOf(
      given('harbour.png', new Uint8Array([0, 200, 40, 90])),
      given('harbour.txt', 'The harbour of Brest at low tide'),
      given('old-mill.png', new Uint8Array([200, 10, 10, 180])),
      given('shown.jsonl', '{"image": "mill2.png", "caption": "A mill in the snow", "url": "https://m.example/2"}'),
      given('mill2.png', new Uint8Array([200, 12, 10, 170])),
    );
    expect(report).toMatchObject({ pictures: 3, documents: 3, left: [] });
    expect(await find(collection, 'low tide')).toEqual(['loupe://collection/harbour.png']);
    expect(await find(collection, 'snow')).toEqual(['https://m.example/2']);
    const alike = await collection.imageSearch(new Blob([new Uint8Array([199, 10, 11, 180])]), NO_FAULTS, signal);
    expect(alike.map(({ title }) => title)).toEqual(['old mill', 'A mill in the snow']);
    expect(await alike[0]?.bytes.arrayBuffer()).toEqual(new Uint8Array([200, 10, 10, 180]).buffer);
  });

  it('long texts come in parts that are found, quoted and opened by themselves', async () => {
    const long = Array.from({ length: 400 }, (_, at) => `Paragraph ${at} says nothing much at all.`).join('\n\n');
    const { collection } = await collectionOf(given('long.txt', `${long}\n\nThe zeppelin lands here.`));
    const [found] = await collection.search('zeppelin', NO_FAULTS, signal);
    expect(found?.address).toMatch(/^loupe:\/\/collection\/long\.txt#part=\d$/);
    expect(found?.excerpt).toContain('The zeppelin lands here.');
    const { text } = await collection.open(found!.address, NO_FAULTS, signal);
    expect(text.length).toBeLessThanOrEqual(8000);
  });

  it('has dead links and distractors on request, the same for the same seed', async () => {
    const files = Array.from({ length: 20 }, (_, at) => given(`${at}.txt`, `Number ${at} of the herons.`));
    const { collection } = await collectionOf(...files, given('x.txt', 'One kingfisher.'));
    const faults = { deadLinks: 0.5, distractors: 3, seed: 4 };
    const found = await find(collection, 'kingfisher', faults);
    expect(found).toHaveLength(4);
    expect(found).toContain('loupe://collection/x.txt');
    expect(await find(collection, 'kingfisher', faults)).toEqual(found);
    const opened = await Promise.allSettled(
      files.map(({ path }) => collection.open(`loupe://collection/${path}`, faults, signal)),
    );
    const dead = opened.filter(({ status }) => status === 'rejected').length;
    expect(dead).toBeGreaterThan(3);
    expect(dead).toBeLessThan(17);
  });

  it('stopped, holds what is whole and nothing of the rest', async () => {
    const shelf = await openShelf(`search-${(names += 1)}`);
    const collection = createCollection({ shelf, featuresOf });
    const stop = new AbortController();
    const lines = Array.from({ length: 3000 }, (_, at) =>
      JSON.stringify({ text: `heron ${at} ${'word '.repeat(60)}` }),
    );
    const adding = collection.add([given('one.txt', 'osprey'), given('many.jsonl', lines.join('\n'))], stop.signal);
    await expect(async () => {
      for await (const event of adding) if ('done' in event && event.done > 100_000) stop.abort();
    }).rejects.toThrow();
    expect((await collection.files()).map(({ path }) => path)).toEqual(['one.txt']);
    expect(await find(collection, 'osprey')).toHaveLength(1);
    expect(await find(collection, 'heron')).toEqual([]);
  });
});

describe('words', () => {
  it('are the same in any case and with any accent, and pairs where there are no spaces', () => {
    expect(termsOf('Café CAFÉ, the cafe')).toEqual(['cafe']);
    expect(termsOf('潮汐表 tide')).toEqual(['潮汐', '汐表', 'tide']);
  });

  it('are quoted where most of them stand', () => {
    const text = `${'Nothing here. '.repeat(60)}The tide table of Brest. ${'Nothing there. '.repeat(60)}`;
    const excerpt = excerptOf(text, new Set(['tide', 'brest']));
    expect(excerpt).toContain('The tide table of Brest.');
    expect(excerpt.length).toBeLessThan(360);
    expect(excerpt).toMatch(/^… .* …$/);
  });
});
