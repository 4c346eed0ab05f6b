/**
 * What the oldest browsers of package.json's browserslist lack of static methods and properties, from MDN's data, as options of
 * ESLint's `no-restricted-properties`: eslint-plugin-compat looks at constructors and globals only, and `AbortSignal.any` or
 * `URL.canParse` go by unseen.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** By `require`, which reads JSON everywhere and leaves 16 MB of it alone. */
const require = createRequire(import.meta.url);
const data = require('@mdn/browser-compat-data');

/** Names that browserslist gives them → MDN's. */
const BROWSERS = { chrome: 'chrome', edge: 'edge', firefox: 'firefox', safari: 'safari', ios_saf: 'safari_ios' };
const PROMISED = /^(\w+) >= ([\d.]+)$/;

/** @returns {readonly { browser: string, oldest: number }[]} */
function readPromise() {
  const { browserslist } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  return browserslist.map((line) => {
    const [, name, version] = PROMISED.exec(line) ?? [];
    const browser = BROWSERS[name];
    if (!browser) throw new RangeError(`browserslist has "${line}"; it has to be like "safari >= 16.4".`);
    return { browser, oldest: Number(version) };
  });
}

/** In which of them it is missing. Where MDN names several ranges, the first is the one without flags and prefixes. */
function lacking({ support }, promise) {
  return promise.filter(({ browser, oldest }) => {
    const told = support[browser];
    const { version_added: since } = (Array.isArray(told) ? told[0] : told) ?? {};
    if (since === undefined || since === 'preview' || since === false) return true;
    return since !== true && Number.parseFloat(String(since).replace('≤', '')) > oldest;
  });
}

/** @returns {{ object: string, property: string, message: string }[]} */
export function missingStatics(promise = readPromise()) {
  const names = (browsers) => browsers.map(({ browser, oldest }) => `${browser} ${oldest}`).join(', ');
  return Object.entries(data.api).flatMap(([object, members]) =>
    Object.entries(members).flatMap(([member, { __compat: compat }]) => {
      if (!member.endsWith('_static') || !compat) return [];
      const without = lacking(compat, promise);
      const property = member.slice(0, -'_static'.length);
      const message = `${names(without)} do not have it, and README promises them.`;
      return without.length > 0 ? [{ object, property, message }] : [];
    }),
  );
}
