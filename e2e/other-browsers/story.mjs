/**
 * The story that every browser is told: start, picture, question, answer, reload, export, HEIC, a PNG that is stored on its side. A
 * driven WebKit is a private window: that runs are kept in those too is part of it. It is told through the few words
 * of a driver (firefox.mjs, webkit.mjs) and waits for what is on screen, never for a time.
 *
 * @typedef {object} Driver
 * @property {string} name
 * @property {(url: string) => Promise<void>} open
 * @property {(body: string, ...given: unknown[]) => Promise<unknown>} run a function's body in the page; `arguments` are `given`
 * @property {(selector: string) => Promise<void>} click
 * @property {(selector: string, text: string) => Promise<void>} type
 * @property {(selector: string) => Promise<void>} pressEnter
 * @property {(selector: string, path: string) => Promise<void>} upload
 * @property {() => Promise<void>} reload
 * @property {() => Promise<void>} close
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSource } from '../bench/load-source.mjs';
import { startApp } from '../bench/start-app.mjs';

const { library, notices, playground, status: spoken, trajectory } = (await loadSource('lib/words/en/index.ts')).en;

const ROOT = join(import.meta.dirname, '..', '..');
/** Ends what hangs. */
const LONGEST_MS = 900_000;

const GALLERY = '[data-testid="gallery-picture"]';
const QUESTION = 'textarea';
const FILE = `input[aria-label="${playground.intake.file}"]`;
const RUN = `section[aria-label="${trajectory.label}"]`;

/** The first question about a tag that is too small in the overview: it cannot be answered without a look. */
function tagToRead() {
  const { pictures } = JSON.parse(readFileSync(join(ROOT, 'public/gallery/index.json'), 'utf8'));
  const isOne = ({ kind, needsZoom }) => kind === 'read-tag' && needsZoom;
  const index = pictures.findIndex(({ questions }) => questions.some(isOne));
  return { index, question: pictures[index].questions.find(isOne).question };
}

/** @param {Driver} browser */
function watch(browser) {
  /** Until the function's body returns something truthy. */
  async function until(what, body, ...given) {
    const end = Date.now() + LONGEST_MS;
    for (;;) {
      const found = await browser.run(body, ...given);
      if (found) return found;
      if (Date.now() > end) {
        const text = await browser.run('return document.body.innerText.slice(0, 1500)');
        throw new Error(`${browser.name}: ${what} never came. The page says:\n${text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  return {
    until,
    shown: (selector) => until(selector, 'return document.querySelector(arguments[0]) !== null', selector),
    says: (text) => until(`“${text}”`, 'return document.body.innerText.includes(arguments[0])', text),
    status: (pattern) =>
      until(
        `a status like ${pattern}`,
        `const spoken = document.querySelector('p[role="status"][aria-live="polite"]')?.textContent ?? '';
         return new RegExp(arguments[0], 's').exec(spoken)?.[0] ?? '';`,
        pattern,
      ),
  };
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

/** @param {Driver} browser */
async function tell(browser, url) {
  const { shown, says, status, until } = watch(browser);
  const step = (words) => console.log(`  ${browser.name}: ${words}`);

  await browser.open(url);
  await shown(GALLERY);
  expect(await browser.run('return crossOriginIsolated'), 'The page is not cross-origin isolated: it has no threads.');
  step('started');

  const { index, question } = tagToRead();
  await browser.click(await nthOf(browser, GALLERY, index));
  await status(spoken.ready('.*'));
  await shown(QUESTION);
  // A press so soon after the page became ready is taken for one that was meant for what stood there before (use-settled.ts).
  await new Promise((resolve) => setTimeout(resolve, 400));
  step('a picture is open');

  await browser.type(QUESTION, question);
  await browser.pressEnter(QUESTION);
  const answer = await status(`^${spoken.answer('.+')}`);
  const looks = await browser.run('return document.querySelectorAll(`li[data-type="call"]`).length');
  expect(looks >= 1, `It answered without a look: ${answer}`);
  step(`${looks} looks, ${answer}`);

  await until('the run in the address', 'return location.search.includes("run=")');
  await browser.reload();
  await shown(`${RUN} li[data-type="answer"]`);
  await says(question);
  await until('its picture', 'return document.querySelector("[data-canvas] canvas")?.width > 0');
  step('after a reload the run is there');

  await exportRun(browser, url, question);
  step('the run is exported');

  await browser.open(url);
  await shown(FILE);
  await browser.upload(FILE, join(ROOT, 'lib/image/fixtures/plain.heic'));
  await status(spoken.ready('.*'));
  step('a HEIC picture is open');

  await browser.open(url);
  await shown(FILE);
  await browser.upload(FILE, join(ROOT, 'lib/image/fixtures/orientation-6.png'));
  await says('48×32');
  step('a PNG that is stored on its side stands upright');
}

/** @returns a selector for one of many, counted from 0 */
async function nthOf(browser, selector, index) {
  const mark = 'document.querySelectorAll(arguments[0])[arguments[1]].setAttribute("data-story", "chosen")';
  await browser.run(mark, selector, index);
  return '[data-story="chosen"]';
}

/** @param {Driver} browser */
async function exportRun(browser, url, question) {
  const { shown, until } = watch(browser);
  await browser.open(`${url}/library`);
  await shown('[data-run] input[type="checkbox"]');
  // What is handed to the browser to save; thumbnails are handed to it too.
  await browser.run(`const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      if (!blob.type.startsWith('image/')) blob.text().then((text) => { window.exported = text; });
      return make.call(URL, blob);
    };`);
  await browser.click('[data-run] input[type="checkbox"]');
  const name = library.selection.export;
  await until(
    `the button “${name}”`,
    `const button = [...document.querySelectorAll('button')].find((one) => one.innerText.trim() === arguments[0]);
     button?.setAttribute('data-story', 'export');
     return Boolean(button);`,
    name,
  );
  await browser.click('[data-story="export"]');
  const exported = await until('what is exported', 'return window.exported');
  expect(exported.includes(JSON.stringify(question)), `Another question was exported: ${exported.slice(0, 500)}`);
  expect(exported.includes('"data:image/'), 'The picture was not exported with its run.');
}

/** @param {() => Promise<Driver>} start @returns the exit code */
export async function tellStory(start) {
  const app = await startApp();
  try {
    const browser = await start();
    try {
      await tell(browser, app.url);
      return 0;
    } finally {
      await browser.close();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    app.stop();
  }
}
