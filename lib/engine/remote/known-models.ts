/**
 * What a model's name says of how it looks: its dialect, what its boxes count in, how large a picture it is sent. Guesses, all of which a
 * person can see and change. Sizes are those of the families' own processors; of the great APIs those that they do not make smaller.
 */
import type { Frame } from '@/lib/geometry';
import type { ManifestImage, ModelCard, Sizing } from '../contract';
import type { RemoteAddress, WireId } from './address';

interface Habits {
  readonly dialect: string;
  readonly frame: Frame;
  readonly sizing: Sizing;
  readonly crop: ModelCard['crop'];
  readonly boxes: NonNullable<ModelCard['boxes']>;
  readonly calls: boolean;
}

/** A box that was asked for is shown with little around it. */
const CROP = { minSide: 28, context: 1.1 };
/** As the model's own code cuts it. */
const EXACT = { minSide: 0, context: 1 };

/** Sides are multiples of 28 or 32, so that the server's own processor leaves them as they are. */
const smart = (factor: number, minBlocks: number, maxBlocks: number): Sizing => ({
  kind: 'smart',
  factor,
  patch: factor / 2,
  minPixels: minBlocks * factor ** 2,
  maxPixels: maxBlocks * factor ** 2,
});

const QWEN_25 = smart(28, 4, 5120);
const within = (longestEdge: number, maxPixels: number): Sizing => ({ kind: 'within', longestEdge, maxPixels });

const known = (dialect: string, frame: Frame, sizing: Sizing, crop = CROP): Habits => ({
  dialect,
  frame,
  sizing,
  crop,
  boxes: 'trained',
  calls: true,
});

/** The first that fits. */
const BY_NAME: readonly (readonly [RegExp, Habits])[] = [
  [/deepeyes-?v2/i, known('deepeyes-v2', 'resized-pixels', QWEN_25, EXACT)],
  [/deepeyes/i, known('deepeyes', 'resized-pixels', QWEN_25, EXACT)],
  [/mini-?o3/i, known('mini-o3', 'fractions', smart(28, 4, 2551), EXACT)],
  [/pixel-?reasoner/i, known('pixel-reasoner', 'fractions', QWEN_25, EXACT)],
  [/qwen-?3\.5/i, known('qwen-xml', 'thousandths', smart(32, 4, 4096))],
  [/qwen-?3.*vl/i, known('qwen-tools', 'thousandths', smart(32, 4, 4096))],
  [/qwen-?2[.p]?5.*vl/i, known('qwen-tools', 'resized-pixels', QWEN_25)],
  [/qwen-?2.*vl/i, known('qwen-tools', 'thousandths', QWEN_25)],
  // Its coordinates are those of the picture as it saw it; larger ones it would shrink itself.
  [/claude-(opus-(4-[789]|[5-9])|.*-5)/i, known('native', 'resized-pixels', within(2576, 3_750_000))],
  [/claude/i, known('native', 'resized-pixels', within(1568, 1_200_000))],
  [/gemini/i, known('native-yx', 'thousandths', within(3072, 6_000_000))],
  [/glm-?\d.*v/i, known('native', 'thousandths', within(2048, 3_000_000))],
  [/(^|\/)(gpt|o\d)/i, known('native', 'resized-pixels', within(2048, 1_572_864))],
];

const UNKNOWN: Habits = {
  dialect: 'zoom-json',
  frame: 'thousandths',
  sizing: within(1536, 1_572_864),
  crop: CROP,
  boxes: 'unknown',
  calls: false,
};

const BY_WIRE: Readonly<Record<WireId, Habits>> = {
  chat: UNKNOWN,
  messages: known('native', 'resized-pixels', within(1568, 1_200_000)),
  gemini: known('native-yx', 'thousandths', within(3072, 6_000_000)),
  responses: known('native', 'resized-pixels', within(2048, 1_572_864)),
};

export function habitsOf({ wire, model }: Pick<RemoteAddress, 'wire' | 'model'>): Habits {
  return BY_NAME.find(([name]) => name.test(model))?.[1] ?? BY_WIRE[wire];
}

/** Pixels, as they hold for an address that names none. */
export function usualBounds(sizing: Sizing): { readonly minPixels: number; readonly maxPixels: number } {
  if (sizing.kind === 'smart') return { minPixels: sizing.minPixels, maxPixels: sizing.maxPixels };
  return { minPixels: 1, maxPixels: sizing.kind === 'within' ? sizing.maxPixels : 1 };
}

/** Tokens of a turn where nobody says otherwise: models behind servers think at length. */
export const USUAL_TOKENS = 4096;

export interface ServerFacts {
  /** Tokens; null where the server does not tell. */
  readonly context: number | null;
  /** Whether its turns can be kept in a grammar. */
  readonly grammar: boolean;
  /** Whether it is known to tell log-probabilities. */
  readonly tokens: boolean;
}

/** Nothing is resized or normalized here but the picture itself: the server does the rest. */
const image = (sizing: Sizing): ManifestImage => ({
  size: 1024,
  tokens: 1,
  resample: 'bicubic',
  mean: [0, 0, 0],
  std: [1, 1, 1],
  sizing,
});

export function cardOf(address: RemoteAddress, server: ServerFacts): ModelCard {
  const habits = habitsOf(address);
  const { model, dialect = habits.dialect } = address;
  return {
    id: model,
    name: model.split('/').at(-1) ?? model,
    version: '',
    dialect,
    frame: address.frame ?? habits.frame,
    ...(address.frame && { wishedFrame: address.frame }),
    boxes: habits.boxes,
    image: image(bounded(habits.sizing, address)),
    crop: habits.crop,
    context: server.context ?? Number.MAX_SAFE_INTEGER,
    newTokens: address.tokens ?? USUAL_TOKENS,
    provenance: '',
    can: {
      tokens: server.tokens,
      grammar: server.grammar && !dialect.startsWith('native'),
      score: false,
      calls: habits.calls,
    },
  };
}

function bounded(sizing: Sizing, { maxPixels, minPixels }: RemoteAddress): Sizing {
  const usual = usualBounds(sizing);
  const most = maxPixels ?? usual.maxPixels;
  if (sizing.kind === 'within') {
    // A bound that a person has set alone holds.
    return { ...sizing, maxPixels: most, ...(maxPixels !== undefined && { longestEdge: maxPixels }) };
  }
  if (sizing.kind !== 'smart') return sizing;
  const least = Math.max(sizing.factor ** 2, most);
  return { ...sizing, maxPixels: least, minPixels: Math.min(minPixels ?? usual.minPixels, least) };
}
