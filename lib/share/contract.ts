/**
 * Sharing a run by link, as the rest of the app sees it: pack (what will leave, and its exact size), upload, open, delete.
 * The key lives in the link's fragment and on the sharer's device, never on the server. Types and error codes only; what is
 * sent byte by byte: docs/sharing.md.
 */
import { CodedError } from '@/lib/port';
import type { FileHash, Trajectory } from '@/lib/trajectory';

/** Shortest first; a server may forbid the longer ones (`ShareLimits.expiries`). */
export const SHARE_EXPIRIES = ['1-hour', '1-day', '30-days', '1-year'] as const;
export type ShareExpiry = (typeof SHARE_EXPIRIES)[number];

/** What the person wants to hand on. */
export interface ShareSource {
  readonly trajectory: Trajectory;
  /** Further runs, of a set that is shared as one: each whole, whatever the first is cut to. */
  readonly more?: readonly Trajectory[];
  /** What it is called among one's own shares, where it is not the run's title. It stays here. */
  readonly title?: string;
  /** Runs that may go with it: its branches, and those that it is one of. Left out: none. */
  readonly beside?: readonly Trajectory[];
  /** They belong together: all go unless a person leaves them out. Left out: the run goes alone. */
  readonly together?: true;
  /** The picture file of that hash as it was given; null where this browser no longer has it. */
  readonly picture: (hash: FileHash) => Promise<Blob | null>;
  /**
   * Whether a picture comes with the app: everybody has it, nothing in it is the sharer's own, and it leaves as it is, so that it is
   * recognized where it is opened. Left out: none does.
   */
  readonly isShipped?: (hash: FileHash) => Promise<boolean>;
}

export interface PackOptions {
  /** The original pictures without their metadata (place, camera, name …). Crops are derived from them, never sent. */
  readonly includeImage: boolean;
  /** Only the first so many steps (a cursor); null: all. */
  readonly upTo: number | null;
  /** The runs beside it, too, whole. Left out: they stay. */
  readonly includeBeside?: boolean;
  /** A password will be asked for: the header is longer then. */
  readonly locked?: boolean;
}

