/**
 * The seam between the agent and whatever runs a vision-language model. A worker in this page, a recording played back
 * (replay-engine.ts) and later a remote endpoint are all a `VlmEngine`. Types and error codes only: no code of any of them.
 */
import type { Size } from '@/lib/geometry';
import type { Alternative } from '@/lib/trajectory';
import type { Words } from '@/lib/words';
import type { Phrase } from '@/lib/words/phrase';
import type { CallGrammar } from './call-grammar';
import type { EngineNote } from './engine-error';
import type { ModelCard } from './model';

export type Device = 'webgpu' | 'wasm';

/** Where a turn is computed. */
export type RunsOn = Device | 'remote';

/**
 * An image exactly as the model will see it: already cut and resized (lib/image), RGBA, opaque, `width × height × 4` bytes.
 * `key` names the content (hash of the original + region + size), so that features are computed once.
 */
export interface EngineImage {
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  /**
   * Size of the region of the original before it was resized (whole pixels). Families that send a small view of the whole
   * beside its tiles size that view by it. Left out: the image's own size.
   */
  readonly source?: Size | undefined;
}

export type MessageContent =
  | {
      readonly type: 'text';
      readonly text: string;
      /** A person's own words: nothing in them becomes a token of a dialect (`<think>`, `<tool_call>`), as a dialect's words do. */
      readonly typed?: true | undefined;
    }
  | { readonly type: 'image'; readonly image: EngineImage };

export type Message =
  | { readonly role: 'system'; readonly text: string }
  /**
   * `inTurn`: what was told to the model within its own turn, which goes on after it; it follows what the model wrote. `result`: it tells
   * what the call before it came to, for protocols that keep such turns apart.
   */
  | {
      readonly role: 'user';
      readonly content: readonly MessageContent[];
      readonly inTurn?: true | undefined;
      readonly result?: true | undefined;
    }
  /**
   * `tokenIds` are the ids as they were generated (stop token included), so that the log matches exactly; where somebody else's words stand
   * between them, those. Left out where nobody kept them: the text is tokenized.
   */
  | { readonly role: 'assistant'; readonly text: string; readonly tokenIds?: readonly TurnPiece[] };

/** A piece of a turn: a token as it was generated, by its id, or words that are tokenized by themselves. */
export type TurnPiece = number | string;

export interface Sampling {
  /** 0 is greedy. */
  readonly temperature: number;
  /** 1 is off. */
  readonly topP: number;
  /** 0 is off. */
  readonly topK: number;
  readonly seed: number;
}

export interface GenerateRequest {
  readonly messages: readonly Message[];
  /** JSON schemas of tools, for chat templates that describe tools themselves. Left out: none are named to the template. */
  readonly tools?: readonly unknown[] | undefined;
  readonly sampling: Sampling;
  /** Of the whole turn; at least one token is written. */
  readonly maxNewTokens: number;
  /**
   * How the turn begins already: it goes on behind that, and only what is new is told. Every later token is drawn as if all of the turn had been.
   * Only for a model that can (`ModelCard.can.goOn`).
   */
  readonly begun?: readonly TurnPiece[] | undefined;
  /** The turn keeps to it, and ends within `maxNewTokens` where they suffice for one. Left out or null: it is free. */
  readonly grammar?: CallGrammar | null | undefined;
}

export interface GenerateUsage {
  readonly promptTokens: number;
  readonly reusedTokens: number;
  readonly prefilledTokens: number;
  readonly outputTokens: number;
  readonly imagesEncoded: number;
  readonly visionMs: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
}

/** What of it a server tells. */
export type ToldUsage = { readonly [K in keyof GenerateUsage]: number | null };

/** How far a picture is from what a model was trained on (docs/model-manifest.md, world.json); above `threshold` it is foreign to it. */
export interface WorldDistance {
  readonly score: number;
  readonly threshold: number;
}

/** What comes before the first token, whether it is drawn or given. */
export type PromptEvent =
  /** `done` of `total` images (vision) or tokens (prefill). */
  | { readonly type: 'progress'; readonly phase: 'vision' | 'prefill'; readonly done: number; readonly total: number }
  | {
      readonly type: 'image-encoded';
      readonly key: string;
      readonly tokens: number;
      readonly ms: number;
      readonly cached: boolean;
      /** Null where the model does not say. */
      readonly world: WorldDistance | null;
    };

