/**
 * The states of sharing, reached as a person reaches them; axe and the screenshots stand on these as on the main states.
 */
import { expect, type Page } from '@playwright/test';
import { serveForeignPage } from '../shares/foreign-page';
import { goldenRun } from '../shares/golden-run';
import { keepRun } from '../shares/library';
import { makeShare, pathOf } from '../shares/make-share';
import { Playground } from './playground';
import { makeLink, openShareDialog, SharedRun } from './shared-run';
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

/** @returns what ends the state */
export async function reachShareState(page: Page, state: ShareState, baseURL: string): Promise<() => Promise<void>> {
  const nothing = (): Promise<void> => Promise.resolve();
  switch (state) {
    case 'share-before':
      await openShareDialog(await openKept(page));
      return nothing;
    case 'share-after': {
      const { dialog } = await makeLink(await openKept(page));
      await expect(dialog.getByRole('img', { name: words.result.qrLabel })).toBeVisible();
      return nothing;
    }
    case 'my-shares': {
      const playground = await openKept(page);
      const { dialog } = await makeLink(playground);
      await dialog.getByRole('button', { name: words.own.title }).click();
      await expect(page.getByRole('dialog', { name: words.own.title }).getByRole('listitem')).toHaveCount(1);
      return nothing;
    }
    case 'shared-run': {
      const share = await makeShare(baseURL);
      await page.goto(pathOf(share));
      await expect(new SharedRun(page).run).toBeVisible();
      await expect(page.locator('[data-canvas]')).toBeVisible();
      return nothing;
    }
    case 'embedded': {
      const share = await makeShare(baseURL);
      const site = await serveForeignPage({ frames: [`${baseURL}${pathOf(share, 3).replace('/t/', '/e/')}`] });
      await page.goto(site.origin);
      const frame = page.frameLocator('iframe');
      await expect(new SharedRun(frame).run).toBeVisible();
      await expect(frame.locator('[data-canvas]')).toBeVisible();
      return site.close;
    }
    case 'share-with-password':
    case 'link-with-password': {
      const dialog = await openShareDialog(await openKept(page));
      await dialog.getByRole('switch', { name: words.options.once }).check();
      await dialog.getByRole('switch', { name: words.options.lock }).check();
      await dialog.getByLabel(words.password.label, { exact: true }).fill('three plain words');
      const make = dialog.getByRole('button', { name: words.dialog.make });
      await expect(make).toBeEnabled();
      if (state === 'share-with-password') return nothing;
      await make.click();
      await expect(page.getByRole('dialog', { name: words.dialog.made })).toContainText(words.result.locked);
      return nothing;
    }
    case 'password-asked':
    case 'password-wrong': {
      await page.goto(pathOf(await makeShare(baseURL, {}, { password: 'three plain words' })));
      await expect(page.getByRole('heading', { name: visit.gate.locked })).toBeVisible();
      if (state === 'password-asked') return nothing;
      await page.getByLabel(words.password.label, { exact: true }).fill('not this one');
      await page.getByRole('button', { name: visit.gate.open, exact: true }).click();
      await expect(page.getByRole('main').getByRole('alert')).toContainText(words.password.wrong);
      return nothing;
    }
    case 'opens-once':
    case 'opened-once':
    case 'opened-before': {
      const share = await makeShare(baseURL, {}, { once: true });
      await page.goto(pathOf(share));
      const open = page.getByRole('button', { name: visit.gate.openOnce });
      await expect(open).toBeVisible();
      if (state === 'opens-once') return nothing;
      await open.click();
      await expect(new SharedRun(page).run).toBeVisible();
      await expect(page.locator('[data-canvas]')).toBeVisible();
      if (state === 'opened-once') return nothing;
      await page.reload();
      await expect(new SharedRun(page).failure).toHaveAttribute('data-code', 'opened');
      return nothing;
    }
    case 'wrong-key': {
      const [share, other] = [await makeShare(baseURL), await makeShare(baseURL)];
      await page.goto(pathOf({ id: share.id, key: other.key }));
      await expect(new SharedRun(page).failure).toBeVisible();
      return nothing;
    }
    case 'expired-link':
      await page.route('**/api/shares/*', (route) => route.fulfill({ status: 410, json: { error: 'expired' } }));
      await page.goto(pathOf(await makeShare(baseURL)));
      await expect(new SharedRun(page).failure).toBeVisible();
      return nothing;
    default:
      return state satisfies never;
  }
}
