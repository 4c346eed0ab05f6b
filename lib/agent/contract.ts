/**
 * What a dialect is: how a model is asked, how it asks for a tool, and how it is answered. A dialect is a value, so that
 * another model family is another file under dialects/. docs/protocol.md holds the rules by number. Types only.
 */
import type { CallGrammar, EngineImage, Message, MessageContent } from '@/lib/engine';
import type { CropRule, Frame, ModelBox, Size } from '@/lib/geometry';
import type { Json, OwnDialect, Step } from '@/lib/trajectory';

export interface TurnBounds {
  readonly frame: Frame;
  /** The upright picture that boxes speak of; of several the sides that hold for each. */
  readonly image: Size;
  /** The size the model saw it at; likewise. */
  readonly seen: Size;
  /** How many pictures a call chooses from, by number from 0. Left out: it names none, and means the first. */
  readonly pictures?: number;
  /** Ids of the tools there are. */
  readonly tools: readonly string[];
  /** Whether a call would be carried out: never without tools, and not in the last turn (G5). */
  readonly mayCall: boolean;
}

/**
 * What a turn's text means, as it arrives. `upTo` counts the characters of the turn read so far, tags included: the
 * characters from the event before up to it belong to this event, so that tokens can be given to their step.
 */
export type ParserEvent = { readonly upTo: number } & (
  | { readonly type: 'think-start' | 'think-end' | 'call-start' | 'call-end' | 'answer-start' | 'answer-end' }
  | { readonly type: 'think-delta' | 'call-delta' | 'answer-delta'; readonly text: string }
);

/** Reads one turn. Any chunking gives the same events, deltas merged (P1); no input throws (P2). */
export interface StreamParser {
  push(text: string): readonly ParserEvent[];
  /**
   * The turn is over. `interrupted`: the model did not end it, so an unfinished call does not end either. Nothing may follow.
   */
  end(how: 'complete' | 'interrupted'): readonly ParserEvent[];
}

/** A call as read from its text: which tool by the name the model used, and with what. Nothing is checked against the tool yet. */
export type ReadCall =
  | { readonly ok: true; readonly name: string; readonly input: Json }
  | { readonly ok: false; readonly problem: 'not-json' };

/** Pixels of the picture that is cut. */
export interface ExactCrop {
  /** No side may be this short. */
  readonly minSide: number;
  /** No side may be more than this many times the other. */
  readonly elongation: number;
  /** Shown around the box, as a share of the picture's own sides. */
  readonly margin?: number;
}

export interface Dialect {
  readonly id: string;
  /** What it was made from, where a person wrote it: a run keeps it. */
  readonly file?: OwnDialect;
  /** The frame of its boxes; null where the model says it. */
  readonly frame: Frame | null;
  /** The shape of a crop (N9, S2). */
  readonly cropShape: NonNullable<CropRule['shape']>;
  /** Its crops are the asked box and no more, and boxes of another shape are refused. Left out: they are grown (S2). */
  readonly exact?: ExactCrop;
  /** Which of several calls in a turn is carried out. Left out: the first, and no other is read (N8). */
  readonly carriesOut?: 'last';
  /** Of several calls in a turn of which the last is carried out: such a one goes before the others. Left out: none does. */
  prefers?(written: string): boolean;
  /** Which of the pictures shown so far a call speaks of: 0 is the first one given. Left out: always that. Null: none that there is. */
  pictureIn?(input: Json): number | null;
  /** It has words for several pictures in one question: names for them, and for which of them a call means. Left out: it was made for one. */
  readonly several?: true;
  /** Whether its turns are kept in their grammar unless a person wants otherwise (G1). */
  readonly constrained: boolean;
  /** Ids of the tools beside those that look which it tells its model of, where they are offered. Left out: none. */
  readonly tells?: readonly string[];
  /** Ids of the tools that its model was trained with: they are offered wherever any are. Left out: none but those that are wanted. */
  readonly brings?: readonly string[];
  /**
   * @param frame the dialect's, or where it has none the model's
   * @param offered ids of the tools there are; left out: the zoom alone
   * @param pictures how many the person gave; left out: one
   */
  systemPrompt(tools: boolean, frame: Frame, offered?: readonly string[], pictures?: number): string;
  /** The conversation before the first turn; `given` is what the person sent, in order. */
  opening(ask: {
    readonly systemPrompt: string;
    readonly given: readonly MessageContent[];
    readonly tools: boolean;
  }): readonly Message[];
  /** What the next turn may look like (G1 to G6). */
  grammar(turn: TurnBounds): CallGrammar;
  /** The tools as the server's own calls take them; left out: they stand in the system prompt, and calls are text. */
  nativeTools?(tools: readonly string[], frame: Frame, pictures?: number): readonly unknown[];
  parser(): StreamParser;
  /** P4, P7: the text between a call's tags. */
  readCall(written: string): ReadCall;
  /** What the person sends after the conversation has begun. */
  said(content: readonly MessageContent[]): Message;
  /**
   * What a call brought, told back.
   * @param tool its name as the model called it; '' where none could be read
   * @param looks how many results with pictures there are with this one; left out: 1
   * @param number of the first picture that it brings, counted from 1 over all that were shown; left out: pictures have no names
   */
  result(content: readonly MessageContent[], tool: string, looks?: number, number?: number): Message;
  /** Why a call was not carried out, told back; `told` is the text the model reads, without its wrapping. */
  refusal(told: string, tool: string): Message;
  /** What the model is told of a problem where this dialect has words of its own; the others are the tool's. */
  readonly refusals?: Readonly<Record<string, string>>;
  /** The same where those words repeat the call. Null: as `refusals` has it. */
  tell?(problem: string, written: string): string | null;
  /** A call to look at a box of the first picture, with its tags; left out: as its grammar has it. */
  writeLook?(box: ModelBox, label: string): string;
  /** It was trained to answer one question and no next one. */
  readonly oneQuestion?: true;
  /** A turn's words where its tokens were not kept. */
  write(steps: readonly Step[]): string;
}

/** A picture as the model sees it, by its id in the run. */
export type ImageOf = (picture: string) => EngineImage;
