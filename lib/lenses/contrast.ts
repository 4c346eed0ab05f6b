/**
 * Contrast rows (after CREDIT): each token of a run scored again with another overview, another last crop and another question in the place
 * of its own. One pass over the run for each draw and source, and one with nothing changed.
 */
import type { EngineImage } from '@/lib/engine';
import { SOURCES, type Contrast, type Source } from '@/lib/review/lenses';
import { givenPictures, type Trajectory } from '@/lib/trajectory';
import { LensError, type Draw, type LensMeans } from './contract';
import { lastView } from './draw';
import { seeDraws, type Other } from './others';
import { tellRun, type Changed, type ToldRun } from './told-run';

/** @throws LensError, and what the engine and the pictures throw */
export async function measureContrast(run: Trajectory, draws: readonly Draw[], means: LensMeans): Promise<Contrast> {
  if (draws.length === 0) throw new LensError('no-others');
  const told = await tellRun(run, means);
  const others = await seeDraws(draws, means);
  const crop = lastView(run);
  const overview = givenPictures(run)[0]?.id ?? null;
  const from = {
    overview: overview === null ? null : firstTurn(told, 0),
    // Only what was written behind the crop can rest on it.
    crop: crop === null ? null : firstTurn(told, shownIn(run, crop) + 1),
    question: firstTurn(told, 0),
  } as const;
  const changed = (source: Source, other: Other): Changed => {
    if (source === 'question') return { question: other.question };
    const [id, image]: [string | null, EngineImage] =
      source === 'overview' ? [overview, other.overview] : [crop, other.crop];
    return { images: new Map(id === null ? [] : [[id, image]]) };
  };
  const passes = SOURCES.flatMap((source) =>
    from[source] === null ? [] : others.map((other) => ({ source, turns: told.turns.slice(from[source]!), other })),
  );
  const total = told.turns.length + passes.reduce((sum, { turns }) => sum + turns.length, 0);
  let done = 0;
  const score = async (turns: readonly number[], change: Changed) => {
    const logprobs = new Map<string, number>();
    for (const turn of turns) {
      const tokens = told.tokensOf(turn);
      const scored = await told.score(
        told.messages(turn, change),
        tokens.map(({ id }) => id),
      );
      tokens.forEach(({ step, token }, at) => logprobs.set(`${step}/${token}`, scored[at]!.logprob));
      done += 1;
      means.told(done, total);
    }
    return logprobs;
  };
  const own = await score(told.turns, {});
  const found = { overview: [], crop: [], question: [] } as Record<Source, ReadonlyMap<string, number>[]>;
  for (const { source, turns, other } of passes) found[source].push(await score(turns, changed(source, other)));
  const of = (source: Source, key: string) => found[source].flatMap((one) => one.get(key) ?? []);
  return {
    draws: others.length,
    tokens: told.turns.flatMap((turn) =>
      told.tokensOf(turn).map(({ step, token }) => {
        const key = `${step}/${token}`;
        return {
          ...{ step, token, own: own.get(key)! },
          ...{ overview: of('overview', key), crop: of('crop', key), question: of('question', key) },
        };
      }),
    ),
  };
}

/** The index of the first turn that is not before a turn; null where there is none. */
function firstTurn({ turns }: ToldRun, turn: number): number | null {
  const at = turns.findIndex((one) => one >= turn);
  return at < 0 ? null : at;
}

/** The turn whose result shows a picture. */
function shownIn({ steps }: Trajectory, picture: string): number {
  return (
    steps.find(
      (step) => step.type === 'result' && step.parts.some((part) => 'picture' in part && part.picture === picture),
    )?.turn ?? 0
  );
}
