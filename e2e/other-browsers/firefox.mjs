/**
 * The story in Firefox: Debian's firefox-esr or whatever FIREFOX_PATH names, by WebDriver BiDi. Where there is none it is
 * installed, on Debian as root. Puppeteer's own downloads are not asked for.
 *
 *   node e2e/other-browsers/firefox.mjs
 */
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { installPackages } from '../../scripts/debian.mjs';
import { tellStory } from './story.mjs';

const PATHS = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];
const find = () => process.env.FIREFOX_PATH || PATHS.find((path) => existsSync(path));

async function start() {
  if (!find()) await installPackages(['firefox-esr']);
  const executablePath = find();
  if (!executablePath) throw new Error('There is no Firefox. Install one, or name it: FIREFOX_PATH=/path/to/firefox');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    protocolTimeout: 600_000,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.setViewport({ width: 1440, height: 900 });
  const version = await browser.version();
  return {
    name: version,
    open: async (url) => void (await page.goto(url)),
    run: (body, ...given) => page.evaluate(`(function () { ${body} }).apply(null, ${JSON.stringify(given)})`),
    click: (selector) => page.click(selector),
    type: (selector, text) => page.type(selector, text),
    pressEnter: async (selector) => {
      await page.focus(selector);
      await page.keyboard.press('Enter');
    },
    upload: async (selector, path) => (await page.waitForSelector(selector)).uploadFile(path),
    reload: async () => void (await page.reload()),
    close: () => browser.close(),
  };
}

process.exitCode = await tellStory(start);
