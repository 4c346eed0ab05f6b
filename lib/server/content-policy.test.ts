import { expect, test } from 'vitest';
import { mayBeFramed, pagePolicy, WORKER_POLICY } from './content-policy';

test('the page runs scripts by nonce only, and never evaluates text', () => {
  const policy = pagePolicy('abc');
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval';");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policy).toContain("frame-ancestors 'none'");
});

test('page and worker connect as far as they may, and no further', () => {
  for (const policy of [pagePolicy('abc'), WORKER_POLICY]) {
    expect(policy).toMatch(/connect-src 'self' https: http:\/\/localhost:\* http:\/\/127\.0\.0\.1:\*( blob: data:)?;/);
  }
  expect(pagePolicy('abc', { connect: ['http://192.168.1.7:8000'] })).toContain('127.0.0.1:* http://192.168.1.7:8000;');
});

test('only the embedded view may be framed', () => {
  expect(pagePolicy('abc', { framed: true })).toContain('frame-ancestors *');
  expect(WORKER_POLICY).toContain("frame-ancestors 'none'");
  expect(['/e/00ff', '/e', '/', '/t/00ff', '/embed', '/en/e/1'].map(mayBeFramed)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
