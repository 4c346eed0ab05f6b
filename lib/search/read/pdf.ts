/**
 * The text of a PDF, a page at a time. PDF.js runs its own worker's code here, in the thread that calls: this is a worker already. Text that
 * is only a picture of text is none.
 */
export interface PdfPage {
  readonly number: number;
  readonly text: string;
}

export interface ReadPdf {
  readonly title: string;
  readonly pages: AsyncIterable<PdfPage>;
}

/** @throws what is wrong with the file */
export async function readPdf(bytes: Uint8Array<ArrayBuffer>): Promise<ReadPdf> {
  const [pdf, handler] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.mjs'),
  ]);
  // Where it finds its worker's code it starts no other worker.
  Object.assign(globalThis, { pdfjsWorker: handler });
  const loading = pdf.getDocument({ data: bytes, useSystemFonts: false, disableFontFace: true });
  const file = await loading.promise;
  const { info } = await file.getMetadata().catch(() => ({ info: {} }));
  const title = 'Title' in info && typeof info.Title === 'string' ? info.Title.trim() : '';
  async function* pages(): AsyncGenerator<PdfPage, void, undefined> {
    try {
      for (let number = 1; number <= file.numPages; number += 1) {
        const page = await file.getPage(number);
        const { items } = await page.getTextContent();
        const text = items
          .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
          .join('')
          .replace(/-\n(?=\p{Ll})/gu, '');
        page.cleanup();
        yield { number, text: text.trim() };
      }
    } finally {
      await loading.destroy();
    }
  }
  return { title, pages: pages() };
}
