/** Search engines by their answers: what is asked of them, what is read, and what goes wrong. */
import { describe, expect, it } from 'vitest';
import { createWebSource, isSearchAddress, readResults, searchUrl } from './web-source';

const { signal } = new AbortController();

describe('where a search goes', () => {
  it.each([
    ['https://sx.example', 'https://sx.example/search?q=tide+table&format=json'],
    ['https://sx.example/search?language=de', 'https://sx.example/search?language=de&q=tide+table&format=json'],
    ['https://api.example/find?text={query}&n=5', 'https://api.example/find?text=tide%20table&n=5'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/search?q=tide+table&format=json'],
  ])('%s', (address, asked) => {
    expect(searchUrl(address, 'tide table')).toBe(asked);
  });

  it('no address of another kind, and none with a password in it', () => {
    for (const address of ['ftp://a.example', 'javascript:alert(1)', '/search', 'https://u:p@a.example', ''])
      expect(isSearchAddress(address)).toBe(false);
  });
});

describe('what was found', () => {
  const tide = { title: 'Tides', address: 'https://t.example/', excerpt: 'Twice a day.' };

  it.each([
    ['SearXNG', { results: [{ title: 'Tides', url: 'https://t.example/', content: 'Twice a day.' }] }],
    ['SerpAPI', { organic_results: [{ title: 'Tides', link: 'https://t.example/', snippet: 'Twice a day.' }] }],
    ['Brave', { web: { results: [{ title: 'Tides', url: 'https://t.example/', description: 'Twice a day.' }] } }],
    ['a bare list', [{ name: 'Tides', href: 'https://t.example/', text: 'Twice a day.' }]],
  ])('as %s has it', (_, answer) => {
    expect(readResults(answer)).toEqual([tide]);
  });

  it('leaves out addresses that no browser should be led to, and what is more than five', () => {
    const results = [
      { url: 'javascript:alert(1)' },
      ...Array.from({ length: 9 }, (_, at) => ({ url: `https://${at}.example` })),
    ];
    expect(readResults({ results }).map(({ title }) => title)).toEqual(
      [0, 1, 2, 3, 4].map((at) => `https://${at}.example`),
    );
  });

  it('says what went wrong', async () => {
    const asking = (send: () => Promise<Response>) => createWebSource('https://sx.example', send).search('x', signal);
    await expect(asking(() => Promise.reject(new TypeError('failed')))).rejects.toMatchObject({ code: 'unreachable' });
    await expect(asking(async () => new Response('', { status: 403 }))).rejects.toMatchObject({ code: 'refused' });
    await expect(asking(async () => new Response('<html>'))).rejects.toMatchObject({ code: 'not-results' });
    await expect(asking(async () => Response.json({ message: 'no' }))).rejects.toMatchObject({ code: 'not-results' });
  });
});
