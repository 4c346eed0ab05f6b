/** From a repository's configuration and one of its formats to the manifest that everything after reads. Pure. */
import { EngineError, type ManifestImage, type ModelFile, type ModelManifest } from '@/lib/engine/contract';
import { withMaxPixels } from '../picture-bound';
import { pictureTokens } from '../usual-run';
import { asksToThink, type Configs, type TextConfig } from './configs';
import type { DtypeOption } from './dtypes';
import { dialectOf, endsOf, factsOf, familyOf, HUB_FAMILIES } from './family-facts';
import { attentionLayers, contextOf } from './kv-size';
import type { Repo } from './repo';
import { traitsOf } from './traits';

/** Small files that are read or that other programs know, by what they are for. The first of several names wins a role. */
const SMALL_FILES: readonly (readonly [path: string, role: string])[] = [
  ['tokenizer.json', 'tokenizer'],
  ['tokenizer_config.json', 'tokenizer-config'],
  ['chat_template.jinja', 'chat-template'],
  ['chat_template.json', 'chat-template'],
  ['config.json', 'config'],
  ['generation_config.json', 'generation-config'],
  ['preprocessor_config.json', 'preprocessor'],
  ['processor_config.json', 'processor'],
];

/** As Pillow numbers its filters. What is not among them is drawn as bicubic. */
const RESAMPLE: Readonly<Record<number, ManifestImage['resample']>> = { 1: 'lanczos', 2: 'bilinear', 3: 'bicubic' };

/** What a person may ask of a model besides its format. Left out or null: as the model itself has it. */
export interface ModelWishes {
  /** Most pixels of one picture. Without it a picture is as large as leaves room for a run with the usual number of looks. */
  readonly maxPixels?: number | null | undefined;
  /** Whether it is to think before it answers; its chat template must know of it. */
  readonly thinking?: boolean | null | undefined;
}

/** @throws EngineError `unsupported-model` */
export function makeManifest(
  repo: Repo,
  configs: Configs,
  option: DtypeOption,
  { maxPixels = null, thinking = null }: ModelWishes,
): ModelManifest {
  const family = familyOf(configs.config.model_type);
  const facts = factsOf(family);
  if (!facts) {
    const known = HUB_FAMILIES.join(', ');
    throw new EngineError('unsupported-model', { code: 'other-family', params: { id: repo.id, family, known } });
  }
  if (thinking !== null && !asksToThink(configs.template)) {
    throw new EngineError('unsupported-model', { code: 'no-thinking', params: { id: repo.id } });
  }
  const decoder = decoderOf(repo.id, configs.text, configs.config);
  const context = contextOf(decoder, option, configs.text);
  const { preprocessor } = configs;
  const own = preprocessor.resample;
  const { frame, training } = traitsOf(repo.id, family);
  const dialect = dialectOf(facts, configs.template);
  return {
    format: 'loupe-model/1',
    id: `${slugOf(repo.id)}.${option.dtype}`,
    name: repo.id.slice(repo.id.indexOf('/') + 1),
    version: repo.commit,
    family,
    protocol: dialect,
    frame,
    license: repo.license || 'not stated',
    provenance: `${repo.id} (${option.dtype})`,
    image: {
      ...(maxPixels === null
        ? facts.image(configs, pictureTokens(context))
        : withMaxPixels(facts.image(configs, null), maxPixels)),
      resample: own === null || own === undefined ? facts.resample : (RESAMPLE[own] ?? 'bicubic'),
      // Some files name numbers and say that they are not used.
      mean: preprocessor.do_normalize === false ? [0, 0, 0] : (preprocessor.image_mean ?? facts.mean),
      std: preprocessor.do_normalize === false ? [1, 1, 1] : (preprocessor.image_std ?? facts.std),
    },
    context,
    stop: [...new Set([...configs.stop, ...endsOf(dialect)])],
    ...(configs.stopIds.length === 0 ? {} : { stopIds: configs.stopIds }),
    training,
    ...(thinking === null ? {} : { thinking }),
    crop: { minSide: 64, context: 1 },
    decoder,
    files: [...option.files, ...smallFiles(repo, configs.templateInTokenizer)],
  };
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll('/', '--')
    .replace(/[^a-z0-9.-]/g, '-');
  return slug.replace(/^[^a-z0-9]+/, '') || 'model';
}

function smallFiles(repo: Repo, templateInTokenizer: boolean): readonly ModelFile[] {
  const files: ModelFile[] = [];
  const has = (role: string) => files.some((file) => file.role === role);
  for (const [path, role] of SMALL_FILES) {
    const file = repo.files.get(path);
    if (file) files.push({ ...file, role: has(role) ? 'other' : role });
  }
  if (!has('tokenizer')) {
    throw new EngineError('unsupported-model', { code: 'no-tokenizer', params: { id: repo.id } });
  }
  if (has('chat-template')) return files;
  if (!templateInTokenizer) {
    throw new EngineError('unsupported-model', { code: 'no-template', params: { id: repo.id } });
  }
  // Older exports keep it there; who reads it knows by the file's name.
  return files.map((file) => (file.role === 'tokenizer-config' ? { ...file, role: 'chat-template' } : file));
}

function decoderOf(id: string, text: TextConfig, all: TextConfig): ModelManifest['decoder'] {
  const { hidden_size: hidden, num_hidden_layers: layers, num_attention_heads: heads } = text;
  const vocab = text.vocab_size ?? all.vocab_size;
  if (!hidden || !layers || !heads || !vocab) {
    throw new EngineError('unsupported-model', { code: 'no-measures', params: { id } });
  }
  const headDim = text.head_dim ?? Math.floor(hidden / heads);
  const attending = attentionLayers(layers, text);
  const some = attending < layers ? { attentionLayers: attending } : {};
  return { layers, ...some, kvHeads: text.num_key_value_heads ?? heads, headDim, hidden, vocab };
}