/** What would leave the device, not encrypted yet. Make it again when an option changes; it is cheap. */
export interface PackedShare {
  readonly title: string;
  /** Exactly what will be uploaded and stored, header, padding and tag included. */
  readonly bytes: number;
  /** Made for an upload with a password. */
  readonly locked: boolean;
  /** What makes up `bytes`, as sent. */
  readonly parts: { readonly text: number; readonly image: number; readonly overhead: number };
  readonly includesImage: boolean;
  /** True where pictures were wanted but this browser no longer has all of their files. */
  readonly imageMissing: boolean;
  /** Runs included. */
  readonly runs: number;
  /** Steps included, and how many the runs have. */
  readonly steps: number;
  readonly stepsOf: number;
  /** Runs that go with it. */
  readonly beside: number;
  /** Bytes of metadata that were taken out of the picture. */
  readonly strippedBytes: number;
  /** The picture's file could not be followed: what it shows was drawn anew, without loss. */
  readonly redrawn: boolean;
  /** Plaintext: never leaves the device. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** A share made here: everything needed to show, hand on and delete it. Kept in this browser only. */
export interface OwnShare {
  readonly id: string;
  /** 32 bytes, base64url. Whoever has id and key can read. */
  readonly key: string;
  /** Whoever has id and token can delete. */
  readonly deleteToken: string;
  /** ISO 8601, by the server's clock. */
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly bytes: number;
  readonly title: string;
  /** A password is asked for. It is kept nowhere. */
  readonly locked?: boolean | undefined;
  /** Deleted after the first opening. */
  readonly once?: boolean | undefined;
}

/** A share as opened. Read-only: nothing of the visitor's own was touched. */
export interface SharedRun {
  readonly id: string;
  /** Passed `parseTrajectory`. Its pictures' hashes are those of the files in `images`, where they are there. */
  readonly trajectory: Trajectory;
  /** The further runs of a set that was shared as one, likewise; empty where it is one run. */
  readonly more: readonly Trajectory[];
  /** Runs that came with it; empty where it came alone. */
  readonly beside: readonly Trajectory[];
  /** Picture files by hash; empty for a share without its image. The Blob's type is what the bytes say. */
  readonly images: ReadonlyMap<FileHash, Blob>;
  /** Where only a part of the run was shared: steps here, and how many the run had. */
  readonly cut: { readonly steps: number; readonly of: number } | null;
  /** ISO 8601; null where the server did not say. */
  readonly expiresAt: string | null;
  readonly bytes: number;
}

/** What the address of a shared run says. */
export interface ShareAddress {
  readonly id: string;
  readonly key: string;
  /** Cursor to open at; null: the page's choice. */
  readonly step: number | null;
}

/** What this server takes; ask before showing the dialog. */
export interface ShareLimits {
  readonly enabled: boolean;
  readonly maxBytes: number;
  readonly expiries: readonly ShareExpiry[];
}

/** Where the server is. Left out: the page's own origin, and the browser's `fetch`. */
export interface ShareServer {
  /** Origin without a slash at the end, e.g. `https://loupe.example`. */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
}

export interface UploadOptions extends ShareServer {
  readonly expiry: ShareExpiry;
  /** Beside the link; null or left out: the link is enough. Goes with a share packed as `locked`. */
  readonly password?: string | null;
  /** The server deletes it after the first opening. */
  readonly once?: boolean;
  /** Bytes of the upload that left so far, of `packed.bytes`. */
  readonly onProgress?: (sent: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface OpenOptions extends ShareServer {
  readonly onProgress?: (received: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * A share that the server has, before it is shown: what has to be done first. Nothing is lost when `open` throws; it may be called
 * again.
 */
export interface FoundShare {
  readonly id: string;
  /** A password is asked for. */
  readonly locked: boolean;
  /** It opens once: `open` makes the server hand it out and delete it. Until then it only told its head. */
  readonly once: boolean;
  readonly bytes: number;
  readonly expiresAt: string | null;
  /**
   * Decrypts and checks. Throws `ShareError`: `wrong-password` (asked before anything is taken from a share that opens once),
   * and what `OpenShare` throws.
   */
  open(password: string | null, options?: OpenOptions): Promise<SharedRun>;
}

/** Throws `ShareError`, `wrong-key` among them: a link that cannot open it is told before anything is taken. */
export type FindShare = (address: Pick<ShareAddress, 'id' | 'key'>, options?: OpenOptions) => Promise<FoundShare>;

/** Throws `ShareError`: `too-large` (a text beyond the limits), `picture` (its metadata cannot be taken out safely), `invalid`. */
export type PackShare = (source: ShareSource, options: PackOptions, signal?: AbortSignal) => Promise<PackedShare>;

/** Encrypts with a fresh key and uploads. Resolves only when the server has it safely. After an error nothing was shared. */
export type UploadShare = (packed: PackedShare, options: UploadOptions) => Promise<OwnShare>;

/** `FindShare`, then `open` without a password. Anything but the whole, unchanged share is a `ShareError`. */
export type OpenShare = (address: Pick<ShareAddress, 'id' | 'key'>, options?: OpenOptions) => Promise<SharedRun>;

/** Gone for everyone when it resolves; also where it had gone before. `wrong-key`: the token is not that share's. */
export type DeleteShare = (
  own: Pick<OwnShare, 'id' | 'deleteToken'>,
  options?: ShareServer & { readonly signal?: AbortSignal },
) => Promise<void>;

export type ReadShareLimits = (options?: ShareServer & { readonly signal?: AbortSignal }) => Promise<ShareLimits>;

/** The shares made in this browser, newest first; expired ones stay listed until removed. Never throws. */
export interface OwnShares {
  list(): readonly OwnShare[];
  /** False: the browser refused to keep it, so its key and token are gone with this page. */
  isKept(id: string): boolean;
  add(own: OwnShare): void;
  remove(id: string): void;
  /** Called after any change, from this tab or another. Returns its own undo. */
  subscribe(listener: () => void): () => void;
}

export const SHARE_ERROR_CODES = [
  // the link
  'bad-link',
  'wrong-key',
  /** Asked for, or not the right one: only ever where the link is right. */
  'password-needed',
  'wrong-password',
  /** Its header asks for more memory or time than a password should take. */
  'too-costly',
  'tampered',
  'truncated',
  'swapped',
  'too-new',
  /** Rightly encrypted, yet not a run that may be shown: made by a faulty or hostile program. */
  'invalid',
  // the server's word
  'expired',
  'deleted',
  /** It opened once, for somebody. */
  'opened',
  'not-found',
  'too-large',
  'rate-limited',
  'storage-full',
  'sharing-off',
  'server',
  // this device
  'picture',
  'password-memory',
  'offline',
  'no-crypto',
  'aborted',
] as const;
export type ShareErrorCode = (typeof SHARE_ERROR_CODES)[number];

export class ShareError extends CodedError {
  override readonly name = 'ShareError';
  readonly problem = null;
  readonly code: ShareErrorCode;
  /** For `rate-limited`: seconds until it is worth trying again. For `too-large`: the limit in bytes. Else null. */
  readonly detail: number | null;
  constructor(code: ShareErrorCode, message: string, options?: ErrorOptions & { readonly detail?: number | null }) {
    super(message, options);
    this.code = code;
    this.detail = options?.detail ?? null;
  }
}
