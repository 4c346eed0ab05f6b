/** PDF.js' own worker, which is there but not typed: its door is all that is used. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: unknown;
}
