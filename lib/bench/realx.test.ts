/**
 * RealX-Bench's layout, its columns, and the set that ships: that its labels are true. A solver that can read tags, look things up in the
 * shipped collection and calculate answers every question; without one of the three it answers all that do not take it, and what takes it is left
 * to a guess.
 */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseScene, type Ability, type Scene } from '@/lib/scene';
import { NO_FAULTS } from '@/lib/search';
import { createCollection } from '@/lib/search/create-collection';
import { openShelf } from '@/lib/search/shelf';
import { featuresOfPixels } from '@/lib/search/alike';
import { columnsOf, PAPER, REALX_COLUMNS, rowsOfLines, textOf } from './realx';
import { readDataSet } from './read-data-set';
import { realXRows } from './read-realx';

const at = (path: string) => new URL(`../../public/${path}`, import.meta.url);
const { signal } = new AbortController();

const rows = realXRows(readFileSync(at('realx/questions.jsonl'), 'utf8')) ?? [];
const labels = (row: (typeof rows)[number]): Ability[] => [
  ...(row.perception ? ['perception' as const] : []),
  ...(row.reason ? ['reasoning' as const] : []),
  ...(row.search ? ['search' as const] : []),
];

/** Pictures by their bytes: the same file is the same picture. */
const featuresOf = async (picture: Blob) => {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  return featuresOfPixels(Array.from({ length: 1024 }, (_, place) => bytes[(place * 31) % bytes.length] ?? 0));
};

let collection: ReturnType<typeof createCollection>;

beforeAll(async () => {
  const lines = readFileSync(at('realx/collection.jsonl'));
  const shown = [...lines.toString().matchAll(/"image":"([\w.-]+)"/g)].map(([, name]) => name ?? '');
  collection = createCollection({ shelf: await openShelf('realx'), featuresOf });
  const files = [
    { path: 'collection.jsonl', file: new Blob([lines]) },
    ...shown.map((path) => ({ path, file: new Blob([readFileSync(at(`gallery/${path}`))]) })),
  ];
  for await (const _ of collection.add(files, signal));
});

const sceneOf = (image: string): Scene => {
  const parsed = parseScene(JSON.parse(readFileSync(at(`gallery/${image.replace('.webp', '.json')}`), 'utf8')));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scene;
};

/** Answers from the words of the question alone, with what it can; null where it cannot. */
async function solve(query: string, image: string, can: ReadonlySet<Ability>): Promise<string | null> {
  const { objects } = sceneOf(image);
  const tagOf = (noun: string): string | null =>
    can.has('perception') ? (objects.find((one) => one.noun === noun)?.tag ?? null) : null;
  const nouns = [...query.matchAll(/(?:on the tags? of the|and the) (\w+)(?=[ ?.]|$)/g)].map(([, noun]) => noun ?? '');
  const stickers = /tags left out, gets (\d+) stickers/.exec(query);
  if (stickers) return can.has('reasoning') ? String(objects.length * Number(stickers[1])) : null;
  if (/^What is written/.test(query)) return tagOf(nouns[0] ?? '');
  if (/^What is the sum/.test(query)) {
    const numbers = nouns.map(tagOf);
    return numbers.includes(null) || !can.has('reasoning')
      ? null
      : String(numbers.reduce((sum, one) => sum + Number(one), 0));
  }
  if (/does this picture hang/.test(query)) {
    if (!can.has('search')) return null;
    const thumbnail = new Blob([readFileSync(at(`gallery/${image.replace('.webp', '.thumb.webp')}`))]);
    const [found] = await collection.imageSearch(thumbnail, NO_FAULTS, signal);
    return /room (\d+)/.exec(found?.title ?? '')?.[1] ?? null;
  }
  const written = [...query.matchAll(/(?:ticket|code|and the \w+(?: code)?) ([A-Z0-9]{2,3})\b/g)].map(
    ([, code]) => code ?? '',
  );
  const register = ['Harbor Street', 'Northlight', 'Eastbay', 'Saltmarsh', 'Lanternfall'].find((one) =>
    query.includes(one),
  );
  const codes =
    written.length > 0 ? written : nouns.filter((noun) => objects.some((one) => one.noun === noun)).map(tagOf);
  if (codes.length === 0 || codes.includes(null) || !can.has('search')) return null;
  const values: number[] = [];
  for (const code of codes) {
    const [found] = await collection.search(`${register} ${code}`, NO_FAULTS, signal);
    const value = /(\d+)(?: coins| points|\.)/.exec(found?.excerpt.replace(/^.*?:/, '') ?? '')?.[1];
    if (value === undefined) return null;
    values.push(Number(value));
  }
  if (values.length === 1) return String(values[0]);
  return can.has('reasoning') ? String(Math.abs(values[0]! - values[1]!)) : null;
}

