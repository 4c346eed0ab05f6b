/**
 * AntiSD's u of each token (arXiv 2605.11609): the run scored once as it was, once with something given away beforehand. A look at the
 * right place where that is known; else the answer in words, for models that follow instructions.
 */
import { imageOfView, situationOf, writeLook } from '@/lib/agent';
import type { Message } from '@/lib/engine';
import { cropRegion, type ImageBox } from '@/lib/geometry';
import { entropyOf, type AntiSd } from '@/lib/review/lenses';
import { givenPictures, questionOf, type Trajectory } from '@/lib/trajectory';
import { LensError, type LensMeans } from './contract';
import { givenAway, thoughtBeforeLook } from './given-away';
import { tellRun } from './told-run';

/** What is known of the question. */
export interface KnownOfRun {
  readonly accepted: readonly string[];
  /** Where the answer is to be seen, in pixels of the given picture; null where nobody knows. */
  readonly place: { readonly box: ImageBox; readonly label: string } | null;
}

/** @throws LensError, and what the engine and the pictures throw */
export async function measureAntiSd(run: Trajectory, known: KnownOfRun, means: LensMeans): Promise<AntiSd> {
  const told = await tellRun(run, means);
  const { place, accepted } = known;
  // The shipped model reads no context in words: it has no instructions to follow.
  const context = means.dialect.oneQuestion || place ? 'look' : 'answer';
  if (context === 'look' && !place) throw new LensError('no-place');
  const look = place && context === 'look' ? await lookBeforehand(run, place, means) : [];
  const question = context === 'answer' ? givenAway(questionOf(run), accepted[0] ?? '') : undefined;
  const opening = told.messages(told.turns[0] ?? 1).length;
  const tokens: AntiSd['tokens'] = [];
  let done = 0;
  for (const turn of told.turns) {
    const written = told.tokensOf(turn);
    const ids = written.map(({ id }) => id);
    const messages = told.messages(turn, question === undefined ? {} : { question });
    const student = await told.score(told.messages(turn), ids);
    means.told(++done, 2 * told.turns.length);
    const teacher = await told.score([...messages.slice(0, opening), ...look, ...messages.slice(opening)], ids);
    means.told(++done, 2 * told.turns.length);
    written.forEach(({ step, token }, at) => {
      const [mine, theirs] = [student[at]!, teacher[at]!];
      const entropy = entropyOf(theirs.top.map(({ logprob }) => logprob));
      tokens.push({ step, token, student: mine.logprob, teacher: theirs.logprob, entropy });
    });
  }
  return { context, tokens };
}

/** A turn that looks at the place, and what it brings. */
async function lookBeforehand(
  run: Trajectory,
  { box, label }: NonNullable<KnownOfRun['place']>,
  { dialect, card, images, sourceOf, signal }: LensMeans,
): Promise<readonly Message[]> {
  const [picture] = givenPictures(run);
  const hash = picture?.from === 'file' ? picture.file.hash : null;
  const source = hash === null ? null : sourceOf(hash);
  const looking = { ...run, settings: run.settings && { ...run.settings, tools: ['zoom'] } };
  const call = writeLook(box, label, situationOf(looking, card, dialect));
  if (!picture || !source || call === null) throw new LensError('no-place');
  const region = cropRegion(box, picture, { ...card.crop, shape: dialect.cropShape });
  const image = await imageOfView(images, card, source, { region, turn: 0 }, signal);
  const thought = { type: 'think', text: thoughtBeforeLook(label), turn: 1, span: null, tokens: [] } as const;
  const text = dialect.write([{ ...thought, tokens: [] }]) + call;
  return [{ role: 'assistant', text }, dialect.result([{ type: 'image', image }], 'image_zoom_in_tool', 1)];
}
