/** What evaluation kits keep, in whatever holds it: lines, tables of text, workbooks, Parquet; what is refused, and why. */
import { strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openSet, readRow, runOf } from '../fixtures/opened';
import { pictureOf } from '../fixtures/picture';
import { delimited, lmmsSample, vlmTable, workbookParts } from '../fixtures/tables';

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
/** Longer than any index. */
const longPicture = async () =>
  Buffer.concat([await bytesOf(pictureOf(640, 480)), Buffer.alloc(200)]).toString('base64');
const zipOf = (parts: Readonly<Record<string, string>>) =>
  new Blob([
    zipSync(
      Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
    ) as Uint8Array<ArrayBuffer>,
  ]);

it('lmms-eval: question, answer, truth and score; its picture is asked for by the question', async () => {
  const set = await openSet({ '20260101_samples_vstar.jsonl': JSON.stringify(lmmsSample) });
  expect(set.files).toMatchObject([{ format: 'lmms-eval' }]);
  const row = readRow(set.rows[0]);
  expect(row.facts).toMatchObject({
    question: 'What color is the cap?',
    answer: 'Red',
    wanted: ['red'],
    kind: 'attribute',
  });
  expect(row.wanted).toMatchObject([{ question: 'What color is the cap?' }]);
  expect((await runOf(set, 0)).run.steps).toMatchObject([
    { type: 'think', text: 'The cap is red. Red' },
    { type: 'answer' },
  ]);
});

describe('VLMEvalKit', () => {
  it.each([
    ['a table with tabs', async () => ({ 'r.tsv': delimited(vlmTable('').results) })],
    [
      'a table with commas and \\r\\n',
      async () => ({ 'r.csv': `\uFEFF${delimited(vlmTable('').results, ',').replace(/([^c])\n(?=\d|$)/g, '$1\r\n')}` }),
    ],
    ['a workbook with its texts', async () => ({ 'r.xlsx': zipOf(workbookParts(vlmTable('').results, false)) })],
    ['a workbook with shared texts', async () => ({ 'r.xlsx': zipOf(workbookParts(vlmTable('').results, true)) })],
  ])('%s', async (_, make) => {
    const set = await openSet({ ...(await make()), 'data.tsv': delimited(vlmTable(await longPicture()).data) });
    expect(set.files).toMatchObject([{ format: 'vlmevalkit', records: 2 }]);
    const rows = set.rows.map((row) => readRow(row));
    expect(rows.map(({ facts }) => [facts.answer, facts.verdict.right])).toEqual([
      ['A', true],
      ['A', false],
    ]);
    expect(rows[0]?.facts.question).toContain('What color\tis the "cap"?\nLook closely.\nA. red\nB. blue');
    // Of the data set beside it; the second row says that its picture is the first's.
    expect(rows.map(({ wanted }) => wanted)).toEqual([[], []]);
    expect((await runOf(set, 1)).run.pictures).toMatchObject([{ width: 640, height: 480 }]);
  });

  it('the data set alone: questions with their pictures', async () => {
    const set = await openSet({ 'data.tsv': delimited(vlmTable(await longPicture()).data) });
    expect((await runOf(set, 0)).run).toMatchObject({
      steps: [],
      pictures: [{ width: 640 }],
      truth: { answers: ['A', 'red'] },
    });
  });

  it('a pickle is refused with the reason, whatever it is called; so is what zstd packed', async () => {
    const set = await openSet({
      'r.pkl': new Blob([new Uint8Array([0x80, 4, 0x95, 0])]),
      'r.bin': new Blob([new Uint8Array([0x80, 5, 0x95, 0])]),
      'rollout.jsonl.zst': new Blob([new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0])]),
      'notes.txt': 'a, b\nc',
    });
    expect(set.unread).toEqual([
      'r.pkl: pickle',
      'r.bin: pickle',
      'rollout.jsonl.zst: compressed',
      'notes.txt: other-file',
    ]);
  });

  it('a broken workbook, and Parquet that is none, say so', async () => {
    const parts = workbookParts(vlmTable('').results, true);
    const { 'xl/worksheets/sheet7.xml': sheet, ...rest } = parts;
    const set = await openSet({
      'a.xlsx': zipOf(rest),
      'b.xlsx': zipOf({ ...parts, 'xl/worksheets/sheet7.xml': sheet?.slice(0, 90) ?? '' }),
      'c.parquet': new Blob(['PAR1', new Uint8Array(40)]),
    });
    expect(set.unread).toEqual(['a.xlsx: damaged', 'b.xlsx: no-records', 'c.parquet: damaged']);
  });
});

const list = (name: string, fields: readonly [string, boolean][]) => [
  { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 } as const,
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 } as const,
  { name: 'element', repetition_type: 'OPTIONAL', num_children: fields.length } as const,
  ...fields.map(([field, isText]) => ({
    name: field,
    type: 'BYTE_ARRAY' as const,
    repetition_type: 'OPTIONAL' as const,
    ...(isText && { converted_type: 'UTF8' as const }),
  })),
];

describe('Parquet of the hub', () => {
  it('messages and images, bytes in the row', async () => {
    const picture = await bytesOf(pictureOf(640, 480));
    const row = (words: string, images: readonly unknown[]) => ({
      messages: [
        { role: 'user', content: words },
        { role: 'assistant', content: 'A cap.' },
      ],
      images,
    });
    const rows = [
      ...Array.from({ length: 40 }, () => row('What is it?<image>', [{ bytes: picture, path: null }])),
      row('And <image> this?', [{ bytes: null, path: 'x.png' }]),
    ];
    const file = parquetWriteBuffer({
      schema: [
        { name: 'root', num_children: 2 },
        ...list('messages', [
          ['role', true],
          ['content', true],
        ]),
        ...list('images', [
          ['bytes', false],
          ['path', true],
        ]),
      ],
      columnData: [
        { name: 'messages', data: rows.map(({ messages }) => messages) },
        { name: 'images', data: rows.map(({ images }) => images) },
      ],
    });
    const set = await openSet({ 'train-00000.parquet': new Blob([file]) });
    expect(set.files).toMatchObject([{ format: 'llama-factory', records: 41 }]);
    const { run, files } = await runOf(set, 39);
    expect(run).toMatchObject({
      given: [{ text: 'What is it?' }, { picture: 'p1' }],
      pictures: [{ width: 640 }],
      steps: [{ text: 'A cap.' }],
    });
    expect(files.size).toBe(1);
    expect(readRow(set.rows[40]).wanted).toMatchObject([{ names: ['x.png'] }]);
  });

  it('TRL’s prompt and completion, with places that say only that a picture is there', async () => {
    const record = {
      prompt: [
        {
          role: 'user',
          content: [
            { type: 'image', text: null },
            { type: 'text', text: 'What is it?' },
          ],
        },
      ],
      completion: [{ role: 'assistant', content: [{ type: 'text', text: 'A cap.' }] }],
      images: ['a.png'],
    };
    const { run } = await runOf(await openSet({ 'a.jsonl': JSON.stringify(record), 'a.png': pictureOf(64, 48) }), 0);
    expect(run).toMatchObject({
      given: [{ picture: 'p1' }, { text: 'What is it?' }],
      pictures: [{ width: 64 }],
      steps: [{ type: 'answer', text: 'A cap.' }],
    });
  });
});
