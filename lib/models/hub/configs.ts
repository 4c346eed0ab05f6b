/**
 * The door for a repository's own configuration files: what is read of config.json, preprocessor_config.json,
 * processor_config.json, generation_config.json and the tokenizer's, in the several shapes that exports have had.
 */
import * as z from 'zod/mini';
import { EngineError } from '@/lib/engine/contract';
import { templateIn } from '../template-in';
import type { Repo } from './repo';

const positive = z.number().check(z.int(), z.positive());
const maybe = <T extends z.core.$ZodType>(schema: T) => z.optional(z.nullable(schema));
const ids = maybe(z.union([z.number(), z.array(z.number())]));

const textConfig = z.object({
  hidden_size: maybe(positive),
  num_hidden_layers: maybe(positive),
  num_attention_heads: maybe(positive),
  num_key_value_heads: maybe(positive),
  head_dim: maybe(positive),
  vocab_size: maybe(positive),
  max_position_embeddings: maybe(positive),
  layer_types: maybe(z.array(z.string())),
  full_attn_idxs: maybe(z.array(z.number())),
  num_kv_shared_layers: maybe(z.number().check(z.int(), z.nonnegative())),
  eos_token_id: ids,
});

const visionConfig = z.object({
  image_size: maybe(positive),
  patch_size: maybe(positive),
  spatial_merge_size: maybe(positive),
  pooling_kernel_size: maybe(positive),
});

/** Newer exports of LFM2-VL say in the preprocessor's file what older ones say in config.json. */
const tiling = {
  do_image_splitting: maybe(z.boolean()),
  tile_size: maybe(positive),
  encoder_patch_size: maybe(positive),
  downsample_factor: maybe(positive),
  min_image_tokens: maybe(positive),
  max_image_tokens: maybe(positive),
  min_tiles: maybe(positive),
  max_tiles: maybe(positive),
  use_thumbnail: maybe(z.boolean()),
};

const config = z.extend(textConfig, {
  ...tiling,
  model_type: z.string(),
  text_config: maybe(textConfig),
  vision_config: maybe(visionConfig),
  scale_factor: maybe(positive),
});

/** A square's side as a number, or the names that have been in use for bounds. */
const size = maybe(
  z.union([
    positive,
    z.object({
      longest_edge: maybe(positive),
      shortest_edge: maybe(positive),
      min_pixels: maybe(positive),
      max_pixels: maybe(positive),
      height: maybe(positive),
      width: maybe(positive),
    }),
  ]),
);

const triple = z.array(z.number()).check(z.length(3));

const preprocessor = z.object({
  ...tiling,
  image_mean: maybe(triple),
  image_std: maybe(triple),
  resample: maybe(z.number()),
  size,
  max_image_size: size,
  min_pixels: maybe(positive),
  max_pixels: maybe(positive),
  patch_size: maybe(positive),
  merge_size: maybe(positive),
  pooling_kernel_size: maybe(positive),
  max_soft_tokens: maybe(positive),
  do_normalize: maybe(z.boolean()),
});

/** Some exports nest the preprocessor's settings, others put how pictures are cut beside the rest. */
const processor = z.object({
  ...tiling,
  image_seq_len: maybe(positive),
  image_seq_length: maybe(positive),
  image_processor: maybe(preprocessor),
});

const generation = z.object({ eos_token_id: ids });

const content = z.object({ content: z.string() });
const tokenizerConfig = z.object({
  added_tokens_decoder: maybe(z.record(z.string(), content)),
  eos_token: maybe(z.union([z.string(), content])),
  chat_template: z.optional(z.unknown()),
});

export type TextConfig = z.infer<typeof textConfig>;
export type Preprocessor = z.infer<typeof preprocessor>;

export interface Configs {
  readonly config: z.infer<typeof config>;
  /** Where the decoder's numbers lie: in a section of their own, or among the rest. */
  readonly text: TextConfig;
  readonly preprocessor: Preprocessor;
  readonly imageSeqLen: number | null;
  /** Texts of the tokens that end a turn, the first of them the one that the chat template writes. */
  readonly stop: readonly string[];
  /** Ids of others whose texts only tokenizer.json tells, which is long. */
  readonly stopIds: readonly number[];
  /** Whether tokenizer_config.json holds a chat template, as it does where there is no file of its own for it. */
  readonly templateInTokenizer: boolean;
  /** The chat template as text, or the JSON that it lies in; '' where there is none. */
  readonly template: string;
}

/** @throws EngineError `unsupported-model`, `bad-manifest`, and those of the network; the abort's reason when aborted. */
export async function readConfigs(repo: Repo): Promise<Configs> {
  if (!repo.files.has('config.json')) {
    throw new EngineError('unsupported-model', { code: 'no-config', params: { id: repo.id } });
  }
  const read = async <T>(path: string, schema: z.ZodMiniType<T>) => {
    const text = await repo.text(path);
    return text === null ? null : parse(repo.id, path, text, schema);
  };
  const [main, own, whole, generated, words, template] = await Promise.all([
    read('config.json', config),
    read('preprocessor_config.json', preprocessor),
    read('processor_config.json', processor),
    read('generation_config.json', generation),
    read('tokenizer_config.json', tokenizerConfig),
    repo.text(repo.files.has('chat_template.jinja') ? 'chat_template.jinja' : 'chat_template.json'),
  ]);
  if (!main) throw new EngineError('unsupported-model', { code: 'no-config', params: { id: repo.id } });
  const text = main.text_config ?? main;
  const ends = listOf(generated?.eos_token_id ?? text.eos_token_id ?? main.eos_token_id);
  const named = new Map(
    Object.entries(words?.added_tokens_decoder ?? {}).map(([id, token]) => [Number(id), token.content]),
  );
  const eos = words?.eos_token;
  const said = typeof eos === 'string' ? eos : eos?.content;
  const stop = [...new Set([...(said === undefined ? [] : [said]), ...ends.flatMap((id) => named.get(id) ?? [])])];
  const stopIds = ends.filter((id) => !named.has(id));
  if (stop.length + stopIds.length === 0) {
    throw new EngineError('unsupported-model', { code: 'no-end-token', params: { id: repo.id } });
  }
  const inTokenizer = templateIn(words);
  return {
    config: main,
    text,
    preprocessor: { ...set(whole), ...set(whole?.image_processor), ...set(own) },
    imageSeqLen: whole?.image_seq_len ?? whole?.image_seq_length ?? null,
    stop,
    stopIds,
    templateInTokenizer: inTokenizer !== null,
    template: template ?? inTokenizer ?? '',
  };
}

/** By a word that no template has for anything else; of JSON the text is as good. */
export function asksToThink(template: string): boolean {
  return /\benable_thinking\b/.test(template);
}

/** Without what is null: another file may say it. */
function set<T extends object>(value: T | null | undefined): Partial<T> {
  // What is left of an object has the types it had.
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, one]) => one !== null)) as Partial<T>;
}

function listOf(value: number | readonly number[] | null | undefined): readonly number[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'number' ? [value] : value;
}

function parse<T>(id: string, path: string, text: string, schema: z.ZodMiniType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new EngineError('bad-manifest', { code: 'config-not-json', params: { path, id } }, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const detail = `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'wrong'}`;
  throw new EngineError('bad-manifest', { code: 'config-wrong', params: { path, id, detail } });
}
