/** The suite that LOUPE_SUITE names, for the configurations of Vitest and Playwright: scripts/suite.ts says what they are. */
const SUITES = /** @type {const} */ (['short', 'long', 'all']);

/** @param {string | undefined} name */
export function suiteOf(name) {
  const suite = SUITES.find((one) => one === (name || 'short'));
  if (!suite) throw new RangeError(`LOUPE_SUITE is "${name}"; it has to be one of ${SUITES.join(', ')}.`);
  return suite;
}
