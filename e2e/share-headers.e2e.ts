/** What the served app says about shares before any script runs: who may frame, cache and index what, and a raw upload. */
import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';

const ID = '0'.repeat(32);

test('only the embedded view may be framed, and no shared run is for robots', async ({ request }) => {
  for (const [path, ancestors, policy] of [
    [`/e/${ID}`, 'frame-ancestors *', 'cross-origin'],
    [`/t/${ID}`, "frame-ancestors 'none'", 'same-origin'],
    ['/', "frame-ancestors 'none'", 'same-origin'],
    [`/api/shares/${ID}`, "frame-ancestors 'none'", 'same-origin'],
  ] as const) {
    const headers = (await request.get(path)).headers();
    expect(headers['content-security-policy'], path).toContain(ancestors);
    expect(headers['cross-origin-resource-policy'], path).toBe(policy);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('no-referrer');
    if (path !== '/') expect(headers['x-robots-tag'], path).toContain('noindex');
  }
  const robots = await (await request.get('/robots.txt')).text();
  for (const path of ['/t/', '/e/', '/api/']) expect(robots).toContain(`Disallow: ${path}`);
});

test('a share of 12 MB goes through the app and comes back byte for byte', async ({ request }) => {
  const body = randomBytes(12_000_000);
  const reserve = await request.post('/api/shares', { data: { bytes: body.length, expiry: '1-hour' } });
  expect(reserve.status()).toBe(201);
  const { id, deleteToken } = (await reserve.json()) as { id: string; deleteToken: string };
  const authorization = `Bearer ${deleteToken}`;
  const digest = createHash('sha256').update(body).digest('base64');
  const put = await request.put(`/api/shares/${id}`, {
    headers: { authorization, 'content-digest': `sha-256=:${digest}:`, 'content-type': 'application/octet-stream' },
    data: body,
  });
  expect(put.status()).toBe(201);
  const read = await request.get(`/api/shares/${id}`);
  expect(read.headers()['cache-control']).toBe('no-store');
  expect((await read.body()).equals(body)).toBe(true);
  expect((await request.delete(`/api/shares/${id}`, { headers: { authorization } })).status()).toBe(204);
  const gone = await request.get(`/api/shares/${id}`);
  expect([gone.status(), await gone.json()]).toEqual([410, { error: 'deleted' }]);
});

test('Strict-Transport-Security is not promised because a client says https', async ({ request }) => {
  // The stories' server trusts no proxy.
  const headers = (await request.get('/', { headers: { 'x-forwarded-proto': 'https' } })).headers();
  expect(headers['strict-transport-security']).toBeUndefined();
});

test('the health check answers', async ({ request }) => {
  expect((await request.get('/api/health')).status()).toBe(200);
});
