/** The part of libheif-js that is used; the package has no types for its bundle. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  export interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Fills `target.data` with straight-alpha RGBA; calls back with null on failure. */
    display<T extends { data: Uint8ClampedArray; width: number; height: number }>(
      target: T,
      done: (result: T | null) => void,
    ): void;
    free(): void;
  }
  export interface Libheif {
    HeifDecoder: new () => { decode(bytes: Uint8Array | ArrayBuffer): HeifImage[] };
  }
  const create: () => Libheif;
  export default create;
}
