/**
 * A tool is a value: how its calls are read, what they would do, and what they bring. The loop knows no tool by name, so that another
 * tool is another file beside this one and a line in all.ts. Types only.
 */
import type { CallPiece, ModelCard } from '@/lib/engine';
import type { Frame, Size } from '@/lib/geometry';
import type { Pixels, SourceImage } from '@/lib/image';
import type { Sandbox } from '@/lib/python/contract';
import type { SearchSource } from '@/lib/search/contract';
import type { Json, Part, Picture, StepOf, Trajectory } from '@/lib/trajectory';
import type { Dialect, TurnBounds } from '../contract';

/** What a call is planned against: the run so far, and how the model counts. */
export interface Situation {
  readonly run: Trajectory;
  readonly card: ModelCard;
  readonly dialect: Dialect;
  readonly frame: Frame;
  /** The picture that boxes speak of (N7, S1), and how the model saw it. Null: the run has none. */
  readonly target: { readonly picture: Picture; readonly seen: Size } | null;
}

/** What a call brings: pictures that the run did not have, in the order in which the parts speak of them, and what is told back. */
export interface Brought {
  readonly pictures: readonly Picture[];
  readonly parts: readonly Part[];
  /** Files of the pictures that are no views. Left out: there are none. */
  readonly files?: readonly SourceImage[];
}

/** What a call is carried out with. */
export interface Means {
  /** The call's, for pictures that it makes. */
  readonly callId: string;
  /** Null: nothing can be searched. */
  readonly search: SearchSource | null;
  /** Null: no code can be run. */
  readonly sandbox: Sandbox | null;
  /** One of the run's pictures, whole, at its own size or as large as `most` pixels allow. @throws ImageError, EngineError `bad-request`, the abort's reason */
  readonly pixelsOf: (picture: string, most: number, signal: AbortSignal) => Promise<Pixels>;
  /** Sniffs, decodes and hashes. @throws ImageError, the abort's reason */
  readonly openPicture: (bytes: Blob, name: string, signal: AbortSignal) => Promise<SourceImage>;
  /** The file of one of the run's pictures, by its hash; null where it is not here. */
  readonly fileOf: (hash: string) => SourceImage | null;
}

/** What a call comes to before anything is done. */
export type Plan =
  | {
      readonly ok: true;
      readonly label: string;
      readonly asked: StepOf<'call'>['asked'];
      readonly place: StepOf<'call'>['place'];
      /** @throws what goes wrong around the model; the abort's reason */
      readonly carryOut: (signal: AbortSignal, means: Means) => Promise<Brought>;
    }
  | {
      readonly ok: false;
      readonly problem: string;
      /** What could be read of it all the same. */
      readonly label?: string;
      readonly asked?: StepOf<'call'>['asked'];
    };

/** An argument of a call that a grammar writes: a text of so many bytes at most, or the pieces of a value in JSON. */
export interface Argument {
  readonly name: string;
  readonly value: { readonly text: number } | { readonly json: readonly CallPiece[] };
}

export interface Tool {
  /** As documents and settings name it. */
  readonly id: string;
  /** As models call it. */
  readonly name: string;
  /** Its calls are read also where a run has no tools at all, so that they can be shown. */
  readonly readUnoffered?: true;
  /** Only a model that is told of it can call it: dialects that do say so (`Dialect.tells`). */
  readonly isTold?: true;
  /** Never throws: what is wrong with a call is a problem. */
  plan(input: Json, situation: Situation): Plan;
  /** What its calls may give, for each way to call it; left out: it cannot be offered to a turn that is kept in a grammar. */
  readonly forms?: (bounds: TurnBounds) => readonly (readonly Argument[])[];
  /** Whether a call asks for what the one before it asked. */
  same?(call: StepOf<'call'>, before: StepOf<'call'>): boolean;
  /** What a model is told of each problem of this tool (S4). */
  readonly refusals: Readonly<Record<string, string>>;
}
