/**
 * What a file is, by its first bytes. File names and declared MIME types are not asked: phones and web sites get both wrong.
 * Pure and total: any bytes give an answer.
 */
import type { Words } from '@/lib/words';

/** Formats that Loupe opens. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp' | 'avif' | 'heic';

/** What is no picture, or none that is opened; named in lib/words. */
export type FileKind = keyof Words['image']['kinds'];

export type Sniffed =
  | { readonly kind: 'image'; readonly format: ImageFormat; readonly mimeType: string }
  /** A picture, of a kind that is not opened. */
  | { readonly kind: 'unsupported'; readonly is: FileKind }
  /** Something else; null where nothing is known of it. */
  | { readonly kind: 'other'; readonly is: FileKind | null }
  | { readonly kind: 'empty' };

export const MIME_TYPES: Readonly<Record<ImageFormat, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  bmp: 'image/bmp',
  avif: 'image/avif',
  heic: 'image/heic',
};

/** Brands of ISO base media files (ftyp) that hold HEVC pictures, or generic HEIF ones. */
const HEIC_BRANDS: ReadonlySet<string> = new Set([
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'hevm',
  'hevs',
  'mif1',
  'msf1',
]);
const AVIF_BRANDS: ReadonlySet<string> = new Set(['avif', 'avis', 'avio']);

/** Bytes of the head that `sniff` looks at. */
const HEAD = 1024;

/** Latin-1 text of `length` bytes from `at`; shorter at the end. */
function latin(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  const end = Math.min(bytes.length, at + length);
  for (let i = at; i < end; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

function image(format: ImageFormat): Sniffed {
  return { kind: 'image', format, mimeType: MIME_TYPES[format] };
}

/** Reads the major and the compatible brands of an `ftyp` box. */
function sniffIsoMedia(bytes: Uint8Array): Sniffed {
  const size = ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  const end = Math.min(size >= 16 ? size : 16, bytes.length, HEAD);
  const brands = [latin(bytes, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin(bytes, at, 4));
  // AVIF first: an AVIF file names mif1 as well.
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return image('avif');
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return image('heic');
  if (brands.includes('crx ')) return { kind: 'unsupported', is: 'raw-cr3' };
  return { kind: 'other', is: 'media' };
}

function sniffText(bytes: Uint8Array): Sniffed {
  const head = latin(bytes, 0, HEAD);
  const text = head
    .replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .trimStart()
    .toLowerCase();
  if (/^(<\?xml[\s\S]*?\?>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype svg[\s\S]*?>\s*)?<svg[\s>]/.test(text)) {
    return { kind: 'other', is: 'svg' };
  }
  if (/^(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body)/.test(text)) return { kind: 'other', is: 'web-page' };
  if (text.startsWith('%pdf-')) return { kind: 'other', is: 'pdf' };
  if (!/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(head)) return { kind: 'other', is: 'text' };
  return { kind: 'other', is: null };
}

/** Total: never throws, whatever the bytes. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return { kind: 'empty' };
  const starts = (signature: string, at = 0): boolean => latin(bytes, at, signature.length) === signature;
  if (starts('\u0089PNG\r\n\u001a\n')) return image('png');
  if (starts('\u00ff\u00d8\u00ff')) return image('jpeg');
  if (starts('RIFF') && starts('WEBP', 8)) return image('webp');
  if (starts('GIF87a') || starts('GIF89a')) return image('gif');
  if (starts('ftyp', 4)) return sniffIsoMedia(bytes);
  // Two letters are a weak sign: the size of the info header that follows must be a known one.
  if (starts('BM') && [12, 40, 52, 56, 64, 108, 124].includes(bytes[14] ?? 0) && (bytes[15] ?? 1) === 0)
    return image('bmp');
  if (starts('II*\u0000') || starts('MM\u0000*') || starts('II+\u0000') || starts('MM\u0000+')) {
    return { kind: 'unsupported', is: 'tiff' };
  }
  if (starts('\u0000\u0000\u0000\u000cJXL ') || starts('\u00ff\u000a')) return { kind: 'unsupported', is: 'jxl' };
  if (starts('\u0000\u0000\u0000\u000cjP  ')) return { kind: 'unsupported', is: 'jp2' };
  if (starts('8BPS')) return { kind: 'unsupported', is: 'photoshop' };
  if (starts('\u0000\u0000\u0001\u0000')) return { kind: 'unsupported', is: 'icon' };
  if (starts('\u001aE\u00df\u00a3')) return { kind: 'other', is: 'video' };
  if (starts('PK\u0003\u0004')) return { kind: 'other', is: 'archive' };
  return sniffText(bytes);
}
