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

const readable = 'PNG, JPEG, WebP, AVIF, HEIC, GIF and BMP files can be opened.';
const download = 'Download the picture and drop the file here.';
const useAnotherFile = 'Use a smaller one, or download it and drop it here.';
const megabytes = (bytes: number, digits: number) => `${(bytes / 1_048_576).toFixed(digits)} MB`;

export const image = {
  kinds,
  problems: {
    'empty-file': 'This file is empty. If it lies in a cloud folder, download it first.',
    'other-format': ({ kind }: { readonly kind: Kind }) =>
      `This is ${kinds[kind]}, which browsers cannot show. Save it as JPEG or PNG and try again. ${readable}`,
    'no-picture': ({ kind }: { readonly kind: Kind | null }) =>
      `${kind ? `This is ${kinds[kind]}, not a picture.` : 'This file is not a picture.'} ${readable}`,
    'file-gone': 'This file could not be read. It may have been moved or changed; choose it again.',
    'too-many-pixels': ({
      width,
      height,
      most,
    }: {
      readonly width: number;
      readonly height: number;
      readonly most: number;
    }) =>
      `This picture has ${((width * height) / 1_000_000).toFixed(1)} megapixels (${width} × ${height}); at most ${most / 1_000_000} can be opened. Make it smaller and try again.`,
    'side-too-long': ({
      width,
      height,
      most,
    }: {
      readonly width: number;
      readonly height: number;
      readonly most: number;
    }) =>
      `This picture is ${width} × ${height} pixels; a side may have ${most} at most. Cut a part out of it, or make it smaller, and try again.`,
    'too-many-bytes': ({ bytes, most }: { readonly bytes: number; readonly most: number }) =>
      `This file has ${megabytes(bytes, 0)}; at most ${megabytes(most, 0)} can be opened. Save it smaller and try again.`,
    'no-memory': 'There is not enough memory for this picture. Close other tabs, or use a smaller one.',
    'no-memory-left': 'The browser has no memory left for pictures. Close other tabs and try again.',
    damaged: ({ format }: { readonly format: string }) =>
      `This ${format.toUpperCase()} file could not be decoded: it is damaged or incomplete${format === 'avif' ? ', or this browser cannot read AVIF' : ''}. Try another copy of it.`,
    'heic-reader': 'The HEIC reader could not be loaded. Try again, or save the picture as JPEG.',
    heic: 'This HEIC picture could not be read. Save it as JPEG or PNG and try again.',
    stopped: 'The part of the page that reads pictures stopped. Try again; if it stops again, use a smaller picture.',
    failed: ({ detail }: { readonly detail: string }) => `The picture could not be processed (${detail}).`,

    'empty-address': 'There is nothing at this address: the file is empty.',
    'page-at-address': `There is ${kinds['web-page']} at this address, not a picture. Open it, right-click the picture, copy its own address, and use that.`,
    'no-picture-at-address': ({ kind }: { readonly kind: Kind | null }) =>
      `There is ${kind ? kinds[kind] : 'something else'} at this address, not a picture. Use the address of a picture.`,
    'no-address': 'This is not a web address. It should look like https://example.org/picture.jpg.',
    'other-scheme': ({ scheme }: { readonly scheme: string }) =>
      `Pictures can be opened from https addresses, not from ${scheme}. ${download}`,
    'data-empty': 'This data: address has no data in it.',
    'data-damaged': 'The data in this data: address is damaged.',
    'address-too-large': ({ bytes, most }: { readonly bytes: number | null; readonly most: number }) =>
      `The file at this address has ${
        bytes === null
          ? `more than ${megabytes(most, 0)}`
          : `${megabytes(bytes, 1)}; at most ${megabytes(most, 0)} are fetched`
      }. ${useAnotherFile}`,
    offline: 'This device is offline. Connect and try again, or drop a file.',
    blocked: ({ host }: { readonly host: string }) =>
      `${host} does not let other pages read its pictures (CORS). ${download}`,
    answered: ({ host, status }: { readonly host: string; readonly status: string }) =>
      `${host} answered with ${status}. Check the address, or download the picture and drop the file here.`,
    broken: ({ host }: { readonly host: string }) =>
      `The connection to ${host} broke before the picture had arrived. Try again.`,
    unreachable: ({ host }: { readonly host: string }) =>
      `${host} did not answer. Check the address and the connection, or drop the picture as a file.`,
    'blocked-or-unreachable': ({ host }: { readonly host: string }) =>
      `Either ${host} did not answer, or it does not let other pages read its pictures (CORS); this browser does not say which. Check the address, or download the picture and drop the file here.`,
    'no-https': ({ host }: { readonly host: string }) =>
      `This page may fetch pictures over https only, and ${host} gave none over https. ${download}`,
    'in-another-page': `This picture exists only inside the page it comes from. Copy the picture itself there (right-click, Copy image) and paste it here, or save it and drop the file.`,
    folder: 'This is a folder. Open it and drop a picture from inside it.',
    words: 'There is text in it, but no picture. To ask it as a question, paste it into the question field.',
  },
};