export type GenerateEvent<U extends ToldUsage = GenerateUsage> =
  | PromptEvent
  /**
   * `text` may be empty while a multi-byte character is incomplete, and is empty for a stop token. `top` holds five, likeliest
   * first.
   */
  | {
      readonly type: 'token';
      /** Null where an engine does not tell; the same of `logprob`. */
      readonly id: number | null;
      readonly text: string;
      readonly logprob: number | null;
      readonly top: readonly Alternative[];
    }
  | {
      readonly type: 'end';
      readonly reason: 'stop' | 'length' | 'abort';
      /** Empty where an engine does not tell them. */
      readonly tokenIds: readonly number[];
      readonly usage: U;
    };

export interface ScoreRequest {
  readonly messages: readonly Message[];
  /** As for `GenerateRequest`. */
  readonly tools?: readonly unknown[] | undefined;
  /**
   * The turn to score, as it would follow `messages`: token ids as they were generated (stop token included), or text, or both in pieces.
   * Text is split as the tokenizer splits it, which need not be how the model would write it, and names of control tokens in it are text;
   * in pieces a dialect's tags are its tokens, as in a turn that begins already (`GenerateRequest.begun`).
   */
  readonly continuation:
    { readonly tokenIds: readonly number[] } | { readonly text: string } | { readonly pieces: readonly TurnPiece[] };
}

/** The same numbers as a `token` event of `generate`: see there. */
export interface ScoredToken {
  readonly id: number;
  readonly text: string;
  readonly logprob: number;
  readonly top: readonly Alternative[];
}

/** `reusedTokens + prefilledTokens` is `promptTokens + scoredTokens − 1`: nothing is asked about what follows the last token. */
export interface ScoreUsage {
  /** Of the messages alone. */
  readonly promptTokens: number;
  readonly reusedTokens: number;
  /** Of the continuation, too. */
  readonly prefilledTokens: number;
  readonly scoredTokens: number;
  readonly imagesEncoded: number;
  readonly visionMs: number;
  readonly prefillMs: number;
}

export type ScoreEvent =
  | PromptEvent
  /** The next tokens of the continuation, in order. */
  | { readonly type: 'tokens'; readonly tokens: readonly ScoredToken[] }
  | { readonly type: 'end'; readonly reason: 'done' | 'abort'; readonly usage: ScoreUsage };

/** One picture of a conversation, and the next token behind it. For models of one view of fixed size a picture. */
export interface PixelsRequest {
  readonly messages: readonly Message[];
  /** As for `GenerateRequest`. */
  readonly tools?: readonly unknown[] | undefined;
  /** How the turn begins; what is asked about follows it. */
  readonly begun: readonly TurnPiece[];
  /** The picture, by the key of its image. */
  readonly image: string;
  /** Ids of the tokens that may follow: probabilities are among them alone. Two at least. */
  readonly options: readonly number[];
  /**
   * Versions of the picture to be read: what is added to its pixels as the model sees them, f32 [3, side, side], red, green, blue, in steps
   * of 1/255; nothing is clipped. Left out: the gradients are wanted.
   */
  readonly nudges?: readonly Float32Array[] | undefined;
}

/** For each version (one, where there are no nudges) natural logarithms of the options' probabilities. */
export interface PixelsRead {
  /** [version][option] */
  readonly logProbabilities: readonly (readonly number[])[];
  /** Without nudges: for each option f32 [3, side, side], change of its logarithm for 1/255 more. */
  readonly gradients: readonly Float32Array[];
  /** Of the picture as the model sees it. */
  readonly side: number;
}

