/**
 * Links that cannot be opened: each says what is wrong, shows nothing of the run and leaves the visitor's own runs alone. What a
 * dishonest or broken server would hand out is put in its answer.
 */
import { expect, test, type Page } from '@playwright/test';
import { SharedRun } from './pages/shared-run';
import { readLibrary } from './shares/library';
import { letExpire, makeShare, overwriteBody, pathOf, storedBody } from './shares/make-share';
import type { OpenFailure } from '../components/share/failures';
import type { OwnShare } from '../lib/share';
import { common } from '../lib/words/en/common';
import { visit } from '../lib/words/en/visit';
import { trajectory as runWords } from '../lib/words/en/trajectory';

async function expectFailure(page: Page, path: string, code: OpenFailure): Promise<void> {
  await page.goto(path);
  const shared = new SharedRun(page);
  await expect(shared.failure).toHaveAttribute('data-code', code);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(visit.open[code].title);
  await expect(shared.run).toHaveCount(0);
  await expect(page.getByRole('group', { name: runWords.player.label })).toHaveCount(0);
  expect(await readLibrary(page)).toBeNull();
}

/** The server answers with other bytes than it holds. */
async function answerWith(page: Page, share: OwnShare, change: (bytes: Buffer) => Buffer): Promise<void> {
  await page.route(`**/api/shares/${share.id}`, async (route) => {
    const answer = await route.fetch();
    const headers = { ...answer.headers() };
    delete headers['content-length'];
    await route.fulfill({ status: 200, headers, body: change(await answer.body()) });
  });
}

const changed = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 1;
  return copy;
};

test('wrong key, no key, half a key', async ({ page, baseURL }) => {
  const share = await makeShare(baseURL ?? '');
  const other = await makeShare(baseURL ?? '');
  await expectFailure(page, pathOf({ id: share.id, key: other.key }), 'wrong-key');
  await expectFailure(page, `/t/${share.id}`, 'no-key');
  await expectFailure(page, `/t/${share.id}#${share.key.slice(0, 30)}`, 'bad-link');
  // The right one, typed into the same tab, opens it without a reload.
  await page.evaluate((key) => {
    window.location.hash = key;
  }, share.key);
  await expect(new SharedRun(page).run).toBeVisible();
});

test('a key with what a messenger put around it, and one whose # was written out', async ({ page, baseURL }) => {
  const share = await makeShare(baseURL ?? '');
  const shared = new SharedRun(page);
  await page.goto(`/t/${share.id.toUpperCase()}#${share.key}).%20&fbclid=x`);
  await expect(shared.run).toBeVisible();
  await page.goto(`/t/${share.id}?step=1%23${share.key}.`);
  await expect(shared.run).toBeVisible();
  await shared.expectCursor(1);
  // The key is behind the # again: a reload does not send it.
  await expect(page).toHaveURL(`/t/${share.id}?step=1#${share.key}`);
  await page.reload();
  await expect(shared.run).toBeVisible();
});

test('a tampered byte, in the body and in the header, on its way and on the disk', async ({ page, baseURL }) => {
  const share = await makeShare(baseURL ?? '');
  await answerWith(page, share, (bytes) => changed(bytes, bytes.length >> 1));
  await expectFailure(page, pathOf(share), 'tampered');
  await page.unroute(`**/api/shares/${share.id}`);
  await answerWith(page, share, (bytes) => changed(bytes, 40));
  await expectFailure(page, pathOf(share, 1), 'tampered');
  await page.unroute(`**/api/shares/${share.id}`);
  const stored = storedBody(share);
  overwriteBody(share, changed(stored, stored.length - 1));
  await expectFailure(page, pathOf(share, 2), 'tampered');
});

test('truncated, swapped, too new', async ({ page, baseURL }) => {
  const share = await makeShare(baseURL ?? '');
  const other = await makeShare(baseURL ?? '');
  await answerWith(page, share, (bytes) => bytes.subarray(0, bytes.length - 1000));
  await expectFailure(page, pathOf(share), 'truncated');
  await expect(page.getByRole('button', { name: common.tryAgain })).toBeVisible();
  await page.unroute(`**/api/shares/${share.id}`);
  await answerWith(page, share, () => storedBody(other));
  await expectFailure(page, pathOf(share, 1), 'swapped');
  await page.unroute(`**/api/shares/${share.id}`);
  await answerWith(page, share, (bytes) => {
    const newer = Buffer.from(bytes);
    newer.writeUInt16BE(3, 4);
    return newer;
  });
  await expectFailure(page, pathOf(share, 2), 'too-new');
});

test('expired, and never there', async ({ page, baseURL }) => {
  const share = await makeShare(baseURL ?? '');
  letExpire(share);
  await expectFailure(page, pathOf(share), 'expired');
  const nowhere = { id: '0'.repeat(32), key: share.key };
  await expectFailure(page, pathOf(nowhere), 'not-found');
});

test('no connection, then again', async ({ page, baseURL }) => {
  const share = await makeShare(baseURL ?? '');
  await page.route('**/api/shares/*', (route) => route.abort());
  await expectFailure(page, pathOf(share), 'offline');
  await page.unroute('**/api/shares/*');
  await page.getByRole('button', { name: common.tryAgain }).click();
  await expect(new SharedRun(page).run).toBeVisible();
});
