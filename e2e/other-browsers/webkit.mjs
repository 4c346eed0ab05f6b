/**
 * The story in WebKit, by the WebDriver of WebKitGTK (Debian: webkit2gtk-driver) in a virtual display where there is none of a
 * person's (xvfb). Where one of the two is missing it is installed, on Debian as root; else the story is passed over, and says so.
 *
 *   node e2e/other-browsers/webkit.mjs
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { installPackages } from '../../scripts/debian.mjs';
import { tellStory } from './story.mjs';

const DRIVER = '/usr/bin/WebKitWebDriver';
const DISPLAY = '/usr/bin/Xvfb';
/** WebDriver's own names. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const ENTER = '\uE007';

const isHere = () => existsSync(DRIVER) && (Boolean(process.env.DISPLAY) || existsSync(DISPLAY));

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** A screen that nobody sees; it chooses its own number. */
async function startDisplay() {
  const server = spawn(DISPLAY, ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await once(server.stdio[3], 'data');
  return { display: `:${String(number).trim()}`, stop: () => server.kill() };
}

async function start() {
  const screen = process.env.DISPLAY ? { display: process.env.DISPLAY, stop: () => undefined } : await startDisplay();
  const port = await freePort();
  const driver = spawn(DRIVER, ['--host=127.0.0.1', `--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: screen.display, GDK_BACKEND: 'x11', WEBKIT_DISABLE_DMABUF_RENDERER: '1' },
  });
  const stop = () => {
    driver.kill();
    screen.stop();
  };

  async function say(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKit, ${method} ${path.replace(/^\/session\/[^/]+/, '')}: ${value?.message}`);
    return value;
  }

  async function begin() {
    for (;;) {
      if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${driver.exitCode}.`);
      const status = await say('GET', '/status').catch(() => null);
      if (status?.ready) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return say('POST', '/session', { capabilities: { alwaysMatch: {} } });
  }

  try {
    const { sessionId, capabilities } = await begin();
    const session = `/session/${sessionId}`;
    await say('POST', `${session}/timeouts`, { script: 600_000, pageLoad: 600_000 });
    const find = async (value) => {
      const found = await say('POST', `${session}/element`, { using: 'css selector', value });
      return `${session}/element/${found[ELEMENT]}`;
    };
    const type = async (selector, text) => say('POST', `${await find(selector)}/value`, { text });
    return {
      name: `WebKit ${capabilities.browserVersion}`,
      open: (url) => say('POST', `${session}/url`, { url }),
      run: (script, ...args) => say('POST', `${session}/execute/sync`, { script, args }),
      click: async (selector) => say('POST', `${await find(selector)}/click`, {}),
      type,
      pressEnter: (selector) => type(selector, ENTER),
      upload: type,
      reload: () => say('POST', `${session}/refresh`, {}),
      async close() {
        await say('DELETE', session).catch(() => undefined);
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

if (!isHere()) await installPackages(['webkit2gtk-driver', 'xvfb']);
if (isHere()) process.exitCode = await tellStory(start);
else console.log('Passed over: there is no WebKitWebDriver with a display here (Debian: webkit2gtk-driver, xvfb).');
