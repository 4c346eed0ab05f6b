/**
 * The stories, told in a real Chromium against the production server. `wasm`: a browser without WebGPU, every story.
 * `webgpu`: WebGPU in software, only the stories tagged @webgpu. One worker: a story's model wants the cores for itself.
 */
import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from './scripts/find-chromium.mjs';

const PORT = Number(process.env.E2E_PORT ?? 3100);

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results/e2e',
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // A second try on CI only: a busy machine may starve a story; the report still names it as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [
    { name: 'wasm', grepInvert: /@webgpu-only/, use: { launchOptions: launchOptions({ webgpu: false }) } },
    {
      name: 'webgpu',
      grep: /@webgpu/,
      ...(process.env.CI ? { grepInvert: /@long/ } : {}),
      timeout: 900_000,
      use: { launchOptions: launchOptions({ webgpu: true }) },
    },
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
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
