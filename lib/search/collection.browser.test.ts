/** The collection's worker in a browser: a PDF is read, a picture is known again, what was added is there for the next worker. */
import { afterAll, expect, it } from 'vitest';
import { createCollectionClient } from './collection';
import { NO_FAULTS, type FilesAdded, type GivenFile } from './collection-contract';

const NAME = 'loupe-collection-test';
const signal = new AbortController().signal;

afterAll(() => void indexedDB.deleteDatabase(NAME));

/** A PDF of a page for each text, with the offsets its table has to have. */
function pdfOf(...texts: string[]): Blob {
  const pages = texts.map((_, at) => `${4 + 2 * at} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages}] /Count ${texts.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...texts.flatMap((text, at) => {
      const stream = `BT /F1 12 Tf 72 700 Td (${text}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * at} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = file.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF`;
  return new Blob([file], { type: 'application/pdf' });
}

async function picture(paint: (context: OffscreenCanvasRenderingContext2D) => void, side: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d')!;
  context.scale(side / 100, side / 100);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 100, 100);
  paint(context);
  return canvas.convertToBlob({ type: 'image/png' });
}

const mill = (context: OffscreenCanvasRenderingContext2D) => {
  context.fillStyle = '#a33';
  context.fillRect(20, 40, 30, 60);
};
const sea = (context: OffscreenCanvasRenderingContext2D) => {
  context.fillStyle = '#36c';
  context.fillRect(0, 60, 100, 40);
};

it('reads, finds and keeps, in a thread of its own', async () => {
  const files: GivenFile[] = [
    { path: 'tides.pdf', file: pdfOf('The moon pulls.', 'Spring tides follow the full moon.') },
    { path: 'broken.pdf', file: new Blob(['%PDF-1.4 and nothing']) },
    { path: 'old mill.png', file: await picture(mill, 200) },
    { path: 'the sea.png', file: await picture(sea, 200) },
    { path: 'frogs.html', file: new Blob(['<title>Glass frogs</title><p>Their hearts show.']) },
  ];
  const first = createCollectionClient(NAME);
  let report: FilesAdded | null = null;
  const told: number[] = [];
  for await (const event of first.add(files, signal)) {
    if ('report' in event) report = event.report;
    else told.push(event.done);
  }
  expect(report).toEqual({
    added: 4,
    documents: 5,
    pictures: 2,
    left: [{ path: 'broken.pdf', problem: 'unreadable' }],
  });
  expect(told).toEqual([...told].sort((a, b) => a - b));
  first.dispose();

  const second = createCollectionClient(NAME);
  const [spring] = await second.search('spring tides', NO_FAULTS, signal);
  expect(spring).toMatchObject({
    title: 'tides · 2',
    address: 'loupe://collection/tides.pdf#page=2',
    excerpt: 'Spring tides follow the full moon.',
  });
  // Smaller than it was: the same to who looks at it.
  const alike = await second.imageSearch(await picture(mill, 90), NO_FAULTS, signal);
  expect(alike.map(({ title }) => title)).toEqual(['old mill']);
  expect(alike[0]?.bytes.size).toBe(files[2]?.file.size);
  await second.remove((await second.files()).map(({ id }) => id));
  expect(await second.files()).toEqual([]);
  expect(await second.search('spring tides', NO_FAULTS, signal)).toEqual([]);
  second.dispose();
});