describe('the set that ships', () => {
  const ALL: readonly Ability[] = ['perception', 'reasoning', 'search'];

  it('has sixty questions and more, of five domains, a fourth of which take all three', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map(({ domain }) => domain))).toEqual(
      new Set(['Daily Life', 'Media', 'Sports', 'Knowledge', 'Games']),
    );
    const integration = rows.filter((row) => labels(row).length === 3).length;
    expect(integration / rows.length).toBeCloseTo(0.24, 2);
    expect(new Set(rows.map(({ query, image }) => query + image)).size).toBe(rows.length);
  });

  it('can be answered, each question, by who reads, searches and calculates', async () => {
    for (const { query, image, answer } of rows)
      expect([query, await solve(query, image, new Set(ALL))]).toEqual([query, String(answer)]);
  });

  it.each(ALL)('without %s: what does not take it is answered as before, what takes it is a guess', async (missing) => {
    const can = new Set(ALL.filter((one) => one !== missing));
    for (const row of rows) {
      const solved = await solve(row.query, row.image, can);
      expect([row.query, solved]).toEqual([row.query, labels(row).includes(missing) ? null : String(row.answer)]);
    }
    // The best guess there is without looking: the answer that comes most often.
    const left = rows.filter((row) => labels(row).includes(missing)).map(({ answer }) => String(answer));
    const most = Math.max(...[...new Set(left)].map((one) => left.filter((other) => other === one).length));
    expect(most / left.length).toBeLessThanOrEqual(0.05);
  });
});

describe('the layout', () => {
  // A header is enough for the size.
  const png = new Uint8Array([
    ...[137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82],
    ...[0, 0, 0, 40, 0, 0, 0, 30, 8, 2, 0, 0, 0, 0, 0, 0, 0],
  ]);
  const file = (path: string, content: BlobPart) => ({ path, read: () => Promise.resolve(new Blob([content])) });
  const row = { query: 'Who?', answer: 'Ada or Ada Lovelace', perception: 1, search: '', reason: 0, image: 'a.png' };

  it('is read from lines or a list, beside its pictures or with them in a folder', async () => {
    const good = { ...row, search: 1 };
    const set = await readDataSet('mine', [
      file(
        'metadata.jsonl',
        `${JSON.stringify(good)}\n${JSON.stringify({ ...good, file_name: 'b.png', image: undefined })}\n`,
      ),
      file('images/a.png', png),
      file('images/b.png', png),
      file('collection/notes.txt', 'Ada.'),
    ]);
    expect(set.problems).toEqual([]);
    expect(set.collection?.map(({ path }) => path)).toEqual(['collection/notes.txt']);
    expect(set.scenes.map(({ name, scene }) => [name, scene.width, scene.questions[0]])).toMatchObject([
      ['images/a', 40, { kind: 'realx', accepted: ['Ada', 'Ada Lovelace'], abilities: ['perception', 'search'] }],
      ['images/b', 40, { id: 'x2' }],
    ]);
  });

  it('names the picture that is missing, and passes over what is no row', async () => {
    const set = await readDataSet('mine', [file('questions.json', JSON.stringify([{ ...row, search: 1 }, row, 7]))]);
    expect(set.problems).toEqual([
      { file: 'questions.json', reason: { code: 'no-picture', params: { name: 'a.png' } } },
    ]);
  });
});

describe('columns', () => {
  const result = (search: 'none' | 'both', right: boolean, ...abilities: Ability[]) => ({ search, right, abilities });

  it('are of the questions that take each ability; integration takes all three', () => {
    const [none, both] = columnsOf([
      result('none', true, 'perception'),
      result('none', false, 'perception', 'search', 'reasoning'),
      result('both', true, 'perception', 'search', 'reasoning'),
    ]);
    expect(none).toEqual({
      way: 'none',
      average: { n: 2, right: 1 },
      perception: { n: 2, right: 1 },
      reasoning: { n: 1, right: 0 },
      search: { n: 1, right: 0 },
      integration: { n: 1, right: 0 },
    });
    expect(both).toMatchObject({ way: 'both', integration: { n: 1, right: 1 } });
    expect(PAPER.every(({ shares }) => shares.length === REALX_COLUMNS.length)).toBe(true);
  });

  it('print from the lines of a measurement', () => {
    const line = (acc: number, facts: object) => JSON.stringify({ acc, pred_output: [], loupe_result: facts });
    const text = [
      line(1, { search: 'both', abilities: ['search'] }),
      line(0, { search: 'both', abilities: ['search', 'perception'] }),
      line(1, { kind: 'exists' }),
      'no JSON',
    ].join('\n');
    expect(rowsOfLines(text)).toHaveLength(2);
    expect(textOf(columnsOf(rowsOfLines(text)))).toMatch(/measured +both +50\.0 +0\.0 +– +50\.0 +–/);
  });
});
