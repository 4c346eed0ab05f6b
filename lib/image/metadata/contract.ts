/** A picture made ready to leave this device: what it has become, or why it cannot be. Types only. */
import type { ImageFormat } from '../index';

export interface CleanPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: ImageFormat;
  /** Bytes of the file that are not in the new one; 0 where the new one is larger. */
  readonly removed: number;
  /** The file could not be followed: what it shows was drawn anew, upright and in sRGB, and packed without loss. */
  readonly redrawn: boolean;
}

export type CleanReply =
  { readonly ok: true; readonly picture: CleanPicture } | { readonly ok: false; readonly message: string };
