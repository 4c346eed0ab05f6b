import fc from 'fast-check';
import { expect, it } from 'vitest';
import { embedCode, embedLink, isShareKey, keyOfFragment, parseShareLink, shareLink, stepOfQuery } from './address';
import { fromBase64Url, fromHex, toBase64Url, toHex } from './base64url';
import type { OwnShare } from './contract';
import { openOwnShares } from './own-shares';

const share = { id: '00112233445566778899aabbccddeeff', key: toBase64Url(new Uint8Array(32).fill(250)) };

it('bytes become text and come back, and only one text means them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const text = toBase64Url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect([...fromBase64Url(text)!]).toEqual([...bytes]);
      expect([...fromHex(toHex(bytes))!]).toEqual([...bytes]);
    }),
  );
  expect(fromBase64Url('AB')).toBeNull();
  expect(fromBase64Url('A')).toBeNull();
  expect(fromBase64Url('A+==')).toBeNull();
});

it('a link carries the key after the #, where no server sees it', () => {
  const link = shareLink(share, { origin: 'https://loupe.example', step: 3 });
  expect(link).toBe(`https://loupe.example/t/${share.id}?step=3#${share.key}`);
  expect(parseShareLink(link)).toEqual({ ...share, step: 3 });
  expect(parseShareLink(embedLink(share, { origin: 'https://loupe.example' }))).toEqual({ ...share, step: null });
  expect(new URL(link).pathname + new URL(link).search).not.toContain(share.key);
});

it('code to embed is one iframe with the link in it', () => {
  expect(embedCode(share, { origin: 'https://loupe.example' })).toContain(
    `<iframe src="https://loupe.example/e/${share.id}#${share.key}"`,
  );
});

it('whatever stands in an address, it is a share or null', () => {
  for (const link of [
    '',
    'https://x/',
    `https://x/t/${share.id}`,
    `/t/${share.id}#abc`,
    `/t/short#${share.key}`,
    'http://[',
  ]) {
    expect(parseShareLink(link)).toBeNull();
  }
  expect(keyOfFragment(`#${share.key}`)).toBe(share.key);
  expect(isShareKey(share.key.slice(1))).toBe(false);
  expect(['?step=2', '?step=-1', '?step=x', '', '?step=12345678'].map(stepOfQuery)).toEqual([
    2,
    null,
    null,
    null,
    null,
  ]);
  fc.assert(fc.property(fc.string(), (text) => void parseShareLink(text)));
});

const HASH = `#${share.key}`;
// A key with every kind of letter that something may take for its own.
const dashed = toBase64Url(Uint8Array.from({ length: 32 }, (_, at) => (at % 3 === 0 ? 0xfb : 0xff)));

it.each([
  ...['.', ')', ').', ',', '"', '”', '’', '>', '*', '_', '%20', '%E2%80%8B', '\u200b', '\ufeff', '\u00ad', '%0A'],
  ...['&utm_source=x', '?fbclid=IwAR0', '%3Ffbclid=a', '&amp;x', ' and look', '%FF', '#', '#:~:text=key', ']('],
])('a key is whole with %j after it', (tail) => {
  expect(keyOfFragment(HASH + tail)).toBe(share.key);
  expect(parseShareLink(`https://x.org/t/${share.id}?step=2${HASH}${tail}`)).toEqual({ ...share, step: 2 });
});

it('a key is whole whatever unseen, encoded or quoted stands in it; a longer or shorter one is none', () => {
  const broken = [...share.key].join('\u200b').replace('\u200b', '\r\n');
  for (const hash of [`#${broken}`, `#"${share.key}"`, `#%23${share.key}`, `#\u2060${share.key}`, `${share.key} `]) {
    expect(keyOfFragment(hash), hash).toBe(share.key);
  }
  expect(dashed).toMatch(/-.*_|_.*-/);
  expect(keyOfFragment(`#${dashed.replaceAll('-', '%2D').replaceAll('_', '%5f')}`)).toBe(dashed);
  // Once: what is encoded twice is another's text.
  expect(keyOfFragment(`#${dashed.replaceAll('-', '%252D')}`)).toBeNull();
  for (const hash of [
    '',
    '#',
    '#.',
    `${HASH}A`,
    `${HASH}-`,
    `${HASH}_A`,
    HASH.slice(0, -1),
    `${HASH.slice(0, -1)}.A`,
  ]) {
    expect(keyOfFragment(hash), hash).toBeNull();
  }
});

