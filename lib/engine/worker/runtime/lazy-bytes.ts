/**
 * A file's bytes that are read when they are asked for. Where ONNX Runtime cannot wait for a blob (every build but JSPI's), it
 * wants external data as one array and takes tensor after tensor out of it by `subarray`; this one reads each from the blob at
 * that moment, so that the weights are never in JavaScript's memory as a whole.
 */

/** Workers have it; the page's types, under which this file is checked too, do not. */
const Reader = Reflect.get(globalThis, 'FileReaderSync') as
  (new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer }) | undefined;

/** As large as `blob`; the blob itself outside workers, where nothing can read and wait. */
export function lazyBytes(blob: Blob): Uint8Array | Blob {
  return Reader ? new LazyBytes(blob, new Reader()) : blob;
}

class LazyBytes extends Uint8Array {
  readonly #blob: Blob;
  readonly #reader: { readAsArrayBuffer(blob: Blob): ArrayBuffer };

  constructor(blob: Blob, reader: { readAsArrayBuffer(blob: Blob): ArrayBuffer }) {
    super(0);
    this.#blob = blob;
    this.#reader = reader;
  }

  override get byteLength(): number {
    return this.#blob.size;
  }

  /** @throws DOMException where the blob cannot be read any more */
  override subarray(begin = 0, end = this.#blob.size): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#reader.readAsArrayBuffer(this.#blob.slice(begin, end)));
  }
}
