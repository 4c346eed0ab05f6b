/** A model's facts as a person would say them. */
import type { LoadProgress, ManifestTraining } from '@/lib/engine';
import type { CuratedModel as HubListed } from '@/lib/models/hub';
import { fileSize } from '@/components/ui/numbers';
import type { CuratedModel, Fit, FormatFacts } from './model-desk';

const FORMATS: Readonly<Record<string, string>> = {
  fp32: 'full precision',
  fp16: 'half precision',
  q8: '8 bits',
  int8: '8 bits, signed',
  uint8: '8 bits, unsigned',
  q4: '4 bits',
  q4f16: '4 bits, half precision',
  bnb4: '4 bits, bitsandbytes',
};

export const formatWords = (dtype: string): string => FORMATS[dtype] ?? 'a format of its own';

const FRAMES: Readonly<Record<string, string>> = {
  thousandths: 'thousandths of the picture',
  'original-pixels': 'pixels of the picture',
  'resized-pixels': 'pixels of the picture as the model sees it',
  fractions: 'fractions of the picture, 0 to 1',
};

export const frameWords = (frame: string): string => FRAMES[frame] ?? frame;

/** Headings of the list, in their order, for who knows none of the names. */
export const USES = {
  zooming: 'Best for zooming',
  small: 'Small and quick',
  other: 'Others',
} as const satisfies Record<CuratedModel['use'], string>;

const BOXES = {
  trained: 'It was trained to name places in a picture.',
  untrained: 'It was never trained to name places in a picture: its boxes are guesses.',
  unknown: 'Whether it was trained to name places is not told: its boxes may be guesses.',
} as const satisfies Record<ManifestTraining['boxes'], string>;

const CALLS = {
  trained: 'It was trained to call tools in the form used here.',
  untrained:
    'It was never trained to call tools in the form used here; a grammar makes it write calls that can be read.',
  unknown: 'Whether it was trained to call tools is not told; a grammar makes it write calls that can be read.',
} as const satisfies Record<ManifestTraining['calls'], string>;

export const trainingWords = ({ boxes, calls }: ManifestTraining): string => `${BOXES[boxes]} ${CALLS[calls]}`;

type Listed = Pick<
  HubListed,
  'parameters' | 'size' | 'training' | 'thinking' | 'device' | 'license' | 'use' | 'verified'
>;

const USE_WORDS = {
  zooming: {
    full: 'Points at places and calls the zoom as it was taught.',
    part: 'Points at places; the call is taught in the prompt.',
  },
  small: {
    full: 'Light, and taught to point and to call.',
    part: 'Light and taught to point; the call is taught in the prompt.',
  },
  other: { full: 'Taught to point and to call.', part: 'Points at places; the call is taught in the prompt.' },
} as const satisfies Record<CuratedModel['use'], Record<'full' | 'part', string>>;

/** What to know of a listed model before choosing it, for who knows none of the names. */
export function listedWords({ training, use, license, verified }: Listed): string {
  const { boxes, calls } = training;
  const can =
    boxes === 'trained'
      ? USE_WORDS[use][calls === 'trained' ? 'full' : 'part']
      : boxes === 'untrained'
        ? 'Answers about pictures, but was never taught to point: its zooms are guesses.'
        : 'Whether it was taught to point is not told: its zooms may be guesses.';
  const terms = license === null ? 'No licence is stated.' : /research/i.test(license) ? 'For research only.' : '';
  const made = verified === 'described' ? 'Its family was made from descriptions; no export of it was seen.' : '';
  return [can, terms, made].filter(Boolean).join(' ');
}

/** A word or two each. */
export function listedMarks({ parameters, size, thinking, device }: Listed): readonly string[] {
  const count = parameters >= 1000 ? `${parameters / 1000} B` : `${parameters} M`;
  return [
    `${count} parameters`,
    ...(size ? [`${fileSize(size.bytes)} in ${size.dtype}`] : []),
    ...(thinking ? ['can think'] : []),
    device === 'webgpu' ? 'wants WebGPU' : 'runs anywhere',
    // A mark is broken nowhere.
  ].map((mark) => mark.replaceAll(' ', '\u00a0'));
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  'nano-1': 'Loupe’s own',
  'qwen-tools': 'Qwen’s tool calls, in JSON',
  'qwen-xml': 'Qwen3.5’s tool calls, in XML',
  'zoom-json': 'a call in JSON, taught in the prompt',
};

