/**
 * The states of sharing, reached as a person reaches them; axe and the screenshots stand on these as on the main states.
 */
import { expect, type Page } from '@playwright/test';
import { serveForeignPage } from '../shares/foreign-page';
import { goldenRun } from '../shares/golden-run';
import { keepRun } from '../shares/library';
import { makeShare, pathOf } from '../shares/make-share';
import { Playground } from './playground';
import { openShareDialog, SharedRun } from './shared-run';
import { reach, type Way } from './ways';
import { share as words } from '../../lib/words/en/share';
import { visit } from '../../lib/words/en/visit';

export const SHARE_STATES = [
  'share-before',
  'share-after',
  'my-shares',
  'shared-run',
  'embedded',
  'share-with-password',
  'link-with-password',
  'password-asked',
  'password-wrong',
  'opens-once',
  'opened-once',
  'opened-before',
  'wrong-key',
  'expired-link',
] as const;
export type ShareState = (typeof SHARE_STATES)[number];

async function openKept(page: Page): Promise<Playground> {
  const kept = goldenRun();
  await keepRun(page, kept);
  const playground = new Playground(page);
  await playground.open(`/?run=${kept.trajectory.id}&step=${kept.trajectory.steps.length - 2}`);
  await expect(playground.run).toBeVisible();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return playground;
}

type Going = AsyncGenerator<ShareState, void, void>;

/** From the dialog to one's own links. */
async function* sharing(page: Page): Going {
  const dialog = await openShareDialog(await openKept(page));
  yield 'share-before';

  await dialog.getByRole('button', { name: words.dialog.make }).click();
  const made = page.getByRole('dialog', { name: words.dialog.made });
  await expect(made.getByRole('img', { name: words.result.qrLabel })).toBeVisible();
  yield 'share-after';

  await made.getByRole('button', { name: words.own.title }).click();
  await expect(page.getByRole('dialog', { name: words.own.title }).getByRole('listitem')).toHaveCount(1);
  yield 'my-shares';
}

async function* sharingLocked(page: Page): Going {
  const dialog = await openShareDialog(await openKept(page));
  await dialog.getByRole('switch', { name: words.options.once }).check();
  await dialog.getByRole('switch', { name: words.options.lock }).check();
  await dialog.getByLabel(words.password.label, { exact: true }).fill('three plain words');
  const make = dialog.getByRole('button', { name: words.dialog.make });
  await expect(make).toBeEnabled();
  yield 'share-with-password';

  await make.click();
  await expect(page.getByRole('dialog', { name: words.dialog.made })).toContainText(words.result.locked);
  yield 'link-with-password';
}

/** Links that open, or do not. */
async function* visiting(page: Page, baseURL: string): Going {
  const share = await makeShare(baseURL);
  const shared = new SharedRun(page);
  await page.goto(pathOf(share));
  await expect(shared.run).toBeVisible();
  await expect(page.locator('[data-canvas]')).toBeVisible();
  yield 'shared-run';

  await page.goto(pathOf({ id: (await makeShare(baseURL)).id, key: share.key }));
  await expect(shared.failure).toBeVisible();
  yield 'wrong-key';

  await page.route('**/api/shares/*', (route) => route.fulfill({ status: 410, json: { error: 'expired' } }));
  await page.goto(pathOf(await makeShare(baseURL)));
  await expect(shared.failure).toHaveAttribute('data-code', 'expired');
  yield 'expired-link';
}

async function* visitingLocked(page: Page, baseURL: string): Going {
  await page.goto(pathOf(await makeShare(baseURL, {}, { password: 'three plain words' })));
  await expect(page.getByRole('heading', { name: visit.gate.locked })).toBeVisible();
  yield 'password-asked';

  await page.getByLabel(words.password.label, { exact: true }).fill('not this one');
  await page.getByRole('button', { name: visit.gate.open, exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(words.password.wrong);
  yield 'password-wrong';
}

async function* visitingOnce(page: Page, baseURL: string): Going {
  await page.goto(pathOf(await makeShare(baseURL, {}, { once: true })));
  const open = page.getByRole('button', { name: visit.gate.openOnce });
  await expect(open).toBeVisible();
  yield 'opens-once';

  await open.click();
  await expect(new SharedRun(page).run).toBeVisible();
  await expect(page.locator('[data-canvas]')).toBeVisible();
  yield 'opened-once';

  await page.reload();
  await expect(new SharedRun(page).failure).toHaveAttribute('data-code', 'opened');
  yield 'opened-before';
}

async function* embedding(page: Page, baseURL: string): Going {
  const share = await makeShare(baseURL);
  const site = await serveForeignPage({ frames: [`${baseURL}${pathOf(share, 3).replace('/t/', '/e/')}`] });
  try {
    await page.goto(site.origin);
    const frame = page.frameLocator('iframe');
    await expect(new SharedRun(frame).run).toBeVisible();
    await expect(frame.locator('[data-canvas]')).toBeVisible();
    yield 'embedded';
  } finally {
    await site.close();
  }
}

/** Given the address of the app. */
export const SHARE_WAYS: readonly Way<ShareState, string>[] = [
  { states: ['share-before', 'share-after', 'my-shares'], go: sharing },
  { states: ['share-with-password', 'link-with-password'], go: sharingLocked },
  { states: ['shared-run', 'wrong-key', 'expired-link'], go: visiting },
  { states: ['password-asked', 'password-wrong'], go: visitingLocked },
  { states: ['opens-once', 'opened-once', 'opened-before'], go: visitingOnce },
  { states: ['embedded'], go: embedding },
];

/** @returns what ends the state */
export const reachShareState = (page: Page, state: ShareState, baseURL: string): Promise<() => Promise<void>> =>
  reach(SHARE_WAYS, state, page, baseURL);
