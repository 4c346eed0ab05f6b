/** What a protocol is here: how a turn is asked for, and what its stream says. A protocol is a value, a file beside this one. Types only. */
import type { ServerEvent } from '@/lib/wire';
import type { CallGrammar } from '../call-grammar';
import type { EngineImage, Sampling, ServerProblem } from '../contract';
import type { ToldToken } from './align';
import type { ServerKind } from './server-kind';

/** A picture as it is sent. */
export interface SentPicture {
  readonly type: 'image/png' | 'image/jpeg';
  readonly base64: string;
  readonly width: number;
  readonly height: number;
}

export type Part = { readonly text: string } | { readonly picture: SentPicture };

export interface Call {
  readonly id: string;
  readonly name: string;
  /** JSON as it was written, or nothing that can be read. */
  readonly written: string;
}

/** A conversation as protocols tell it, from the messages of a dialect. */
export type Turn =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly parts: readonly Part[] }
  | {
      readonly role: 'model';
      /** All of it as it was written, tags included. */
      readonly text: string;
      readonly thought: string;
      /** What is neither thought nor call. */
      readonly words: string;
      /** Empty where it called nothing, or calls are text. */
      readonly calls: readonly Call[];
      /** As the server sent the turn, for those who want it back unchanged; null where it is not known any more. */
      readonly echo: unknown;
    }
  | ResultTurn;

/** What a call came to. Results follow their turn in the order of its calls. */
export interface ResultTurn {
  readonly role: 'result';
  readonly call: Call;
  /** Which of its turn's calls, counted from 1, and of how many. */
  readonly number: number;
  readonly of: number;
  readonly parts: readonly Part[];
  readonly failed: boolean;
}

/** A tool in the words of OpenAI's function calls, from which the others are made. */
export interface NativeTool {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description: string; readonly parameters: unknown };
}

export interface Order {
  readonly model: string;
  readonly host: string;
  readonly kind: ServerKind;
  readonly turns: readonly Turn[];
  /** Empty: calls are text, as the dialect has them. */
  readonly tools: readonly NativeTool[];
  readonly sampling: Sampling;
  readonly maxNewTokens: number;
  readonly grammar: CallGrammar | null;
  /** Settings that the server refused; they are left out. */
  readonly without: ReadonlySet<string>;
  /** The name under which it gave thoughts, so that they go back under it. */
  readonly thoughtsIn: string | null;
}

export interface Ask {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `null`: not told. */
export interface WireUsage {
  readonly prompt?: number | null | undefined;
  readonly cached?: number | null | undefined;
  readonly output?: number | null | undefined;
  readonly prefillMs?: number | null | undefined;
  readonly decodeMs?: number | null | undefined;
}

export type WireEvent =
  /** `told`: the tokens that came with the words; null where the server tells none. */
  | { readonly type: 'words'; readonly text: string; readonly told: readonly ToldToken[] | null }
  | {
      readonly type: 'thought';
      readonly text: string;
      readonly told: readonly ToldToken[] | null;
      readonly name?: string;
    }
  /** A piece of the `index`th call. */
  | { readonly type: 'call'; readonly index: number; readonly name?: string | undefined; readonly written: string }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'usage'; readonly usage: WireUsage }
  /** The turn as it has to go back. */
  | { readonly type: 'echo'; readonly turn: unknown }
  | { readonly type: 'problem'; readonly problem: ServerProblem }
  | { readonly type: 'end'; readonly reason: 'stop' | 'length' };

export interface Wire {
  readonly id: string;
  /** Whether it wants turns back as it sent them. */
  readonly echoes: boolean;
  /** Where the models are listed. */
  readonly models: string;
  headers(key: string | null): Readonly<Record<string, string>>;
  ask(order: Order): Ask;
  /** Names of settings, of which `ask` can leave out each, as servers call them in a refusal. */
  readonly optional: readonly string[];
  /** One for each answer; what an event says, in order. @throws never: what is none of its words is a problem */
  reader(): (event: ServerEvent) => readonly WireEvent[];
}

/** Pictures in the order in which they are sent. */
export const picturesIn = (parts: readonly Part[]): readonly SentPicture[] =>
  parts.flatMap((part) => ('picture' in part ? [part.picture] : []));

export const wordsIn = (parts: readonly Part[]): string =>
  parts.flatMap((part) => ('text' in part ? [part.text] : [])).join('');

export type EncodePicture = (image: EngineImage, format: 'png' | 'jpeg') => Promise<SentPicture>;
