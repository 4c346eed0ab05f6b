import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { MIME_TYPES, readHeaderSize, readOrientation, sniff, type ImageFormat } from '../index';
import { join } from './exif-block';
import { readFixture } from '@/lib/share/fixtures/shared-run';
import { stripMetadata, type Bytes } from './strip-metadata';

// Real files, ciphers and sockets, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SECRET = 'GPS 52.5163 N 13.3777 E';
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const holdsSecret = (bytes: Uint8Array) => Buffer.from(bytes).includes(SECRET);

function strip(bytes: Bytes): Bytes | null {
  const sniffed = sniff(bytes);
  if (sniffed.kind !== 'image') throw new Error('not an image');
  return stripMetadata(bytes, sniffed.format, readOrientation(bytes, sniffed.format))?.bytes ?? null;
}

function jpegSegment(marker: number, text: string): Uint8Array {
  return join([Uint8Array.of(0xff, marker, 0, text.length + 2), latin(text)]);
}

/** The picture with `parts` right after its first two bytes and `after` at its end. */
const jpegWith = (bytes: Bytes, parts: Uint8Array[], after = ''): Bytes =>
  join([bytes.subarray(0, 2), ...parts, bytes.subarray(2), latin(after)]);

function pngChunk(name: string, text: string): Uint8Array {
  const length = Uint8Array.of(0, 0, 0, text.length);
  // Nobody checks the sum of a chunk that is thrown away.
  return join([length, latin(name + text), new Uint8Array(4)]);
}

function webpChunk(name: string, text: string): Uint8Array {
  return join([latin(name), Uint8Array.of(text.length, 0, 0, 0), latin(text), new Uint8Array(text.length % 2)]);
}

describe('what goes', () => {
  it('JPEG: EXIF, XMP, IPTC, comments, previews and what follows the end', () => {
    const plain = readFixture('image/fixtures/orientation-1.jpg');
    const full = jpegWith(
      plain,
      [
        jpegSegment(0xe1, `Exif\0\0${SECRET}`),
        jpegSegment(0xe1, `http://ns.adobe.com/xap/1.0/\0${SECRET}`),
        jpegSegment(0xed, `Photoshop 3.0\0${SECRET}`),
        jpegSegment(0xe2, `MPF\0${SECRET}`),
        jpegSegment(0xfe, SECRET),
      ],
      `a film ${SECRET}`,
    );
    expect(holdsSecret(strip(full)!)).toBe(false);
    expect(strip(full)).toEqual(strip(plain));
  });

  it('PNG: texts, times, EXIF and what follows the end', () => {
    const plain = readFixture('image/fixtures/plain.png');
    const chunks = ['tEXt', 'iTXt', 'zTXt', 'tIME', 'prVt'].map((name) => pngChunk(name, SECRET));
    const full = join([plain.subarray(0, 33), ...chunks, plain.subarray(33), latin(SECRET)]);
    expect(strip(full)).toEqual(strip(plain));
    expect(holdsSecret(strip(full)!)).toBe(false);
  });

  it('WebP: EXIF, XMP and unknown chunks', () => {
    const plain = readFixture('image/fixtures/orientation-6.webp');
    const full = join([plain, ...['EXIF', 'XMP ', 'prVt'].map((name) => webpChunk(name, SECRET))]);
    new DataView(full.buffer).setUint32(4, full.length - 8, true);
    expect(strip(full)).toEqual(strip(plain));
    expect(holdsSecret(strip(full)!)).toBe(false);
  });

  it('GIF: comments and applications’ blocks', () => {
    const plain = readFixture('image/fixtures/plain.gif');
    const comment = join([Uint8Array.of(0x21, 0xfe, SECRET.length), latin(SECRET), new Uint8Array(1)]);
    const application = join([
      Uint8Array.of(0x21, 0xff, 11),
      latin('XMP DataXMP'),
      Uint8Array.of(SECRET.length),
      latin(SECRET),
      new Uint8Array(1),
    ]);
    const full = join([plain.subarray(0, plain.length - 1), comment, application, Uint8Array.of(0x3b), latin(SECRET)]);
    expect(holdsSecret(strip(full)!)).toBe(false);
    expect(strip(full)).toEqual(strip(plain));
  });
});

describe('what stays', () => {
  const files: [string, ImageFormat][] = [
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((n): [string, ImageFormat] => [`orientation-${n}.jpg`, 'jpeg']),
    ...[1, 3, 6, 8].map((n): [string, ImageFormat] => [`orientation-${n}.webp`, 'webp']),
    ['orientation-6.png', 'png'],
    ['plain.png', 'png'],
    ['half-clear.png', 'png'],
    ['plain.gif', 'gif'],
    ['plain.bmp', 'bmp'],
    ['plain.avif', 'avif'],
    ['plain.heic', 'heic'],
    ['display-p3.heic', 'heic'],
  ];
  it.each(files)('%s: kind, size and orientation', (name, format) => {
    const bytes = readFixture(`image/fixtures/${name}`);
    const clean = strip(bytes)!;
    expect(sniff(clean)).toMatchObject({ kind: 'image', mimeType: MIME_TYPES[format] });
    expect(readHeaderSize(clean, format)).toEqual(readHeaderSize(bytes, format));
    expect(readOrientation(clean, format)).toBe(readOrientation(bytes, format));
    expect(strip(clean)).toEqual(clean);
  });

  it('JPEG: the colour profile', () => {
    const plain = readFixture('image/fixtures/orientation-1.jpg');
    expect(Buffer.from(strip(jpegWith(plain, [jpegSegment(0xe2, 'ICC_PROFILE\0colours')]))!).includes('colours')).toBe(
      true,
    );
  });
});

describe('a file that cannot be followed', () => {
  it.each(['plain.heic', 'plain.png', 'plain.gif', 'orientation-6.jpg', 'orientation-6.webp'])(
    '%s, cut or spoilt anywhere, is refused or cleaned, never thrown over',
    (name) => {
      const bytes = readFixture(`image/fixtures/${name}`);
      const { format } = sniff(bytes) as { format: ImageFormat };
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.nat(bytes.length - 1), fc.nat(255), (length, at, value) => {
          const spoilt = bytes.slice(0, length);
          if (at < length) spoilt[at] = value;
          stripMetadata(spoilt, format, 6);
          const other = bytes.slice();
          other[at] = value;
          stripMetadata(other, format, 1);
        }),
        { numRuns: 300 },
      );
    },
  );
});
