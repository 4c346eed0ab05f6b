/** The oldest browsers: the lint knows what they lack, and README names the same ones. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { missingStatics } from './oldest-browsers.mjs';

it('lack what is newer than they are, and have what is older', () => {
  const missing = missingStatics([{ browser: 'safari', oldest: 16.4 }]).map(
    ({ object, property }) => `${object}.${property}`,
  );
  expect(missing).toEqual(expect.arrayContaining(['AbortSignal.any', 'URL.canParse', 'URL.parse']));
  expect(missing).not.toContain('AbortSignal.timeout');
  expect(missing).not.toContain('URL.createObjectURL');
  expect(missingStatics([{ browser: 'safari', oldest: 26 }]).map(({ property }) => property)).not.toContain('canParse');
});

it('are the same wherever they are promised', () => {
  const { browserslist } = JSON.parse(readFileSync('package.json', 'utf8')) as { browserslist: readonly string[] };
  const oldest = Object.fromEntries(browserslist.map((line) => line.split(' >= '))) as Record<string, string>;
  expect(oldest['ios_saf']).toBe(oldest['safari']);
  expect(readFileSync('README.md', 'utf8')).toContain(
    `Chrome and Edge ${oldest['chrome']}, Firefox ${oldest['firefox']}, Safari ${oldest['safari']}`,
  );
});
