/** For all tests: `vi.waitFor` waits as long as `expect.poll` does (vitest.config.ts), not for one second of a quiet machine. */
import { vi } from 'vitest';

const PATIENCE_MS = 120_000;
const waitFor = vi.waitFor;

vi.waitFor = (callback, options) => {
  const given = typeof options === 'number' ? { timeout: options } : options;
  return waitFor(callback, { timeout: PATIENCE_MS, ...given });
};
