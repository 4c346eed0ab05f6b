/** For tests in a browser: Next's components read settings from `process.env`, which its own bundler would have filled in. */
Object.assign(globalThis, { process: { env: {} } });
