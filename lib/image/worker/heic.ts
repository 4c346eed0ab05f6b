/**
 * HEIC by libheif compiled to WebAssembly (libheif-js, LGPL-3.0), for browsers that cannot decode it themselves. Loaded as
 * a chunk of its own when the first such file comes; its wasm is inside the chunk, so nothing is fetched beside it. It
 * needs 'wasm-unsafe-eval' and no eval. Rotation and mirroring are applied by libheif.
 */
import type { Libheif } from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import { ImageError } from '../contract';

let libheif: Promise<Libheif> | null = null;

async function loadLibheif(): Promise<Libheif> {
  libheif ??= import('libheif-js/libheif-wasm/libheif-bundle.mjs').then((module) => module.default());
  try {
    return await libheif;
  } catch (cause) {
    // A chunk that did not arrive may arrive next time.
    libheif = null;
    throw new ImageError('heic-failed', { code: 'heic-reader' }, { cause });
  }
}

/** Index of `text` (Latin-1) in the bytes, at or after `from` and before `end`; -1 where there is none. */
function find(bytes: Uint8Array, text: string, from: number, end: number): number {
  const codes = Array.from(text, (letter) => letter.charCodeAt(0));
  for (let at = from; at + codes.length <= end; at++) {
    if (codes.every((code, i) => bytes[at + i] === code)) return at;
  }
  return -1;
}

/** What an ICC profile calls that colour space, letter by letter. */
const DISPLAY_P3 = [...['Display', 'P3'].join(' ')];

/** The metadata box comes first in the files of phones; it is tens of kilobytes long. */
const HEAD = 256 * 1024;

/**
 * Phones write Display P3. libheif hands out the stored numbers, so their colour space has to be named here; other wide
 * spaces are rare in HEIC and are shown as sRGB.
 */
function heicColorSpace(bytes: Uint8Array): PredefinedColorSpace {
  const end = Math.min(bytes.length, HEAD);
  for (let at = find(bytes, 'colr', 0, end); at >= 0; at = find(bytes, 'colr', at + 4, end)) {
    // nclx: colour primaries 12 are those of Display P3 (SMPTE EG 432-1).
    if (find(bytes, 'nclx', at + 4, Math.min(end, at + 8)) >= 0 && bytes[at + 8] === 0 && bytes[at + 9] === 12)
      return 'display-p3';
    if (find(bytes, 'prof', at + 4, Math.min(end, at + 8)) >= 0) {
      // An ICC profile names itself in UTF-16 (mluc) or in ASCII (desc).
      const profileEnd = Math.min(end, at + 4096);
      const names = [DISPLAY_P3.join(''), DISPLAY_P3.join('\0')];
      if (names.some((name) => find(bytes, name, at, profileEnd) >= 0)) return 'display-p3';
    }
  }
  return 'srgb';
}

/** Firefox takes no settings, not even the usual ones: without them its pixels are sRGB, as everywhere. */
function createImageData(width: number, height: number, colorSpace: PredefinedColorSpace): ImageData {
  if (colorSpace !== 'srgb') {
    try {
      return new ImageData(width, height, { colorSpace });
    } catch (error) {
      // RangeError: too large, whatever the color space.
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return new ImageData(width, height);
}

/** Throws `ImageError('heic-failed')`. The caller owns the bitmap. */
export async function decodeHeic(bytes: Uint8Array): Promise<ImageBitmap> {
  const { HeifDecoder } = await loadLibheif();
  try {
    const images = new HeifDecoder().decode(bytes);
    try {
      const image = images.find((candidate) => candidate.is_primary()) ?? images[0];
      if (!image) throw new Error('no picture inside');
      const target = createImageData(image.get_width(), image.get_height(), heicColorSpace(bytes));
      await new Promise<void>((resolve, reject) => {
        image.display(target, (result) => {
          if (result) resolve();
          else reject(new Error('not decodable'));
        });
      });
      return await createImageBitmap(target);
    } finally {
      for (const image of images) image.free();
    }
  } catch (cause) {
    throw new ImageError('heic-failed', { code: 'heic' }, { cause });
  }
}
