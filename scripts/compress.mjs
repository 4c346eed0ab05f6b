/** Files as the server hands them out: raw, in brotli and in gzip (lib/server/static-files.ts chooses). */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Quality 9: 10 and 11 take five to ten times as long for about two per cent. */
export const toBrotli = (bytes) =>
  promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

export const toGzip = (bytes) => promisify(gzip)(bytes, { level: 9 });
