/**
 * Makes sure that tests have a Chromium that starts: one on this machine, or Debian's package where we are root, or Playwright's
 * download. The download brings no system libraries, and only root can install those.
 */
import { existsSync } from 'node:fs';
import { installPackages, isDebianRoot } from './debian.mjs';
import { findChromium, launchOptions } from './find-chromium.mjs';
import { runProgram, SetupError } from './install.mjs';

/** What a Chromium says that lies on this disk and finds no library to start with; the loader's words, and Playwright's. */
const LIBRARY_MISSING = /error while loading shared libraries|missing dependencies|missing libraries/i;

/** @returns what to do, or null where it is not a matter of libraries. */
export function missingLibraries(message) {
  if (!LIBRARY_MISSING.test(message)) return null;
  const named = /loading shared libraries: (\S+?):/.exec(message)?.[1];
  return (
    `Chromium cannot start: system libraries are missing${named ? ` (${named})` : ''}. Install them as root and run the command ` +
    'again: sudo npx playwright install-deps chromium (or, on Debian: sudo apt-get install chromium).'
  );
}

/** Starts it once: a browser that cannot start would fail every test with a page of its own words. */
async function checkStart() {
  const { chromium } = await import('@playwright/test');
  try {
    const browser = await chromium.launch(launchOptions({ webgpu: false }));
    await browser.close();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SetupError(missingLibraries(message) ?? `Chromium cannot start. ${message}`);
  }
}

async function hasOwnDownload() {
  const { chromium } = await import('@playwright/test');
  return existsSync(chromium.executablePath());
}

/**
 * Begins with what needs no package of ours, so that it goes on while those are installed.
 * @returns {Promise<void>}
 */
export async function beginBrowser() {
  if (findChromium() || !isDebianRoot()) return;
  console.log('Installing a Chromium for the tests …');
  await installPackages(['chromium', 'fonts-dejavu-core']);
}

/** @param begun what `beginBrowser` gave */
export async function ensureBrowser(begun = beginBrowser()) {
  await begun;
  await install();
  await checkStart();
}

async function install() {
  if (findChromium() || (await hasOwnDownload())) return;
  if (!isDebianRoot()) {
    console.log('Installing a Chromium for the tests …');
    if (runProgram('playwright/cli.js', ['install', 'chromium']) === 0) return;
  }
  throw new SetupError(
    'No Chromium could be installed. Install one and name it: CHROMIUM_PATH=/path/to/chromium npm test',
  );
}
