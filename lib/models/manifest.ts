/**
 * The door for `manifest.json` (docs/model-manifest.md): whatever a model folder says of itself is checked here once and
 * trusted inside. Also finds files by role. It fetches nothing.
 */
import * as z from 'zod/mini';
import { EngineError, type ModelFile, type ModelManifest } from '@/lib/engine/contract';

const positive = z.number().check(z.int(), z.positive());
const text = z.string().check(z.minLength(1));
const triple = z.array(z.number()).check(z.length(3));

/** Relative, forward slashes, no way out of the folder. */
const path = z.string().check(z.regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/));

const file = z.object({
  path,
  role: text,
  bytes: z.number().check(z.int(), z.nonnegative()),
  sha256: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  gitSha1: z.optional(z.string().check(z.regex(/^[0-9a-f]{40}$/))),
});

const sizing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('square') }),
  z.object({
    kind: z.literal('smart'),
    factor: positive,
    patch: positive,
    minPixels: positive,
    maxPixels: positive,
  }),
  z.object({ kind: z.literal('tiles'), tile: positive, longestEdge: positive, split: z.boolean() }),
  z.object({
    kind: z.literal('lfm2'),
    tile: positive,
    patch: positive,
    downsample: positive,
    minTokens: positive,
    maxTokens: positive,
    minTiles: positive,
    maxTiles: positive,
    thumbnail: z.boolean(),
  }),
  z.object({ kind: z.literal('pooled'), patch: positive, pool: positive, maxTokens: positive }),
]);

const skill = z.enum(['trained', 'untrained', 'unknown']);

const manifest = z.object({
  format: z.literal('loupe-model/1'),
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]*$/)),
  name: text,
  version: text,
  family: text,
  protocol: text,
  frame: z.enum(['thousandths', 'original-pixels', 'resized-pixels', 'fractions']),
  license: text,
  provenance: z.string(),
  image: z.object({
    size: positive,
    tokens: positive,
    resample: z.enum(['bilinear', 'bicubic', 'lanczos']),
    mean: triple,
    std: triple,
    sizing: z.optional(sizing),
  }),
  context: positive,
  stop: z.array(text),
  stopIds: z.optional(z.array(z.number().check(z.int(), z.nonnegative()))),
  training: z.optional(z.object({ boxes: skill, calls: skill })),
  thinking: z.optional(z.boolean()),
  crop: z.object({ minSide: positive, context: z.number().check(z.gte(1)) }),
  decoder: z.object({
    layers: positive,
    attentionLayers: z.optional(z.number().check(z.int(), z.nonnegative())),
    kvHeads: positive,
    headDim: positive,
    hidden: positive,
    vocab: positive,
  }),
  files: z.array(file).check(z.minLength(1)),
});

/** Roles without which no model of any family runs. A known answer (`self-test`) is what only a shipped model has. */
const REQUIRED_ROLES = ['decoder', 'vision', 'embed', 'tokenizer', 'chat-template', 'config'] as const;

/** @throws EngineError `bad-manifest`, naming the first thing that is wrong. */
export function parseManifest(value: unknown): ModelManifest {
  const parsed = manifest.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EngineError(
      'bad-manifest',
      `manifest.json: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'wrong'}`,
    );
  }
  for (const role of REQUIRED_ROLES) {
    if (!parsed.data.files.some((entry) => entry.role === role)) {
      throw new EngineError('bad-manifest', `manifest.json: no file has the role "${role}"`);
    }
  }
  if (parsed.data.stop.length + (parsed.data.stopIds?.length ?? 0) === 0) {
    throw new EngineError('bad-manifest', 'manifest.json: neither stop nor stopIds names a token that ends a turn');
  }
  const unnamed = parsed.data.files.find((entry) => entry.sha256 === undefined && entry.gitSha1 === undefined);
  if (unnamed) throw new EngineError('bad-manifest', `manifest.json: ${unnamed.path} has neither sha256 nor gitSha1`);
  return parsed.data;
}

export function fileOf(model: ModelManifest, role: string): ModelFile | null {
  return model.files.find((entry) => entry.role === role) ?? null;
}