export const protocolWords = (protocol: string): string => PROTOCOLS[protocol] ?? protocol;

const FEATURES: Readonly<Record<string, string>> = {
  'shader-f16': 'a GPU that computes in half precision (WebGPU with shader-f16)',
};

/** What a GPU must have for it, as a sentence's end. */
export function needsWords(features: readonly string[]): string {
  if (features.length === 0) return 'nothing special: it runs on WebGPU and on WASM';
  return features.map((feature) => FEATURES[feature] ?? feature).join(', ');
}

const SHARES = [
  [1, '1 megapixel'],
  [1 / 2, '½ megapixel'],
  [1 / 4, '¼ megapixel'],
  [1 / 8, '⅛ megapixel'],
] as const;

/** A size of pictures as the picker offers it. Tiles are powers of two: what is within a twelfth of a round size is called that. */
export function picturesWords(pixels: number): string {
  const megapixels = pixels / 1e6;
  const round = SHARES.find(([share]) => Math.abs(megapixels / share - 1) < 1 / 12);
  return round?.[1] ?? `${megapixels.toLocaleString('en', { maximumSignificantDigits: 2 })} megapixels`;
}

export const VERDICTS = {
  good: 'Fits this device',
  tight: 'May be slow here, or not fit',
  no: 'Does not run here',
} as const satisfies Record<Fit['verdict'], string>;

/** What is to be said where there is nothing against it. */
export const fitReasons = ({ reasons, device }: Fit): string =>
  reasons.length > 0
    ? reasons.join(' ')
    : `As far as can be told beforehand, it runs here on ${device === 'webgpu' ? 'WebGPU' : 'WASM'}.`;

/** On the one button that begins it. */
export function downloadWords({ bytes, keptBytes }: Pick<FormatFacts, 'bytes' | 'keptBytes'>): string {
  if (keptBytes >= bytes) return 'Use this model';
  if (keptBytes === 0) return `Download ${fileSize(bytes)} and use it`;
  return `Download the other ${fileSize(bytes - keptBytes)} and use it`;
}

const WAITING = 'Waiting for another page of Loupe to finish: this device has room for one model';

export interface LoadWords {
  readonly title: string;
  readonly detail: string;
  /** 0 … 1; null while its end is not known. */
  readonly filled: number | null;
}

/** @param paused nothing moves */
export function loadWords(load: LoadProgress | null, paused = false): LoadWords {
  if (load === null) return { title: paused ? 'Paused' : 'Asking what there is to fetch', detail: '', filled: null };
  switch (load.phase) {
    case 'download': {
      const { loaded, total } = load;
      const filled = total > 0 ? Math.min(1, loaded / total) : 0;
      const detail = `${fileSize(loaded)} of ${fileSize(total)}`;
      return { title: paused ? 'Paused' : 'Downloading', detail, filled };
    }
    case 'compile':
      return { title: 'Compiling', detail: `${load.done} of ${load.total}`, filled: null };
    case 'wait':
      return { title: WAITING, detail: '', filled: null };
    case 'self-test':
      return { title: 'Checking that it computes right here', detail: '', filled: null };
    case 'ready':
      return { title: 'Ready', detail: '', filled: 1 };
  }
}

export interface WayOut {
  readonly to: 'token' | 'hub' | 'kept' | 'page' | 'models';
  readonly label: string;
}

const WAYS: Readonly<Record<string, readonly WayOut[]>> = {
  'engine/gated': [
    { to: 'page', label: 'Open its page' },
    { to: 'token', label: 'Enter a token' },
  ],
  'engine/model-not-found': [{ to: 'hub', label: 'Choose another hub' }],
  'engine/network': [{ to: 'hub', label: 'Choose another hub' }],
  'engine/bad-weights': [{ to: 'hub', label: 'Choose another hub' }],
  'engine/bad-manifest': [{ to: 'hub', label: 'Choose another hub' }],
  'engine/quota': [{ to: 'kept', label: 'See what is on this disk' }],
  'engine/out-of-memory': [{ to: 'models', label: 'Choose something smaller' }],
  'engine/unsupported-model': [{ to: 'models', label: 'Other models' }],
};

/** What may be done about a failure besides trying again. */
export const waysOut = (code: string): readonly WayOut[] => WAYS[code] ?? [];

/** A commit as people quote it. */
export const shortCommit = (commit: string): string => commit.slice(0, 7);
