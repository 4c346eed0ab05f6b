/**
 * What is known of each family that a repository's own files do not say, or say in a way of their own: which dialect the agent
 * speaks with it, and how pictures are sized. What a model was taught is in traits.ts, what runs it in the engine's worker/models.
 */
import type { ManifestImage, Sizing } from '@/lib/engine/contract';
import { POOLED_TOKENS } from '../picture-bound';
import type { Configs, Preprocessor } from './configs';

export interface FamilyFacts {
  /** Where the chat template teaches no form of calls. */
  readonly dialect: 'qwen-tools' | 'qwen-xml' | 'gemma-tools' | 'zoom-json';
  /** Where the preprocessor's file says nothing. */
  readonly resample: ManifestImage['resample'];
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /**
   * @param most tokens of the prompt that one picture may take, what frames it included; null: no bound but the model's own, which
   * holds either way
   */
  image(configs: Configs, most: number | null): { size: number; tokens: number; sizing: Sizing };
}

const HALF = [0.5, 0.5, 0.5] as const;
/** CLIP's, which the Qwen 2 families took over. */
const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073] as const;
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711] as const;

/**
 * Qwen's own bound is 12 megapixels and more, some 16,000 tokens a picture: nothing a page can compute. However much room there
 * is, a picture gets no more than this unless the person says otherwise.
 */
const QWEN_TOKENS = 1280;
/** `<|vision_start|>` and `<|vision_end|>`. */
const QWEN_FRAMING = 2;

const qwen = (version: 2 | 3): FamilyFacts['image'] => {
  return (configs, most) => {
    const { preprocessor, config } = configs;
    const patch = preprocessor.patch_size ?? config.vision_config?.patch_size ?? (version === 2 ? 14 : 16);
    const merge = preprocessor.merge_size ?? config.vision_config?.spatial_merge_size ?? 2;
    const factor = patch * merge;
    const bounds = sizeOf(preprocessor);
    const minPixels = preprocessor.min_pixels ?? bounds.min_pixels ?? bounds.shortest_edge ?? 4 * factor * factor;
    const own = preprocessor.max_pixels ?? bounds.max_pixels ?? bounds.longest_edge ?? QWEN_TOKENS * factor * factor;
    const wanted = most === null ? own : Math.min(QWEN_TOKENS, most - QWEN_FRAMING) * factor ** 2;
    const maxPixels = Math.max(factor * factor, minPixels, Math.min(own, wanted));
    const cells = Math.max(1, Math.floor(Math.sqrt(maxPixels) / factor));
    return {
      size: cells * factor,
      tokens: cells * cells,
      sizing: { kind: 'smart', factor, patch, minPixels: Math.min(minPixels, maxPixels), maxPixels },
    };
  };
};

/** Of a tile `<fake_token_around_image><row_1_col_1>`, of a row a line break; of the whole picture three tokens. */
const tilesFraming = (side: number): number => 2 * side * side + side + 3;

const tiles: FamilyFacts['image'] = ({ preprocessor, config, imageSeqLen }, most) => {
  const largest = preprocessor.max_image_size;
  const tile =
    (typeof largest === 'number' ? largest : largest?.longest_edge) ?? config.vision_config?.image_size ?? 512;
  const patch = config.vision_config?.patch_size ?? 16;
  const scale = config.scale_factor ?? 4;
  const own = sizeOf(preprocessor).longest_edge ?? tile * 4;
  const tokens = imageSeqLen ?? Math.max(1, Math.floor((Math.floor(tile / patch) / scale) ** 2));
  /** Most tiles along a side. A square picture takes most of all shapes: that many in each row. */
  const side = mostOf(
    Math.ceil(own / tile),
    (count) => most === null || (count ** 2 + 1) * tokens + tilesFraming(count) <= most,
  );
  const longestEdge = Math.max(tile, Math.min(own, side * tile));
  const split = (preprocessor.do_image_splitting ?? true) && longestEdge > tile;
  return { size: tile, tokens, sizing: { kind: 'tiles', tile, longestEdge, split } };
};

/** The largest count up to `most` that will do; 1 where none does. */
function mostOf(most: number, willDo: (count: number) => boolean): number {
  let count = most;
  while (count > 1 && !willDo(count)) count--;
  return Math.max(1, count);
}

