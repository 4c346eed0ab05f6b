import { describe, expect, it } from 'vitest';
import { readHstsSeconds, strictTransport } from './transport-security';

const via = (proto: string | null) => new Headers(proto === null ? {} : { 'x-forwarded-proto': proto });

describe('Strict-Transport-Security', () => {
  it.each([
    ['no proxy is trusted: a client may say anything', 'https', 0, null],
    ['the proxy says https', 'https', 1, 'max-age=100'],
    ['the proxy says http', 'http', 1, null],
    ['nothing is said', null, 1, null],
    ['a client said https to a proxy that says http', 'https, http', 1, null],
    ['a client said http to a proxy that says https', 'http, https', 1, 'max-age=100'],
    ['two proxies, the first with TLS', 'https, http', 2, 'max-age=100'],
    ['two proxies, of which the first alone says it', 'https', 2, 'max-age=100'],
    ['two proxies, behind a client that lies', 'https, http, http', 2, null],
    ['nonsense', 'https;', 1, null],
  ])('%s', (_, proto, proxies, expected) => {
    expect(strictTransport(via(proto), { proxies, seconds: 100 })).toBe(expected);
  });

  it('may be turned off, and lasts half a year unless it is told', () => {
    expect(
      strictTransport(via('https'), { proxies: 1, seconds: readHstsSeconds({ LOUPE_HSTS_SECONDS: '0' }) }),
    ).toBeNull();
    expect(readHstsSeconds({})).toBe(15_552_000);
    expect(readHstsSeconds({ LOUPE_HSTS_SECONDS: '3600' })).toBe(3600);
    expect(readHstsSeconds({ LOUPE_HSTS_SECONDS: '999999999' })).toBe(63_072_000);
    expect(readHstsSeconds({ LOUPE_HSTS_SECONDS: 'soon' })).toBe(15_552_000);
  });
});
