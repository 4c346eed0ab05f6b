/**
 * `npm run test:long`: what takes long and proves the same laws of more cases (scripts/suite.ts), and the stories in other
 * browsers. It does not repeat `npm test`; .ci/run runs both.
 */
import { ensureBrowser } from './browser.mjs';
import { build, isBuilt } from './build.mjs';
import { ensureInstalled, ROOT, runBeside, runMain } from './install.mjs';
import { asOne, forgetReports, stories as tell, sumUp, told, vitest } from './test-runs.mjs';
import { join } from 'node:path';

const story = (name) => async () => asOne(await runBeside(process.execPath, [join(ROOT, 'e2e/other-browsers', name)]));

await runMain(async () => {
  ensureInstalled();
  await ensureBrowser();
  forgetReports();
  if (!isBuilt()) await build();
  // Two lines of work beside each other: one computes on one core or little more, the other mostly waits for one thread.
  const stories = async () => [
    await told('stories, more cases', () => tell(['pages', 'wasm', 'webgpu'], 'long', 1)),
    await told('the story in Firefox', story('firefox.mjs')),
    await told('the story in WebKit', story('webkit.mjs')),
  ];
  const tests = async () => [
    await told('unit tests, more cases', () => vitest('unit', 'long')),
    await told('browser tests, more cases', () => vitest('browser', 'long')),
  ];
  return sumUp((await Promise.all([tests(), stories()])).flat());
});
