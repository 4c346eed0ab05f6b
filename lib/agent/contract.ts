/**
 * What a dialect is: how a model is asked, how it asks to look closer, and how it is answered. A protocol is a value, so
 * that another model family is another file under protocols/. docs/protocol.md holds the rules by number. Types only.
 */
import type { CallGrammar, EngineImage, Message } from '@/lib/engine';
import type { CropRule, Frame, ModelBox, Size } from '@/lib/geometry';
import type { ParseProblem } from '@/lib/trajectory';

export interface TurnBounds {
  readonly frame: Frame;
  /** The upright original. */
  readonly image: Size;
  /** The size the model saw it at. */
  readonly seen: Size;
  readonly tools: boolean;
  /** Whether a call would be carried out: never without tools, and not in the last turn (G5). */
  readonly mayCall: boolean;
}

/** A call as read from the model's text; the box is as written, in the protocol's frame, and not checked against it. */
export interface ParsedCall {
  readonly label: string;
  readonly box: ModelBox;
}

/**
 * What a turn's text means, as it arrives. `upTo` counts the characters of the turn read so far, tags included: the
 * characters from the event before up to it belong to this event, so that tokens can be given to their step.
 */
export type ParserEvent = { readonly upTo: number } & (
  | { readonly type: 'think-start' | 'think-end' | 'call-start' | 'answer-start' | 'answer-end' }
  | { readonly type: 'think-delta' | 'call-delta' | 'answer-delta'; readonly text: string }
  | { readonly type: 'call-end'; readonly call: ParsedCall }
  /** Ends the open call; `text` is all that was written in it. */
  | { readonly type: 'malformed'; readonly problem: ParseProblem; readonly text: string }
);

/** Reads one turn. Any chunking gives the same events, deltas merged (P1); no input throws (P2). */
export interface StreamParser {
  push(text: string): readonly ParserEvent[];
  /** The turn is over. `interrupted`: the model did not end it, so an unfinished call is not read. Nothing may follow. */
  end(how: 'complete' | 'interrupted'): readonly ParserEvent[];
}

export interface Protocol {
  readonly id: string;
  /** The frame of its boxes; null where the model's manifest says it. */
  readonly frame: Frame | null;
  /** The shape of a crop (N9, S2). */
  readonly cropShape: NonNullable<CropRule['shape']>;
  /** Whether its turns are kept in their grammar unless a person wants otherwise (G1). */
  readonly constrained: boolean;
  /** @param frame the protocol's, or where it has none the manifest's */
  systemPrompt(tools: boolean, frame: Frame): string;
  /** The conversation before the first turn. */
  opening(ask: {
    readonly systemPrompt: string;
    readonly image: EngineImage;
    readonly question: string;
    readonly tools: boolean;
  }): readonly Message[];
  /** What the next turn may look like (G1 to G6). */
  grammar(turn: TurnBounds): CallGrammar;
  parser(): StreamParser;
  /** A crop, told back. */
  observation(image: EngineImage): Message;
  /** A bad call, told back; `told` is the text the model reads, without its wrapping. */
  tell(problem: ParseProblem): { readonly told: string; readonly message: Message };
}
