import { chromium } from '@playwright/test';
import { launchOptions } from './scripts/find-chromium.mjs';
const b = await chromium.launch(launchOptions({ webgpu: false }));
const p = await b.newPage({ viewport: { width: 1440, height: 900 } });
p.on('console', (m) => console.log(m.type(), m.text().slice(0, 300)));
p.on('pageerror', (e) => console.log('pageerror', e.message.slice(0, 300)));
await p.goto('http://localhost:3251/');
await p.getByTestId('gallery-picture').first().click();
const q = p.getByRole('textbox', { name: 'Question' });
await q.waitFor();
await q.fill('Which has the higher number on its tag, the phone or the octopus?');
await q.press('Enter');
for (let i=0;i<4;i++){ await p.waitForTimeout(9000); console.log(await p.locator('main').innerText().then(t=>t.slice(0,400).replace(/\n/g,'|'))); }
await p.screenshot({ path: '/tmp/first_shots/dbg.png' });
await b.close();