export type LoadProgress =
  /** Another tab, or another part of this app, is at work with its model: there is room for one. */
  | { readonly phase: 'wait' }
  /** `loaded` of `total` bytes over all files; `fileLoaded` of `fileTotal` of the one that `file` names. */
  | {
      readonly phase: 'download';
      readonly file: string;
      readonly loaded: number;
      readonly total: number;
      readonly fileLoaded?: number | undefined;
      readonly fileTotal?: number | undefined;
    }
  | { readonly phase: 'compile'; readonly done: number; readonly total: number }
  | { readonly phase: 'self-test' }
  /** `remarks`: why this device and not the better one, and what is slower on it; none when all is as good as it gets. */
  | {
      readonly phase: 'ready';
      readonly device: RunsOn;
      /** What runs it, as far as it says: a server's name and version. */
      readonly engine?: string | undefined;
      readonly remarks: readonly EngineRemark[];
      readonly card: ModelCard;
      /** Why what is kept here opened without word of a newer one; left out where that was not so. */
      readonly keptCopy?: KeptCopy | undefined;
    };

/** Lib/words has the words. */
export type EngineRemark = Phrase<Words['engine']['remarks']>;

/** Likewise. */
export type KeptCopy = Phrase<Words['engine']['keptCopy']>;

/** Which hub (or mirror of it) is asked, and with which token; the token is sent to that endpoint's host only. */
export interface HubAccess {
  /** Like HF_ENDPOINT: 'https://huggingface.co'. */
  readonly endpoint: string;
  readonly token: string | null;
}

export interface LoadRequest {
  /**
   * Which model, in one of four forms (hub/model-url.ts): the folder that holds manifest.json, absolute or relative to the
   * page ('/models/loupe-nano/'); `hub:<owner>/<name>[@revision]?dtype=q4f16[&maxPixels=N][&thinking=on|off]`;
   * `local:<name>[?maxPixels=N][&thinking=on|off]`; or `remote:<wire>?…` for one behind a server (remote/address.ts).
   */
  readonly modelUrl: string;
  readonly device: 'auto' | Device;
  /** Where `hub:` models come from. Left out: the hub itself, without a token. */
  readonly hub?: HubAccess | undefined;
  /** The person's own key for the server of a `remote:` model; sent to that server alone. */
  readonly key?: string | null | undefined;
}

export interface VlmEngine {
  /** Loads (or finds loaded) a model. Ends with `ready`, or throws `EngineError`. */
  load(request: LoadRequest, signal: AbortSignal): AsyncIterable<LoadProgress>;
  /** One turn. Aborting ends the stream with `end`/`abort` within one token; errors throw `EngineError`. */
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<GenerateEvent<ToldUsage>>;
  /**
   * Log-probabilities of a given turn. An engine that cannot tell them has no such method. Aborting ends the stream with
   * `end`/`abort` within one chunk; errors throw `EngineError`.
   */
  score?(request: ScoreRequest, signal: AbortSignal): AsyncIterable<ScoreEvent>;
  /**
   * What the next token rests on in a picture, or how it changes with the picture. Only where `can.pixels`; rejects with the signal's
   * reason, or with an `EngineError`.
   */
  pixels?(request: PixelsRequest, signal: AbortSignal): Promise<PixelsRead>;
  /**
   * How far a picture is from what the loaded model was trained on, before anything is asked about it; null where the model does not say.
   * Its features stay for the question to come. An engine that cannot tell has no such method. Rejects with the signal's reason, or with
   * an `EngineError`.
   */
  distance?(image: EngineImage, signal: AbortSignal): Promise<WorldDistance | null>;
  /** Frees everything; the engine can be loaded again. */
  dispose(): Promise<void>;
  /** Calls `told` whenever a loaded model was let go of unasked, because somebody else needs its place; the next turn loads it again. */
  onUnload?(told: () => void): void;
  /** Calls `told` with what a loaded model does not give after all, once for each. */
  onNote?(told: (note: EngineNote) => void): void;
}

/** One that tells all of its usage. */
export interface TellingEngine extends VlmEngine {
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<GenerateEvent>;
}

export { ENGINE_ERROR_CODES, EngineError, engineErrorOf } from './engine-error';
export type { EngineErrorCode, EngineNote, EngineProblem, ServerProblem } from './engine-error';
export type { ManifestImage, ManifestTraining, ModelCard, ModelFile, ModelManifest, Sizing } from './model';
