/** A model's facts as a person would say them, in the words given. */
import type { Device, LoadProgress, ManifestTraining } from '@/lib/engine';
import { fileSize } from '@/components/ui/numbers';
import { say, type Words } from '@/lib/words';
import { listedSize } from './listed-size';
import type { Fit, FormatFacts, ListedFacts, ModelFacts } from './model-desk';
import { sentences } from '@/lib/words/sentences';

type ModelsWords = Words['models'];
type Named = Readonly<Record<string, string>>;

// Names come from hubs and manifests: what has no words is called by its name.

export function formatWords({ formats }: ModelsWords, dtype: string): string {
  return (formats.named as Named)[dtype] ?? formats.itsOwn;
}

export function frameWords(
  { frames, hubModel }: ModelsWords,
  { frame, frameKnown }: Pick<ModelFacts, 'frame' | 'frameKnown'>,
): string {
  const words = (frames as Named)[frame] ?? frame;
  return frameKnown ? words : hubModel.assumed(words);
}

export function dialectWords({ dialects }: ModelsWords, dialect: string): string {
  return (dialects as Named)[dialect] ?? dialect;
}

export function trainingWords({ training }: ModelsWords, { boxes, calls }: ManifestTraining): string {
  return sentences(training.boxes[boxes], training.calls[calls]);
}

/** What to know of a listed model before choosing it, for who knows none of the names. */
export function listedWords({ can, terms, described }: ModelsWords['list'], facts: ListedFacts): string {
  const { use, license, verified } = facts;
  const { boxes, calls } = facts.training;
  const said = [boxes === 'trained' ? can[use][calls === 'trained' ? 'full' : 'part'] : can[boxes]];
  if (license === null) said.push(terms.unstated);
  else if (/research/i.test(license)) said.push(terms.research);
  if (verified === 'described') said.push(described);
  return sentences(...said);
}

/**
 * A word or two each.
 * @param here on what models run; null while that is found out
 * @param away it is not here, and cannot be fetched now
 */
export function listedMarks(
  { marks }: ModelsWords['list'],
  facts: ListedFacts,
  here: Device | null,
  away: boolean,
): readonly string[] {
  const { parameters, size, thinking, device } = facts;
  return [
    marks.parameters(parameters),
    size ? marks.size(fileSize(size.bytes), size.dtype) : marks.about(fileSize(listedSize(facts).bytes)),
    ...(thinking ? [marks.thinks] : []),
    device === 'webgpu' && here === 'wasm' ? marks.slowHere : marks.devices[device],
    ...(away ? [marks.away] : []),
    // A mark is broken nowhere.
  ].map((mark) => mark.replaceAll(' ', '\u00a0'));
}

/** What a GPU must have for it, as a sentence's end. */
export function needsWords(words: ModelsWords, features: readonly string[]): string {
  if (features.length === 0) return words.nothingSpecial;
  return features.map((feature) => (words.features as Named)[feature] ?? feature).join(', ');
}

/** Parts of a megapixel that have a name. */
const PARTS = [1, 2, 4, 8] as const;

/** A size of pictures as the picker offers it. Tiles are powers of two: what is within a twelfth of a round size is called that. */
export function picturesWords({ wishes }: ModelsWords, pixels: number): string {
  const megapixels = pixels / 1e6;
  const part = PARTS.find((one) => Math.abs(megapixels * one - 1) < 1 / 12);
  return part === undefined ? wishes.megapixels(megapixels) : wishes.sizes[part];
}

/** What is to be said where there is nothing against it. */
export function fitReasons({ fit: words, devices }: ModelsWords, { reasons, device }: Fit): string {
  if (reasons.length === 0) return words.runs(devices[device]);
  return sentences(...reasons.map((reason) => say(words.reasons, reason)));
}

/** On the one button that begins it. */
export function downloadWords(
  { hubModel: words }: ModelsWords,
  { bytes, keptBytes }: Pick<FormatFacts, 'bytes' | 'keptBytes'>,
): string {
  if (keptBytes >= bytes) return words.use;
  return keptBytes === 0 ? words.download(fileSize(bytes)) : words.downloadRest(fileSize(bytes - keptBytes));
}

export interface LoadWords {
  readonly title: string;
  readonly detail: string;
  /** 0 … 1; null while its end is not known. */
  readonly filled: number | null;
}

/** @param paused nothing moves */
export function loadWords({ load: words, amount }: ModelsWords, load: LoadProgress | null, paused = false): LoadWords {
  if (load === null) return { title: paused ? words.paused : words.asking, detail: '', filled: null };
  switch (load.phase) {
    case 'download': {
      const { loaded, total } = load;
      const filled = total > 0 ? Math.min(1, loaded / total) : 0;
      const detail = amount(fileSize(loaded), fileSize(total));
      return { title: paused ? words.paused : words.downloading, detail, filled };
    }
    case 'compile':
      return { title: words.compiling, detail: words.compiled(load.done, load.total), filled: null };
    case 'wait':
      return { title: words.waiting, detail: '', filled: null };
    case 'self-test':
      return { title: words.checking, detail: '', filled: null };
    case 'ready':
      return { title: words.ready, detail: '', filled: 1 };
  }
}

export interface WayOut {
  readonly to: 'token' | 'hub' | 'kept' | 'page' | 'models';
  readonly words: keyof ModelsWords['ways'];
}

const WAYS: Readonly<Record<string, readonly WayOut[]>> = {
  'engine/gated': [
    { to: 'page', words: 'page' },
    { to: 'token', words: 'token' },
  ],
  'engine/model-not-found': [{ to: 'hub', words: 'hub' }],
  'engine/network': [{ to: 'hub', words: 'hub' }],
  'engine/bad-weights': [{ to: 'hub', words: 'hub' }],
  'engine/bad-manifest': [{ to: 'hub', words: 'hub' }],
  'engine/quota': [{ to: 'kept', words: 'kept' }],
  'engine/out-of-memory': [{ to: 'models', words: 'smaller' }],
  'engine/unsupported-model': [{ to: 'models', words: 'models' }],
};

/** What may be done about a failure besides trying again. */
export const waysOut = (code: string): readonly WayOut[] => WAYS[code] ?? [];

/** A commit as people quote it. */
export const shortCommit = (commit: string): string => commit.slice(0, 7);
