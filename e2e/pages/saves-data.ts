/** A browser that was told to fetch no more than is needed: no model is loaded ahead of the first question, and no part of the page. */
import type { Page } from '@playwright/test';

/** Before the page is opened. */
export const savesData = (page: Page) =>
  page.addInitScript(() => {
    const { connection } = navigator as Navigator & { readonly connection?: object };
    if (connection) Object.defineProperty(connection, 'saveData', { get: () => true });
  });
