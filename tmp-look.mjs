import { chromium } from '@playwright/test';
import { launchOptions } from './scripts/find-chromium.mjs';
const b = await chromium.launch(launchOptions({ webgpu: false }));
const p = await b.newPage({ viewport: { width: 1440, height: 900 } });
p.on('console', (m) => ['error','warning'].includes(m.type()) && console.log(m.type(), m.text().slice(0, 300)));
p.on('pageerror', (e) => console.log('pageerror', e.message.slice(0, 300)));
const t0 = Date.now();
await p.goto('http://localhost:3251/');
await p.screenshot({ path: '/tmp/first_shots/start.png' });
await p.getByTestId('gallery-picture').first().click();
await p.getByRole('textbox', { name: 'Question' }).waitFor();
for (let i = 0; i < 12; i++) {
  await p.waitForTimeout(2500);
  console.log(Date.now() - t0, await p.locator('button[aria-label^="Model:"]').getAttribute('aria-label').catch(() => null));
  if (i === 2) await p.screenshot({ path: '/tmp/first_shots/opened.png' });
  if (i === 3) { await p.getByRole('textbox', { name: 'Question' }).fill('Which has the higher number on its tag, the phone or the octopus?'); await p.keyboard.press('Enter'); }
}
await p.screenshot({ path: '/tmp/first_shots/run.png' });
await b.close();
