/** What goes to the worker that makes a key of a password, and back. */
export interface DeriveRequest {
  readonly password: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
  readonly length: number;
}

export type DeriveReply =
  { readonly ok: true; readonly key: Uint8Array<ArrayBuffer> } | { readonly ok: false; readonly message: string };
