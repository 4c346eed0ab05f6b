import { expect, it } from 'vitest';
import { clientAddress, PEER_HEADER } from './client-address';
import { createRateLimiter } from './rate-limiter';
import { readShareSettings, readTrustedProxies, SettingsError } from './share-settings';

it('a client may burst to the capacity, then goes as fast as it refills', () => {
  let clock = 0;
  const limiter = createRateLimiter({ capacity: 3, seconds: 30, now: () => clock });
  expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([0, 0, 0, 10]);
  expect(limiter.take('b')).toBe(0);
  clock = 9_000;
  expect(limiter.take('a')).toBe(1);
  clock = 10_000;
  expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 10]);
  clock = 1_000_000;
  expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([0, 0, 0, 10]);
});

it('what costs more than a full bucket takes a full one', () => {
  const limiter = createRateLimiter({ capacity: 10, seconds: 10, now: () => 0 });
  expect([limiter.take('a', 25), limiter.take('a', 1)]).toEqual([0, 1]);
});

it('a clock that goes back gives nothing and takes nothing', () => {
  let clock = 1_000_000;
  const limiter = createRateLimiter({ capacity: 1, seconds: 10, now: () => clock });
  limiter.take('a');
  clock = 0;
  expect(limiter.take('a')).toBe(10);
});

it('a million clients do not fill the memory', () => {
  const limiter = createRateLimiter({ capacity: 1, seconds: 60, maxClients: 10, now: () => 0 });
  limiter.take('first');
  for (let n = 0; n < 10; n++) limiter.take(`client ${n}`);
  // Forgotten, so it may again: the price of a bounded memory.
  expect(limiter.take('first')).toBe(0);
});

const headers = (peer: string, forwarded?: string) =>
  new Headers({ [PEER_HEADER]: peer, ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }) });

it('without trusted proxies the connection counts, whatever the client claims', () => {
  expect(clientAddress(headers('203.0.113.7', '1.2.3.4'), 0)).toBe('203.0.113.7');
});

it('each trusted proxy is one step from the right', () => {
  const list = 'spoofed, 198.51.100.1, 10.0.0.2';
  expect(clientAddress(headers('10.0.0.3', list), 1)).toBe('10.0.0.2');
  expect(clientAddress(headers('10.0.0.3', list), 2)).toBe('198.51.100.1');
  expect(clientAddress(headers('10.0.0.3', '198.51.100.1'), 2)).toBe('10.0.0.3');
  expect(clientAddress(headers('10.0.0.3'), 1)).toBe('10.0.0.3');
});

it('an IPv6 network is one client, and IPv4 in IPv6 is IPv4', () => {
  const of = (peer: string) => clientAddress(headers(peer), 0);
  expect(of('2001:db8:1:2:aaaa::1')).toBe(of('2001:0db8:0001:0002:bbbb:cccc:dddd:eeee'));
  expect(of('2001:db8:1:3::1')).not.toBe(of('2001:db8:1:2::1'));
  expect(of('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(of('::1')).toBe('0:0:0:0::/64');
});

it('settings come from the environment, with defaults', () => {
  expect(readShareSettings({})).toMatchObject({
    enabled: true,
    maxBytes: 25_000_000,
    store: { kind: 'files', folder: './data' },
    expiries: ['1-hour', '1-day', '30-days', '1-year'],
  });
  expect(
    readShareSettings({ LOUPE_SHARE_STORE_BYTES: '0', LOUPE_SHARES: 'off', LOUPE_SHARE_EXPIRIES: '1-day,1-hour' }),
  ).toMatchObject({
    enabled: false,
    storeBytes: Number.POSITIVE_INFINITY,
    expiries: ['1-hour', '1-day'],
  });
  expect(
    readShareSettings({
      LOUPE_S3_ENDPOINT: 'http://127.0.0.1:9000/',
      LOUPE_S3_BUCKET: 'b',
      LOUPE_S3_ACCESS_KEY_ID: 'k',
      LOUPE_S3_SECRET_ACCESS_KEY: 's',
      LOUPE_S3_PREFIX: 'loupe',
    }).store,
  ).toMatchObject({ kind: 's3', endpoint: 'http://127.0.0.1:9000', prefix: 'loupe/' });
});

it('a number that is too high is told what the highest is', () => {
  expect(readShareSettings({ LOUPE_SHARE_MAX_BYTES: '134217728' }).maxBytes).toBe(134_217_728);
  expect(() => readShareSettings({ LOUPE_SHARE_MAX_BYTES: '200000000' })).toThrow(
    'LOUPE_SHARE_MAX_BYTES is "200000000"; it has to be a whole number from 1024 to 134217728.',
  );
});

it.each<Record<string, string>>([
  { LOUPE_SHARE_MAX_BYTES: '25MB' },
  { LOUPE_SHARE_MAX_BYTES: '-1' },
  // No page opens so much.
  { LOUPE_SHARE_MAX_BYTES: '134217729' },
  // Timers of more than 2^31 milliseconds fire at once.
  { LOUPE_SHARE_SWEEP_MINUTES: '35792' },
  { LOUPE_SHARE_SWEEP_MINUTES: '1441' },
  { LOUPE_SHARES: 'yes' },
  { LOUPE_SHARE_EXPIRIES: 'never' },
  { LOUPE_S3_ENDPOINT: 'ftp://x' },
  { LOUPE_S3_ENDPOINT: 'http://x' },
  {
    LOUPE_S3_PREFIX: 'a b',
    LOUPE_S3_ENDPOINT: 'http://x',
    LOUPE_S3_BUCKET: 'b',
    LOUPE_S3_ACCESS_KEY_ID: 'k',
    LOUPE_S3_SECRET_ACCESS_KEY: 's',
  },
])('a setting that makes no sense stops the server with its name: %o', (env) => {
  expect(() => readShareSettings(env)).toThrow(SettingsError);
  expect(() => readTrustedProxies({ LOUPE_TRUSTED_PROXIES: 'all' })).toThrow(SettingsError);
});
