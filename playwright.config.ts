/**
 * The stories, told in a real Chromium against the production server. `pages`: those without a model, two at a time. `wasm`: a
 * browser without WebGPU. `webgpu`: WebGPU in software, only the stories tagged @webgpu. With LOUPE_SUITE=long those of the
 * long suite instead, with LOUPE_SUITE=all every one.
 *
 * Tags: @webgpu (on WebGPU too), @webgpu-only, @long (in the long suite alone); @webgpu-long (on WebGPU in the long suite alone),
 * @webgpu-all (on WebGPU with LOUPE_SUITE=all alone: minutes each).
 */
import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from './scripts/find-chromium.mjs';
import { suiteOf } from './scripts/suite-of.mjs';

const PORT = Number(process.env.E2E_PORT ?? 3100);

/** No story of these asks a model. */
const PAGES =
  /\/(attack|every-page|export|languages|learn|library|paste|pictures|search|several-pictures|sets(-\w+)?|share(-\w+)?|store-contract)\.e2e\.ts$/;

/** What a test's title, tags included, has to fit, and what it must not. */
const { wasm, webgpu } = {
  short: {
    wasm: { grepInvert: /@webgpu-only|@long/ },
    webgpu: { grep: /@webgpu(-only)?(\s|$)/, grepInvert: /@long/ },
  },
  long: {
    wasm: { grep: /@long/, grepInvert: /@webgpu-only/ },
    webgpu: { grep: /@webgpu-long|@long @webgpu(-only)?(\s|$)/ },
  },
  all: { wasm: { grepInvert: /@webgpu-only/ }, webgpu: { grep: /@webgpu/ } },
}[suiteOf(process.env.LOUPE_SUITE)];

const plain = { launchOptions: launchOptions({ webgpu: false }) };
const withGpu = { launchOptions: launchOptions({ webgpu: true }) };

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results/e2e',
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A second try on CI only; the report names it as flaky.
  retries: process.env.CI ? 1 : 0,
  // These end what hangs, long before the gate's own time is over; no story may fail because the machine is slow or busy.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1440, height: 900 },
    // offline.e2e.ts alone is about it; elsewhere it would stand between a story and what it watches.
    serviceWorkers: 'block',
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    // Of every story it would cost a third of its time: locally `--trace on` with the one that failed.
    trace: process.env.CI ? 'on-first-retry' : 'off',
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [
    { name: 'pages', ...wasm, testMatch: PAGES, fullyParallel: true, use: plain },
    { name: 'wasm', ...wasm, testIgnore: PAGES, use: plain },
    // A software GPU takes both cores.
    { name: 'webgpu', ...webgpu, testIgnore: PAGES, workers: 1, use: withGpu },
  ],
  webServer: {
    command: 'node scripts/start.mjs',
    cwd: import.meta.dirname, // the screenshots' configuration lies elsewhere
    url: `http://localhost:${PORT}`,
    // Shares of the stories are kept apart, and the stories make more of them than one person would.
    env: {
      PORT: String(PORT),
      LOUPE_DATA: process.env.LOUPE_DATA ?? 'test-results/e2e-data',
      LOUPE_SHARE_CREATES_PER_HOUR: '1000',
      LOUPE_SHARE_READS_PER_MINUTE: '10000',
    },
    reuseExistingServer: !process.env.CI,
    timeout: 600_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