it.each([
  `https://x.org/t/${share.id.toUpperCase()}${HASH}`,
  `https://x.org/t/${share.id}%23${share.key}`,
  `https://x.org/t/${share.id}%23${share.key}.`,
  `https://x.org/t/${share.id}/${HASH}`,
  `https://x.org/t/${share.id}%20${HASH}`,
  `https://x.org/t/\u200b${share.id}?fbclid=a%23b${HASH}`,
  `<https://x.org/t/${share.id}${HASH}>`,
  `“https://x.org/e/${share.id}%3Futm=a%23${share.key}”`,
  `https%3A%2F%2Fx.org%2Ft%2F${share.id}%23${share.key}`,
  `Look: https://x.org/t/${share.id}\n${HASH}`,
])('%j is a link', (link) => {
  expect(parseShareLink(link)).toEqual({ ...share, step: null });
});

it('a step survives a # that was written out', () => {
  expect(parseShareLink(`/t/${share.id}?step=3%23${share.key}`)).toEqual({ ...share, step: 3 });
});

const own = (id: string): OwnShare => ({
  ...share,
  id,
  deleteToken: 'token',
  createdAt: '2026-11-21T10:00:00.000Z',
  expiresAt: '2026-12-21T10:00:00.000Z',
  bytes: 100,
  title: 'A run',
});
const ids = ['0', '1', '2'].map((digit) => digit.repeat(32));

function memoryStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

it('one’s own shares are kept, newest first, for the next visit', () => {
  const storage = memoryStorage();
  const shares = openOwnShares(storage);
  let heard = 0;
  const leave = shares.subscribe(() => (heard += 1));
  for (const id of ids) shares.add(own(id));
  shares.remove(ids[1]!);
  expect(heard).toBe(4);
  leave();
  expect(openOwnShares(storage).list()).toEqual([own(ids[2]!), own(ids[0]!)]);
  expect(shares.list()).toBe(shares.list());
});

it('storage that is full, forbidden or spoilt loses nothing of this page and throws nothing', () => {
  const storage = memoryStorage();
  openOwnShares(storage).add(own(ids[2]!));
  let isFull = true;
  const full = openOwnShares({
    getItem: storage.getItem,
    setItem: (key, value) => {
      if (isFull) throw new DOMException('', 'QuotaExceededError');
      storage.setItem(key, value);
    },
  });
  full.add(own(ids[0]!));
  full.add(own(ids[1]!));
  full.remove(ids[2]!);
  expect(full.list()).toEqual([own(ids[1]!), own(ids[0]!)]);
  expect(full.list()).toBe(full.list());
  // And the page can say of each that it is not kept, and why it matters.
  expect(ids.map(full.isKept)).toEqual([false, false, true]);
  // With room again, the next change keeps them all.
  isFull = false;
  full.remove(ids[0]!);
  expect(full.isKept(ids[1]!)).toBe(true);
  expect(openOwnShares(storage).list()).toEqual([own(ids[1]!)]);
  for (const text of ['{', '7', '[1, {"id": "x"}]', JSON.stringify([{ ...own(ids[0]!), key: 'short' }])]) {
    expect(openOwnShares({ getItem: () => text, setItem: () => undefined }).list()).toEqual([]);
  }
  expect(openOwnShares(null).list()).toEqual([]);
});

it('rows that this version cannot read are another’s, and stay as they are', () => {
  const storage = memoryStorage();
  const newer = { ...own(ids[0]!), key: 'of a later kind', more: 1 };
  const richer = { ...own(ids[1]!), note: 'a field of a later version' };
  storage.setItem('loupe-own-shares', JSON.stringify([newer, richer]));
  const shares = openOwnShares(storage);
  expect(shares.list()).toEqual([own(ids[1]!)]);
  shares.add(own(ids[2]!));
  expect(JSON.parse(storage.getItem('loupe-own-shares')!)).toEqual([own(ids[2]!), newer, richer]);
  shares.remove(ids[1]!);
  expect(JSON.parse(storage.getItem('loupe-own-shares')!)).toEqual([own(ids[2]!), newer]);
  // What is no list at all is not ours to overwrite.
  storage.setItem('loupe-own-shares', '{"version":2}');
  shares.add(own(ids[1]!));
  expect(shares.isKept(ids[1]!)).toBe(false);
  expect(storage.getItem('loupe-own-shares')).toBe('{"version":2}');
});
