/** What keeps a picture from being opened: what happened, and what to do. */

/** What a file is that is no picture, or none that is opened. */
const kinds = {
  'raw-cr3': 'a camera raw file (CR3)',
  media: 'a video or sound file',
  svg: 'an SVG drawing',
  'web-page': 'a web page',
  pdf: 'a PDF',
  text: 'a text file',
  tiff: 'a TIFF or camera raw file',
  jxl: 'a JPEG XL file',
  jp2: 'a JPEG 2000 file',
  photoshop: 'a Photoshop file',
  icon: 'an icon file',
  video: 'a video file',
  archive: 'an archive or office document',
};

type Kind = keyof typeof kinds;

const readable = 'Loupe opens PNG, JPEG, WebP, AVIF, HEIC, GIF, and BMP files.';
const download = 'Download the picture and drop the file here.';
const useAnotherFile = 'Use a smaller one, or download it and drop it here.';
const megabytes = (bytes: number, digits: number) => `${(bytes / 1_048_576).toFixed(digits)} MB`;

export const image = {
  kinds,
  problems: {
    'empty-file': 'This file is empty. If it’s in a cloud folder, download it first.',
    'other-format': ({ kind }: { readonly kind: Kind }) =>
      `This is ${kinds[kind]}, which browsers can’t display. Save it as JPEG or PNG and try again. ${readable}`,
    'no-picture': ({ kind }: { readonly kind: Kind | null }) =>
      `${kind ? `This is ${kinds[kind]}, not a picture.` : 'This isn’t an image file.'} ${readable}`,
    'file-gone': 'Couldn’t read this file. It may have been moved or changed; choose it again.',
    'too-many-pixels': ({
      width,
      height,
      most,
    }: {
      readonly width: number;
      readonly height: number;
      readonly most: number;
    }) =>
      `This picture has ${((width * height) / 1_000_000).toFixed(1)} megapixels (${width} × ${height}); the limit is ${most / 1_000_000}. Make it smaller and try again.`,
    'side-too-long': ({
      width,
      height,
      most,
    }: {
      readonly width: number;
      readonly height: number;
      readonly most: number;
    }) =>
      `This picture is ${width} × ${height} pixels; the limit is ${most} per side. Crop it or make it smaller, and try again.`,
    'too-many-bytes': ({ bytes, most }: { readonly bytes: number; readonly most: number }) =>
      `This file is ${megabytes(bytes, 0)}; the limit is ${megabytes(most, 0)}. Save a smaller copy and try again.`,
    'no-memory': 'There’s not enough memory for this picture. Close other tabs, or use a smaller one.',
    'no-memory-left': 'The browser is out of memory for pictures. Close other tabs and try again.',
    damaged: ({ format }: { readonly format: string }) =>
      `Couldn’t decode this ${format.toUpperCase()} file. It’s damaged or incomplete${format === 'avif' ? ', or this browser doesn’t support AVIF' : ''}. Try another copy.`,
    'heic-reader': 'Couldn’t load the HEIC decoder. Try again, or save the picture as JPEG.',
    heic: 'Couldn’t read this HEIC picture. Save it as JPEG or PNG and try again.',
    stopped: 'The picture reader crashed. Try again; if it happens again, use a smaller picture.',
    failed: ({ detail }: { readonly detail: string }) => `Couldn’t process the picture (${detail}).`,

    'empty-address': 'The file at this URL is empty.',
    'page-at-address': `This URL is ${kinds['web-page']}, not a picture. Open it, right-click the picture, copy the image address, and use that.`,
    'no-picture-at-address': ({ kind }: { readonly kind: Kind | null }) =>
      `This URL is ${kind ? kinds[kind] : 'something else'}, not a picture. Use a picture’s URL.`,
    'no-address': 'This isn’t a valid URL. It should look like https://example.org/picture.jpg.',
    'other-scheme': ({ scheme }: { readonly scheme: string }) =>
      `Pictures can only be loaded from https URLs, not ${scheme}. ${download}`,
    'data-empty': 'This data: URL is empty.',
    'data-damaged': 'This data: URL is damaged.',
    'address-too-large': ({ bytes, most }: { readonly bytes: number | null; readonly most: number }) =>
      `The file at this URL is ${
        bytes === null
          ? `more than ${megabytes(most, 0)}`
          : `${megabytes(bytes, 1)}; the limit is ${megabytes(most, 0)}`
      }. ${useAnotherFile}`,
    offline: 'This device is offline. Connect and try again, or drop a file.',
    blocked: ({ host }: { readonly host: string }) =>
      `${host} doesn’t let other sites load its pictures (CORS). ${download}`,
    answered: ({ host, status }: { readonly host: string; readonly status: string }) =>
      `${host} returned ${status}. Check the URL, or download the picture and drop the file here.`,
    broken: ({ host }: { readonly host: string }) =>
      `The connection to ${host} dropped before the picture arrived. Try again.`,
    unreachable: ({ host }: { readonly host: string }) =>
      `${host} didn’t respond. Check the URL and your connection, or drop the picture as a file.`,
    'blocked-or-unreachable': ({ host }: { readonly host: string }) =>
      `Either ${host} didn’t respond, or it doesn’t let other sites load its pictures (CORS). Check the URL, or download the picture and drop the file here.`,
    'no-https': ({ host }: { readonly host: string }) =>
      `Pictures can only be loaded over https, and ${host} has none there. ${download}`,
    'in-another-page': `This picture only exists inside the page it comes from. Right-click it there, choose Copy image, and paste it here, or save it and drop the file.`,
    folder: 'This is a folder. Open it and drop a picture from inside it.',
    words: 'That’s text, not a picture. To ask it as a question, paste it into the question field.',
  },
};
