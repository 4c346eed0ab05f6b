/**
 * What happened in a session of an assistant or an agent, one thing after the other, whichever program wrote it down. Readers of logs make
 * these; `tell.ts` makes a run of them.
 */
import type { Size } from '@/lib/geometry';
import type { Json } from '@/lib/trajectory';
import type { PictureName } from '../contract';

export type SessionPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'picture';
      /** A data URL or base64; null where it is only named. */
      readonly bytes: string | null;
      readonly is: PictureName;
      /** As large as its file, where the log shrank it: programs count in that. */
      readonly original?: Size | null;
    };

export interface SessionCall {
  readonly id: string;
  readonly name: string;
  readonly written: string;
  readonly input: Json;
  readonly label?: string;
  /** A program, and what reads it. `notebook`: names live on, and the last value is shown. */
  readonly program?: { readonly code: string; readonly in: 'notebook' | 'python' | 'shell' };
  /** The file it shows, of tools that show one. */
  readonly views?: string;
}

export type SessionEvent =
  | { readonly is: 'system'; readonly text: string }
  /** What a person sent. */
  | { readonly is: 'person'; readonly parts: readonly SessionPart[] }
  | { readonly is: 'thought'; readonly text: string }
  /** What the model said to the person: its answer, unless it goes on and calls. */
  | { readonly is: 'words'; readonly text: string }
  | { readonly is: 'call'; readonly call: SessionCall }
  /** `callId` empty: of the call that waits longest. */
  | {
      readonly is: 'result';
      readonly callId: string;
      readonly parts: readonly SessionPart[];
      readonly failed?: boolean;
      /** Who says so, where no call is known. */
      readonly from?: string;
      readonly label?: string;
    }
  /** Something said of the picture that came last: what its file is called, or how large that is. `nth` of those that came together. */
  | { readonly is: 'about-picture'; readonly name?: string; readonly original?: Size; readonly nth?: number }
  | {
      readonly is: 'used';
      readonly promptTokens: number | null;
      readonly outputTokens: number | null;
      readonly reusedTokens: number | null;
    }
  /** Something of a kind that nobody knows. */
  | { readonly is: 'other'; readonly kind: string; readonly json: Json };

/** Of a result, words beyond this are left out: logs hold whole files. */
export const MOST_RESULT = 20_000;
