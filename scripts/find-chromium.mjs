/**
 * Finds the Chromium that tests drive: `CHROMIUM_PATH`, then what the system has installed, then Playwright's own download.
 * Also the flags that give a machine without a GPU a working WebGPU (in software). Node built-ins only, so that it can be
 * read before anything is installed. Not an installer: scripts/test.mjs is.
 */
import { existsSync } from 'node:fs';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Never let the browser talk to its vendor during a test: the tests watch the network. */
const QUIET_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--no-first-run',
];

/** Root in a container has no sandbox of its own to enter. */
const SANDBOX_FLAGS = process.getuid?.() === 0 || process.env.CI ? ['--no-sandbox'] : [];

export const PLAIN_FLAGS = [...SANDBOX_FLAGS, ...QUIET_FLAGS];

/** SwiftShader answers WebGPU on machines without a GPU: slow, but the same kernels and numbers. */
export const WEBGPU_FLAGS = [
  ...PLAIN_FLAGS,
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  // A story crashes the GPU process; Chromium would then keep the page from the GPU until a person acts.
  '--disable-domain-blocking-for-3d-apis',
];

/** Path of a Chromium on this machine, or undefined: then Playwright looks for its own download. */
export function findChromium() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!existsSync(asked)) throw new Error(`CHROMIUM_PATH is ${asked}, but there is no such file.`);
    return asked;
  }
  return SYSTEM_PATHS.find((path) => existsSync(path));
}

/** Playwright launch options; `executablePath` is left out where Playwright's own browser is to be used. */
export function launchOptions({ webgpu = true } = {}) {
  const executablePath = findChromium();
  return { ...(executablePath ? { executablePath } : {}), args: webgpu ? WEBGPU_FLAGS : PLAIN_FLAGS };
}
