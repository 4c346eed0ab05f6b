/** What a file's first bytes say: kind, size, orientation. The readers are total: random and damaged bytes never throw. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOrientation } from './exif';
import { readHeaderSize } from './header-size';
import { MIME_TYPES, sniff, type ImageFormat } from './sniff';

const FORMATS = Object.keys(MIME_TYPES) as ImageFormat[];
const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const FILES: readonly [string, ImageFormat, number, number][] = [
  ['plain.png', 'png', 48, 32],
  ['plain.webp', 'webp', 48, 32],
  ['plain.gif', 'gif', 48, 32],
  ['plain.bmp', 'bmp', 48, 32],
  ['plain.avif', 'avif', 48, 32],
  ['plain.heic', 'heic', 192, 128],
  ['orientation-1.jpg', 'jpeg', 48, 32],
  // Stored size: as it lies in the file.
  ['orientation-6.jpg', 'jpeg', 32, 48],
  ['orientation-6.webp', 'webp', 32, 48],
];

describe('sniffing', () => {
  for (const [name, format, width, height] of FILES) {
    test(`${name}: kind and size`, () => {
      const bytes = file(name);
      expect(sniff(bytes)).toEqual({ kind: 'image', format, mimeType: MIME_TYPES[format] });
      expect(sniff(bytes.subarray(0, 4096))).toMatchObject({ format });
      expect(readHeaderSize(bytes, format)).toEqual({ width, height });
    });
  }

  test.each([
    ['%PDF-1.7\n', 'pdf'],
    ['<svg xmlns="http://www.w3.org/2000/svg">', 'svg'],
    ['\u00ef\u00bb\u00bf<?xml version="1.0"?>\n<!-- made -->\n<svg>', 'svg'],
    ['<!DOCTYPE html><html>', 'web-page'],
    ['\n  <html lang="en">', 'web-page'],
    ['dear reader,\nhello', 'text'],
    ['{"a": 1}', 'text'],
    ['\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000isommp42', 'media'],
    ['PK\u0003\u0004\u0014\u0000', 'archive'],
    ['\u0001\u0002\u0003\u0000\u00fe', null],
    ['BMW is a car maker', 'text'],
  ])('%j is %s, not a picture', (text, is) => {
    expect(sniff(bytesOf(text))).toEqual({ kind: 'other', is });
  });

  test.each(['II*\u0000', 'MM\u0000*', '8BPS\u0000', '\u00ff\u000a\u0000', '\u0000\u0000\u0001\u0000\u0001'])(
    '%j is a picture that is not opened',
    (text) => {
      expect(sniff(bytesOf(text)).kind).toBe('unsupported');
    },
  );

  test('nothing is empty', () => {
    expect(sniff(new Uint8Array())).toEqual({ kind: 'empty' });
  });
});

describe('orientation', () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    test(`${orientation}: JPEG and WebP`, () => {
      expect(readOrientation(file(`orientation-${orientation}.jpg`), 'jpeg')).toBe(orientation);
      expect(readOrientation(file(`orientation-${orientation}.webp`), 'webp')).toBe(orientation);
    });
  }

  test('PNG, and files that say nothing', () => {
    expect(readOrientation(file('orientation-6.png'), 'png')).toBe(6);
    expect(readOrientation(file('plain.png'), 'png')).toBe(1);
    expect(readOrientation(file('plain.webp'), 'webp')).toBe(1);
    expect(readOrientation(file('plain.heic'), 'heic')).toBe(1);
  });

  /** A JPEG that is nothing but an EXIF block with one directory. */
  const exif = (order: 'II' | 'MM', entries: readonly [tag: number, type: number, value: number][]): Uint8Array => {
    const tiff = new DataView(new ArrayBuffer(8 + 2 + entries.length * 12 + 4));
    const little = order === 'II';
    tiff.setUint16(0, little ? 0x4949 : 0x4d4d);
    tiff.setUint16(2, 42, little);
    tiff.setUint32(4, 8, little);
    tiff.setUint16(8, entries.length, little);
    entries.forEach(([tag, type, value], i) => {
      tiff.setUint16(10 + i * 12, tag, little);
      tiff.setUint16(12 + i * 12, type, little);
      tiff.setUint32(14 + i * 12, 1, little);
      tiff.setUint16(18 + i * 12, value, little);
    });
    const body = new Uint8Array(tiff.buffer);
    const length = body.length + 8;
    return Uint8Array.of(
      0xff,
      0xd8,
      0xff,
      0xe1,
      length >> 8,
      length & 255,
      ...bytesOf('Exif\0\0'),
      ...body,
      0xff,
      0xda,
    );
  };

  test('any byte order and any neighbours', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('II' as const, 'MM' as const),
        fc.integer({ min: 0, max: 65535 }),
        fc.array(
          fc.tuple(
            fc.integer({ min: 0x0113, max: 0xffff }),
            fc.integer({ min: 1, max: 12 }),
            fc.integer({ min: 0, max: 65535 }),
          ),
        ),
        (order, value, neighbours) => {
          const read = readOrientation(exif(order, [...neighbours, [0x0112, 3, value]]), 'jpeg');
          expect(read).toBe(value >= 1 && value <= 8 ? value : 1);
        },
      ),
    );
  });

  test('a wrong type, and a second APP1 before it', () => {
    expect(readOrientation(exif('II', [[0x0112, 4, 6]]), 'jpeg')).toBe(1);
    const xmp = Uint8Array.of(
      0xff,
      0xd8,
      0xff,
      0xe1,
      0,
      8,
      ...bytesOf('http:/'),
      ...exif('MM', [[0x0112, 3, 8]]).subarray(2),
    );
    expect(readOrientation(xmp, 'jpeg')).toBe(8);
  });
});

describe('whatever the bytes, nothing throws', () => {
  /** Plain comparisons: an `expect` per format would take most of the time. */
  const readAll = (bytes: Uint8Array): boolean => {
    sniff(bytes);
    return FORMATS.every((format) => {
      const orientation = readOrientation(bytes, format);
      const size = readHeaderSize(bytes, format);
      return orientation >= 1 && orientation <= 8 && (size === null || (size.width > 0 && size.height > 0));
    });
  };

  test('random bytes, with and without a signature', () => {
    const signature = fc.constantFrom(...FILES.map(([name]) => file(name).subarray(0, 24)), new Uint8Array());
    fc.assert(
      fc.property(signature, fc.uint8Array({ maxLength: 400 }), (head, tail) =>
        readAll(Uint8Array.of(...head, ...tail)),
      ),
      { numRuns: 2_000 },
    );
  });

  test('real files, cut short and with bytes changed', () => {
    const originals = FILES.map(([name]) => file(name));
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        fc.nat(),
        fc.array(change, { maxLength: 12 }),
        (original, cut, changes) => {
          const bytes = original.slice(0, 1 + (cut % original.length));
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          return readAll(bytes);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
