/** A server of models that answers inside the browser: for stories that are about something else and need a run that comes at once. */
import type { Page } from '@playwright/test';

const BASE = 'http://127.0.0.1:9/v1';
const HEADERS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };

/** Before the page is opened. Every question gets this answer, from a model that is chosen already. @param model what it is known by */
export async function answerInRoute(page: Page, answer: string, model = 'm'): Promise<void> {
  await page.route(`${BASE}/**`, (route) => {
    if (route.request().method() === 'GET') return route.fulfill({ headers: HEADERS, json: { data: [{ id: model }] } });
    const chunks = [{ delta: { content: answer } }, { delta: {}, finish_reason: 'stop' }];
    const lines = chunks.map((choice) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`);
    return route.fulfill({ headers: { ...HEADERS, 'content-type': 'text/event-stream' }, body: lines.join('') });
  });
  const settings = { modelUrl: `remote:chat?${new URLSearchParams({ url: BASE, model })}` };
  await page.addInitScript((kept) => localStorage.setItem('loupe.settings', JSON.stringify(kept)), settings);
}