const lfm2: FamilyFacts['image'] = ({ preprocessor, config }, most) => {
  const tile = preprocessor.tile_size ?? config.tile_size ?? 512;
  const patch = preprocessor.encoder_patch_size ?? config.encoder_patch_size ?? 16;
  const downsample = preprocessor.downsample_factor ?? config.downsample_factor ?? 2;
  const maxTokens = preprocessor.max_image_tokens ?? config.max_image_tokens ?? 256;
  const splits = preprocessor.do_image_splitting ?? config.do_image_splitting ?? true;
  const ownTiles = splits ? (preprocessor.max_tiles ?? config.max_tiles ?? 10) : 1;
  const tokens = Math.max(1, Math.floor((tile / patch / downsample) ** 2));
  // A token before each tile and before the thumbnail, one at either end.
  const maxTiles = mostOf(ownTiles, (count) => most === null || count * (tokens + 1) + maxTokens + 3 <= most);
  return {
    size: tile,
    tokens,
    sizing: {
      kind: 'lfm2',
      tile,
      patch,
      downsample,
      minTokens: Math.min(maxTokens, preprocessor.min_image_tokens ?? config.min_image_tokens ?? 64),
      maxTokens,
      minTiles: Math.min(maxTiles, preprocessor.min_tiles ?? config.min_tiles ?? 2),
      maxTiles,
      thumbnail: preprocessor.use_thumbnail ?? config.use_thumbnail ?? true,
    },
  };
};

/** `<|image>` and `<image|>`. */
const GEMMA_FRAMING = 2;

const gemma4: FamilyFacts['image'] = ({ preprocessor, config, imageSeqLen }, most) => {
  const patch = preprocessor.patch_size ?? config.vision_config?.patch_size ?? 16;
  const pool = preprocessor.pooling_kernel_size ?? config.vision_config?.pooling_kernel_size ?? 3;
  const own = preprocessor.max_soft_tokens ?? imageSeqLen ?? 280;
  const fitting = POOLED_TOKENS.filter((tokens) => tokens <= own && (most === null || tokens + GEMMA_FRAMING <= most));
  const maxTokens = fitting.at(-1) ?? Math.min(own, POOLED_TOKENS[0]);
  const side = Math.max(1, Math.floor(Math.sqrt(maxTokens))) * patch * pool;
  return { size: side, tokens: maxTokens, sizing: { kind: 'pooled', patch, pool, maxTokens } };
};

const SMOL: FamilyFacts = {
  dialect: 'zoom-json',
  resample: 'lanczos',
  mean: HALF,
  std: HALF,
  image: tiles,
};

const QWEN2: FamilyFacts = {
  dialect: 'qwen-tools',
  resample: 'bicubic',
  mean: CLIP_MEAN,
  std: CLIP_STD,
  image: qwen(2),
};

const QWEN3: FamilyFacts = { ...QWEN2, mean: HALF, std: HALF, image: qwen(3) };

/** By `model_type`, with underscores. */
const FACTS = new Map<string, FamilyFacts>([
  ['idefics3', SMOL],
  ['smolvlm', SMOL],
  ['qwen2_vl', QWEN2],
  ['qwen2_5_vl', QWEN2],
  ['qwen3_vl', QWEN3],
  ['qwen3_5', { ...QWEN3, dialect: 'qwen-xml' }],
  ['gemma4', { ...SMOL, dialect: 'gemma-tools', resample: 'bicubic', mean: [0, 0, 0], std: [1, 1, 1], image: gemma4 }],
  ['lfm2_vl', { ...SMOL, resample: 'bilinear', image: lfm2 }],
]);

export const HUB_FAMILIES: readonly string[] = [...FACTS.keys()];

/** Older exports write hyphens. */
export function familyOf(modelType: string): string {
  return modelType.toLowerCase().replaceAll('-', '_');
}

export function factsOf(family: string): FamilyFacts | null {
  return FACTS.get(family) ?? null;
}

/** The form of calls that a chat template teaches, where it is one that is spoken here; else the family's own. */
export function dialectOf(facts: FamilyFacts, template: string): FamilyFacts['dialect'] {
  if (facts.dialect === 'gemma-tools') return template.includes('<|tool_call>') ? facts.dialect : 'zoom-json';
  if (facts.dialect === 'zoom-json') return facts.dialect;
  if (template.includes('<function=')) return 'qwen-xml';
  return template.includes('<function-name>') ? 'qwen-tools' : facts.dialect;
}

/** Tokens that end what a model writes in a dialect, besides those that its files name: a call waits for its result. */
export function endsOf(dialect: FamilyFacts['dialect']): readonly string[] {
  return dialect === 'gemma-tools' ? ['<|tool_response>'] : [];
}

function sizeOf({ size }: Preprocessor): Exclude<Preprocessor['size'], number | null | undefined> {
  if (typeof size === 'number') return { longest_edge: size };
  return size ?? {};
}
