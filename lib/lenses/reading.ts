/**
 * What a reading rests on (OSSA, arXiv 1810.03806): of the token of the answer that was read least surely, how it changes with the pixels of
 * each picture that the model had, and with nudges along the direction that changes it most, and along one of chance.
 */
import { shownPictures } from '@/lib/agent';
import type { PixelsRequest } from '@/lib/engine/contract';
import {
  CELLS,
  divergence,
  EPSILONS,
  heatOf,
  randomDirection,
  spectrumOf,
  writeHeat,
  type Reading,
  type Spectrum,
  type Tried,
} from '@/lib/review/lenses';
import { answerOf, type Step, type Trajectory } from '@/lib/trajectory';
import { LensError, type LensMeans } from './contract';
import { tellRun, type TokenAt } from './told-run';

/** Steps between the last nudge that changed nothing and the first that did. */
const FINE = 5;
const SEED = 20181009;

interface Seen {
  readonly picture: string;
  readonly own: readonly number[];
  readonly side: number;
  readonly spectrum: Spectrum;
  /** Of the token that was read, along v₁. */
  readonly slope: number;
}

/** @throws LensError, and what the engine and the pictures throw */
export async function measureReading(run: Trajectory, means: LensMeans): Promise<Reading> {
  const { engine, card, signal } = means;
  if (!engine.pixels || !card.can.pixels) throw new LensError('no-pixels');
  const told = await tellRun(run, means);
  const turn = told.turns.at(-1) ?? 1;
  const at = readingToken(run, turn);
  const read = at && run.steps[at.step]?.tokens[at.token];
  if (!at || !read) throw new LensError('no-answer');
  const options = [...read.top].sort((a, b) => Number(b.id === read.id) - Number(a.id === read.id));
  const ids = options.flatMap(({ id }) => (id === null ? [] : [id]));
  if (ids.length < 2 || ids.length < options.length || ids[0] !== read.id) throw new LensError('no-tokens');
  const written = told.tokensOf(turn);
  const begun = written
    .slice(
      0,
      written.findIndex((one) => one.step === at.step && one.token === at.token),
    )
    .map(({ id }) => id);
  const messages = told.messages(turn);
  const ask = (picture: string, nudges?: readonly Float32Array[]) => {
    signal.throwIfAborted();
    const image = told.imageOf(picture).key;
    const request: PixelsRequest = { messages, begun, image, options: ids, ...(nudges && { nudges }) };
    return engine.pixels!(request, signal);
  };

  const shown = [...new Set(shownPictures(run))];
  const passes = shown.length + 2;
  const seen: Seen[] = [];
  for (const picture of shown) {
    const { logProbabilities, gradients, side } = await ask(picture);
    const own = logProbabilities[0]!;
    const spectrum = spectrumOf(own, gradients);
    seen.push({ picture, own, side, spectrum, slope: slopeOf(gradients[0]!, spectrum.direction) });
    means.told(seen.length, passes);
  }
  const nudged = seen.reduce((best, { spectrum }, i) => (larger(spectrum, seen[best]!.spectrum) ? i : best), 0);
  const main = seen[nudged]!;
  // Of ±v₁ the one that makes what was read less likely.
  const sign = main.slope > 0 ? -1 : 1;
  const directions = {
    along: main.spectrum.direction.map((value) => sign * value),
    random: randomDirection(main.spectrum.direction.length, SEED),
  };
  const tryOut = async (direction: Float32Array, epsilons: readonly number[]): Promise<Tried[]> => {
    const nudges = epsilons.map((epsilon) => direction.map((value) => value * epsilon));
    const { logProbabilities } = await ask(main.picture, nudges);
    return logProbabilities.map((after, i) => ({
      epsilon: epsilons[i]!,
      kl: divergence(main.own, after),
      best: after.indexOf(Math.max(...after)),
    }));
  };
  const flips: { along: number | null; random: number | null } = { along: null, random: null };
  const tries: { along: Tried[]; random: Tried[] } = { along: [], random: [] };
  let done = shown.length;
  for (const kind of ['along', 'random'] as const) {
    const coarse = await tryOut(directions[kind], EPSILONS);
    const first = coarse.findIndex(({ best }) => best !== 0);
    if (first >= 0) {
      const [from, to] = [coarse[first - 1]?.epsilon ?? 0, coarse[first]!.epsilon];
      const between = Array.from({ length: FINE }, (_, i) => from + ((to - from) * (i + 1)) / (FINE + 1));
      const fine = await tryOut(directions[kind], between);
      flips[kind] = fine.find(({ best }) => best !== 0)?.epsilon ?? to;
    }
    tries[kind] = coarse;
    means.told(++done, passes);
  }
  const { bytes, scale } = inBytes(directions.along, main.side);
  return {
    ...at,
    options: options.map(({ text }, i) => ({ text, probability: Math.exp(main.own[i]!) })),
    pictures: seen.map(({ picture, spectrum, side }) => ({
      picture,
      values: spectrum.values.slice(0, 3),
      heat: writeHeat(heatOf(spectrum.direction, side, CELLS)),
      residue: spectrum.residue,
    })),
    nudged,
    direction: btoa(String.fromCharCode(...bytes)),
    side: main.side,
    scale,
    ...tries,
    flips,
  };
}

/** Of the answer's characters, in the last thought where it says them, else in the answer: the one that was least sure. */
function readingToken(run: Trajectory, turn: number): TokenAt | null {
  const answer = answerOf(run)?.trim() ?? '';
  if (answer === '') return null;
  const last = run.steps.flatMap((step, index) => (step.turn === turn ? [{ step, index }] : []));
  const thought = last.findLast(({ step }) => step.type === 'think' && textOf(step).includes(answer));
  const place = thought ?? last.find(({ step }) => step.type === 'answer');
  if (!place) return null;
  const from = Math.max(0, textOf(place.step).lastIndexOf(answer));
  let at = 0;
  let found: (TokenAt & { readonly logprob: number }) | null = null;
  place.step.tokens.forEach(({ text, logprob }, token) => {
    const isInside = text !== '' && at + text.length > from && at < from + answer.length;
    at += text.length;
    if (isInside && logprob !== null && logprob < (found?.logprob ?? Infinity)) {
      found = { step: place.index, token, logprob };
    }
  });
  return found && { step: (found as TokenAt).step, token: (found as TokenAt).token };
}

const textOf = (step: Step): string => step.tokens.map(({ text }) => text).join('');

const larger = (a: { readonly values: readonly number[] }, b: { readonly values: readonly number[] }): boolean =>
  (a.values[0] ?? 0) > (b.values[0] ?? 0);

function slopeOf(gradient: Float32Array, direction: Float32Array): number {
  return gradient.reduce((sum, value, i) => sum + value * direction[i]!, 0);
}

/** Mean of the colours. */
function inBytes(direction: Float32Array, side: number): { bytes: Uint8Array; scale: number } {
  const plane = side * side;
  const grey = Float32Array.from({ length: plane }, (_, i) => {
    return (direction[i]! + direction[plane + i]! + direction[2 * plane + i]!) / 3;
  });
  const scale = grey.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
  return { bytes: Uint8Array.from(grey, (value) => Math.round((value / scale) * 127) & 0xff), scale };
}
