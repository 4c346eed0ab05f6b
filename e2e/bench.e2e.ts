/** The bench: the shipped scenes measured, paused and resumed, a result looked at, kept and exported; data sets good and bad. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { bench as words } from '../lib/words/en/bench';
import { library as libraryWords } from '../lib/words/en/library';
import { ANY, sayingAmong } from '../lib/words/fixtures/saying';
import { readGallery, readGalleryFile } from './gallery';
import { BenchPage } from './pages/bench';
import { Library } from './pages/library';
import { Playground } from './pages/playground';
import { violations, violationsInBoth } from './pages/violations';
import { workspace } from '../lib/words/en/workspace';
import { trajectory as runWords } from '../lib/words/en/trajectory';

async function downloaded(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; text: string; path: string }> {
  const waiting = page.waitForEvent('download');
  await press();
  const download = await waiting;
  const path = await download.path();
  return { name: download.suggestedFilename(), text: readFileSync(path, 'utf8'), path };
}

const zipOf = (files: Record<string, Uint8Array>) => ({
  name: 'scenes.zip',
  mimeType: 'application/zip',
  buffer: Buffer.from(zipSync(files)),
});

test('the shipped scenes are measured both ways, with a pause; a result opens, is kept, and all of it is exported', async ({
  page,
}) => {
  const bench = new BenchPage(page);
  await bench.open();
  await bench.start(3);
  await bench.button(words.bar.pause).click();
  await expect(page.getByText(words.bar.phases.paused)).toBeVisible({ timeout: 300_000 });
  const paused = await bench.done();
  expect(paused).toBeLessThan(6);
  await page.waitForTimeout(2000); // longer than a run takes
  expect(await bench.done()).toBe(paused);
  await bench.button(words.bar.resume).click();
  await bench.finished();
  await expect(bench.progress).toHaveAttribute('aria-valuenow', '6');
  await expect(bench.kinds.getByRole('row', { name: new RegExp(`^${words.all} 3`) })).toBeVisible();
  await expect(bench.questions).toHaveCount(3);
  expect(await violationsInBoth(page)).toEqual([]);

  const opener = bench.questions.first().getByRole('button', { name: sayingAmong(words.withTools) });
  await opener.click();
  await expect(page.getByRole('region', { name: runWords.label })).toBeVisible({ timeout: 300_000 });
  await expect(bench.button(words.result.back)).toBeFocused();
  await expect(page.getByRole('group', { name: runWords.player.label })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await bench.button(words.result.keep).click();
  await expect(bench.button(words.result.kept)).toBeVisible();
  await bench.button(words.result.back).click();
  await expect(opener).toBeFocused();

  const lines = await downloaded(page, () => bench.button(words.export.jsonLines).click());
  expect(lines.name).toMatch(/^loupe-bench-.*\.jsonl$/);
  expect(lines.text.trim().split('\n')).toHaveLength(6);
  const csv = await downloaded(page, () => bench.button(words.export.csv).click());
  expect(csv.text.trim().split('\r\n')).toHaveLength(7);

  // Only the run that was kept is among the person's own; the lines bring in the others, with the pictures given along.
  const library = new Library(page);
  await library.open();
  await library.expectCount(1);
  await page
    .getByLabel(libraryWords.find.runFiles)
    .setInputFiles([
      { name: lines.name, mimeType: 'application/jsonl', buffer: Buffer.from(lines.text) },
      ...readGallery().map(({ image }) => ({ name: image, mimeType: 'image/webp', buffer: readGalleryFile(image) })),
    ]);
  await expect(
    page.getByText(libraryWords.files.sentence([libraryWords.files.added(5), libraryWords.files.known(1)])),
  ).toBeVisible({ timeout: 300_000 });
  await library.expectCount(6);
  await library.rows.first().getByRole('link').click();
  const playground = new Playground(page);
  await expect(playground.run).toBeVisible();
  // A run without its picture says so.
  await expect(playground.alert).toBeHidden();
});

test('stopped, what was finished stays', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open();
  await bench.choose(words.without);
  await bench.start(20);
  await expect(bench.questions.first()).toBeVisible({ timeout: 300_000 });
  await bench.button(words.bar.stop).click();
  await expect(page.getByText(words.bar.phases.stopped)).toBeVisible();
  const done = await bench.done();
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(20);
  await expect(bench.questions).toHaveCount(done);
});

test('what is no data set is refused with the reason and costs nothing; a damaged picture is passed over; a folder laid out like V* is measured', async ({
  page,
}, info) => {
  const bench = new BenchPage(page);
  await bench.open();
  const zip = page.getByLabel(words.plan.zipOfScenes);
  const refused = page.getByRole('alert').filter({ hasText: sayingAmong(words.plan.unusable(ANY)) });
  const { problems } = words;
  const [first, second] = readGallery();
  const scene = (id: string) => new Uint8Array(readGalleryFile(`${id}.json`));
  const picture = (image: string) => new Uint8Array(readGalleryFile(image));
  if (!first || !second) throw new Error('The gallery is empty.');

  await zip.setInputFiles({ name: 'empty.zip', mimeType: 'application/zip', buffer: Buffer.alloc(0) });
  await expect(refused).toContainText(problems['zip-without-bytes']);
  await zip.setInputFiles({ name: 'no.zip', mimeType: 'application/zip', buffer: Buffer.from('This is no zip.') });
  await expect(refused).toContainText(problems['zip-damaged']);
  await zip.setInputFiles(zipOf({ [first.image]: picture(first.image) }));
  await expect(refused).toContainText(problems['no-scene-files']);
  await zip.setInputFiles(zipOf({ 'scene.json': strToU8('{"questions": [], "objects": 3') }));
  await expect(refused).toContainText(problems['not-json']);
  await zip.setInputFiles(zipOf({ 'scene.json': scene(first.id) }));
  await expect(refused).toContainText(problems['no-picture']({ name: first.image }));
  await expect(page.getByText(words.plan.theShippedScenes, { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await zip.setInputFiles(
    zipOf({
      [`a/${first.id}.json`]: scene(first.id),
      [`a/${first.image}`]: picture(first.image).slice(0, 2000),
      [`b/${second.id}.json`]: scene(second.id),
      [`b/${second.image}`]: picture(second.image),
    }),
  );
  await expect(page.getByText('scenes.zip', { exact: true })).toBeVisible();
  await bench.choose(words.without);
  await bench.start(100);
  await bench.finished();
  await expect(bench.questions).toHaveCount(second.questions.length);
  await page.getByText(words.problemsOf(words.bar.passedOver, 1)).click();
  await expect(page.getByText(sayingAmong(problems['picture-unusable']))).toBeVisible();

  const folder = info.outputPath('vstar');
  mkdirSync(join(folder, 'direct_attributes'), { recursive: true });
  writeFileSync(join(folder, 'direct_attributes', 'sa_1.webp'), readGalleryFile(first.image));
  const file = {
    target_object: ['phone'],
    bbox: [[10, 20, 300, 300]],
    question: 'Is there a phone?',
    options: ['yes', 'no'],
  };
  writeFileSync(join(folder, 'direct_attributes', 'sa_1.json'), JSON.stringify(file));
  await page.getByLabel(words.plan.folderOfScenes).setInputFiles(folder);
  await expect(page.getByText(words.plan.size(1, 1))).toBeVisible();
  await bench.choose(words.plan.both);
  await bench.start(5);
  await bench.finished();
  await expect(bench.kinds.getByRole('row', { name: words.kinds.vstar })).toBeVisible();
});

test('a question asked in another tab meanwhile waits in words, and is answered once the bench has paused @long', async ({
  page,
  context,
}) => {
  const bench = new BenchPage(page);
  await bench.open();
  await bench.start(24);
  await expect(bench.progress).not.toHaveAttribute('aria-valuenow', '0', { timeout: 300_000 });

  const playground = new Playground(await context.newPage());
  await playground.open();
  await playground.openGalleryPicture(1);
  await playground.ask('What is there?');
  await expect(playground.page.getByRole('progressbar', { name: workspace.work.waiting })).toBeVisible();
  await bench.button(words.bar.pause).click();
  await playground.settled();
  await expect(playground.steps('answer')).toHaveCount(1);

  // And back: what is paused loads its model again.
  const before = await bench.done();
  await bench.button(words.bar.resume).click();
  await expect.poll(() => bench.done(), { timeout: 300_000 }).toBeGreaterThan(before);
  await bench.button(words.bar.stop).click();
});
