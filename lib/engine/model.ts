/** What a model says of itself: its folder's manifest, and the card that the page sees. Types only. */
import type { Frame } from '@/lib/geometry';

/** `manifest.json` of a model folder; docs/model-manifest.md. Validated by `manifest.ts`. */
export interface ModelManifest {
  readonly format: 'loupe-model/1';
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly family: string;
  readonly protocol: string;
  readonly frame: Frame;
  readonly license: string;
  readonly provenance: string;
  readonly image: ManifestImage;
  readonly context: number;
  /** Texts of the tokens that end a turn; empty only where `stopIds` names some. */
  readonly stop: readonly string[];
  /** Ids of further such tokens, where only the tokenizer knows their texts. */
  readonly stopIds?: readonly number[] | undefined;
  /** What it was taught of what it is asked for here. Left out: all of it. */
  readonly training?: ManifestTraining | undefined;
  /** Told to the chat template as `enable_thinking`. Left out: nothing is told, the template's own default holds. */
  readonly thinking?: boolean | undefined;
  readonly crop: { readonly minSide: number; readonly context: number };
  readonly decoder: {
    readonly layers: number;
    /** Those of the layers that keep keys and values. Left out: all of them. */
    readonly attentionLayers?: number | undefined;
    readonly kvHeads: number;
    readonly headDim: number;
    readonly hidden: number;
    readonly vocab: number;
  };
  readonly files: readonly ModelFile[];
}

/** `unknown`: who made the model does not say. */
export interface ManifestTraining {
  /** To name places in a picture in numbers. */
  readonly boxes: 'trained' | 'untrained' | 'unknown';
  /** To call tools in the form it is asked for here. */
  readonly calls: 'trained' | 'untrained' | 'unknown';
}

/** How pixels become what the vision encoder takes. `sizing` is read by sizing.ts alone. */
export interface ManifestImage {
  /** Pixels of the square side that the encoder takes at once; a nominal one where the sizing has no square. */
  readonly size: number;
  /** Feature rows of such a square. */
  readonly tokens: number;
  readonly resample: 'bilinear' | 'bicubic' | 'lanczos';
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Left out: `square`. */
  readonly sizing?: Sizing | undefined;
}

/** To which size a picture or a crop is brought, and into which pieces it is cut. Lengths in pixels. */
export type Sizing =
  /** Squashed to `size` × `size`. */
  | { readonly kind: 'square' }
  /** Qwen: sides become multiples of `factor` (patch × merge) with the area within bounds, proportions nearly kept. */
  | {
      readonly kind: 'smart';
      readonly factor: number;
      readonly patch: number;
      readonly minPixels: number;
      readonly maxPixels: number;
    }
  /** Idefics3, SmolVLM: the longer side becomes `longestEdge`, both go up to multiples of `tile`, cut into tiles. */
  | { readonly kind: 'tiles'; readonly tile: number; readonly longestEdge: number; readonly split: boolean }
  /** LFM2-VL: one piece of `minTokens` to `maxTokens`, or, where much larger, a grid of tiles and the whole as a thumbnail. */
  | {
      readonly kind: 'lfm2';
      readonly tile: number;
      readonly patch: number;
      readonly downsample: number;
      readonly minTokens: number;
      readonly maxTokens: number;
      readonly minTiles: number;
      readonly maxTiles: number;
      readonly thumbnail: boolean;
    }
  /** Gemma 4: as large as `maxTokens` allow, sides in blocks of `patch` × `pool`; small pictures are enlarged. */
  | { readonly kind: 'pooled'; readonly patch: number; readonly pool: number; readonly maxTokens: number }
  /** Kept as it is where it fits, else made smaller in its proportions. What a server then makes of it is not known. */
  | { readonly kind: 'within'; readonly longestEdge: number; readonly maxPixels: number };

/** All that the agent may know of a model: of one in this page what its manifest says, of a remote one what is known of its kind. */
export interface ModelCard {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Which dialect it speaks (lib/agent). */
  readonly dialect: string;
  /** What its boxes count in, where its dialect does not say. */
  readonly frame: Frame;
  /** What they count in all the same, because a person said so. */
  readonly wishedFrame?: Frame | undefined;
  /** Whether it was taught to name places. Left out: it was. */
  readonly boxes?: ManifestTraining['boxes'];
  readonly image: ManifestImage;
  readonly crop: { readonly minSide: number; readonly context: number };
  /** Tokens. */
  readonly context: number;
  /** Most tokens of a turn, where that is the model's own affair. Left out: as the settings have it. */
  readonly newTokens?: number | undefined;
  readonly provenance: string;
  /** `calls`: it was taught to call tools, and is not merely asked to. `goOn`: it goes on in the middle of a turn. Left out: it does not. */
  readonly can: {
    readonly tokens: boolean;
    readonly grammar: boolean;
    readonly score: boolean;
    /** `pixels`; left out: no. */
    readonly pixels?: boolean | undefined;
    readonly calls: boolean;
    readonly goOn?: boolean | undefined;
  };
}

export interface ModelFile {
  readonly path: string;
  /**
   * `decoder`, `vision`, `embed`, each with `…-data` for the external data beside it (one file or several), `tokenizer`,
   * `chat-template`, `config`, `self-test`, `world`; others are for other programs.
   */
  readonly role: string;
  readonly bytes: number;
  /** 64 hex digits. */
  readonly sha256?: string | undefined;
  /** Git's blob id, 40 hex digits: what the hub knows of small files. One of the two is always there. */
  readonly gitSha1?: string | undefined;
}
