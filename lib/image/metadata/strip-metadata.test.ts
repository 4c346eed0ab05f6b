import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readHeaderSize, readOrientation, sniff, type ImageFormat } from '../index';
import { readFixture } from './fixtures/read-fixture';
import { join, latin, u16, type Bytes } from './bytes';
import { cleanPicture } from './clean-picture';
import { stripMetadata } from './strip-metadata';

// Real files, ciphers and sockets, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

async function strip(bytes: Bytes) {
  const sniffed = sniff(bytes);
  if (sniffed.kind !== 'image') throw new Error('not an image');
  return stripMetadata(bytes, sniffed.format, readOrientation(bytes, sniffed.format));
}

describe('what stays', () => {
  const files: [string, ImageFormat][] = [
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((n): [string, ImageFormat] => [`fixtures/orientation-${n}.jpg`, 'jpeg']),
    ['fixtures/orientation-6.png', 'png'],
    ['fixtures/plain.png', 'png'],
    ['fixtures/half-clear.png', 'png'],
    ['fixtures/plain.gif', 'png'],
    ['fixtures/plain.bmp', 'png'],
    ['fixtures/plain.avif', 'avif'],
    ['fixtures/plain.heic', 'heic'],
    ['fixtures/display-p3.heic', 'heic'],
    ['metadata/fixtures/progressive.jpg', 'jpeg'],
    ['metadata/fixtures/restarts.jpg', 'jpeg'],
    ['metadata/fixtures/palette.png', 'png'],
    ['metadata/fixtures/moving.gif', 'png'],
  ];
  it.each(files)('%s: kind, size and orientation', async (name, format) => {
    const bytes = readFixture(`image/${name}`);
    const before = sniff(bytes) as { format: ImageFormat };
    const clean = (await strip(bytes))!;
    expect(clean.format).toBe(format);
    expect(sniff(clean.bytes)).toMatchObject({ kind: 'image', format });
    expect(readHeaderSize(clean.bytes, format)).toEqual(readHeaderSize(bytes, before.format));
    expect(readOrientation(clean.bytes, format)).toBe(readOrientation(bytes, before.format));
    expect((await strip(clean.bytes))?.bytes).toEqual(clean.bytes);
  });

  it('JPEG: the numbers of the color profile', async () => {
    const clean = (await strip(readFixture('image/metadata/fixtures/progressive.jpg')))!;
    const text = Buffer.from(clean.bytes).toString('latin1');
    expect(text).toContain('ICC_PROFILE');
    // Named by its primaries, not by its own words.
    expect(text).toContain('s\0R\0G\0B');
    expect(text).not.toContain('Little CMS');
    expect(text).not.toContain('lcms');
  });
});

describe('what cannot be followed', () => {
  it('is refused where nothing can draw it', async () => {
    const webp = new Blob([readFixture('image/fixtures/plain.webp')]);
    await expect(cleanPicture(webp)).rejects.toThrow('cannot be followed');
    await expect(cleanPicture(new Blob(['hello']))).rejects.toThrow('not a picture');
  });

  it('a film is one: which picture of it is shown is the reader’s choice', async () => {
    expect(await strip(readFixture('image/metadata/fixtures/moving.avif'))).toBeNull();
  });

  it('JPEG: a scan that breaks off, and an unknown code', async () => {
    const plain = readFixture('image/fixtures/orientation-1.jpg');
    expect(await strip(plain.slice(0, plain.length - 30))).toBeNull();
    const frame = Buffer.from(plain).indexOf(Buffer.of(0xff, 0xc0));
    const lossless = plain.slice();
    lossless[frame + 1] = 0xc3;
    expect(await strip(lossless)).toBeNull();
  });

  it('JPEG: a second frame, or one of no size', async () => {
    const plain = readFixture('image/fixtures/orientation-1.jpg');
    const at = Buffer.from(plain).indexOf(Buffer.of(0xff, 0xc0));
    const frame = plain.subarray(at, at + 19);
    expect(await strip(join([plain.subarray(0, at), frame, plain.subarray(at)]))).toBeNull();
    const flat = plain.slice();
    flat.set(u16(0), at + 5);
    expect(await strip(flat)).toBeNull();
  });

  it.each([
    'fixtures/plain.heic',
    'fixtures/plain.avif',
    'fixtures/plain.png',
    'fixtures/plain.gif',
    'fixtures/plain.bmp',
    'fixtures/orientation-6.jpg',
    'metadata/fixtures/progressive.jpg',
    'metadata/fixtures/restarts.jpg',
    'metadata/fixtures/palette.png',
  ])('%s, cut or spoilt anywhere, is refused or cleaned, never thrown over', async (name) => {
    const bytes = readFixture(`image/${name}`);
    const { format } = sniff(bytes) as { format: ImageFormat };
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(bytes.length - 1), fc.nat(255), async (length, at, value) => {
        const spoilt = bytes.slice(0, length);
        if (at < length) spoilt[at] = value;
        await stripMetadata(spoilt, format, 6);
        const other = bytes.slice();
        other[at] = value;
        await stripMetadata(other, format, 1);
      }),
      { numRuns: 200 },
    );
  });
});

it('a comment in a picture as phones write it', async () => {
  const plain = readFixture('image/fixtures/orientation-6.jpg');
  const secret = latin('GPS 52.5163 N 13.3777 E');
  const comment = join([Uint8Array.of(0xff, 0xfe), u16(secret.length + 2), secret]);
  const clean = (await strip(join([plain.subarray(0, 2), comment, plain.subarray(2)])))!;
  expect(Buffer.from(clean.bytes).includes('GPS')).toBe(false);
  expect(clean.bytes).toEqual((await strip(plain))?.bytes);
});
