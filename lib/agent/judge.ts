/**
 * What a written call comes to, against the run it was written in: which tool, what it asks for, and whether it can be carried out. Pure:
 * asked twice of the same run it says the same, so nothing has to be remembered between writing a call and carrying it out.
 */
import type { ModelCard } from '@/lib/engine';
import type { Frame, Size } from '@/lib/geometry';
import { fitName, givenPictures, pictureOf, seenOf, type Json, type StepOf, type Trajectory } from '@/lib/trajectory';
import type { Dialect, TurnBounds } from './contract';
import { shownPictures } from './shown-pictures';
import { TOOLS } from './tools';
import type { Plan, Situation, Tool } from './tools/tool';
import { seenAs } from './tools/zoom';

/** How a call step reads once it is written, and what would be done. */
export interface Verdict extends Pick<StepOf<'call'>, 'tool' | 'input' | 'label' | 'asked' | 'place'> {
  readonly plan: Extract<Plan, { ok: true }> | null;
  /** Why it cannot be carried out; null where it can. */
  readonly problem: string | null;
  /** Null where it names none, or one the run does not have. */
  readonly by: Tool | null;
}

/** What boxes count in: as a person said, else as the dialect has it, else as the model does. */
export const frameOf = ({ frame }: Pick<Dialect, 'frame'>, card: Pick<ModelCard, 'frame' | 'wishedFrame'>): Frame =>
  card.wishedFrame ?? frame ?? card.frame;

/** How a model stands to a run: what it counts in, and which picture its boxes speak of. */
export function situationOf(run: Trajectory, card: ModelCard, dialect: Dialect): Situation {
  const [picture] = givenPictures(run);
  const frame = frameOf(dialect, card);
  return {
    run,
    card,
    dialect,
    frame,
    target: picture ? { picture, seen: seenOf(run, picture.id) ?? seenAs(card, picture) } : null,
  };
}

/** What a turn's calls may give (G3); null where there is no picture. Of several pictures the sides that hold for each. */
export function boundsOf({
  run,
  card,
  dialect,
  frame,
  target,
}: Situation): Pick<TurnBounds, 'frame' | 'image' | 'seen' | 'pictures'> | null {
  if (!target) return null;
  if (!choosesPicture(dialect, run)) return { frame, image: target.picture, seen: target.seen };
  const shown = shownPictures(run).flatMap((id) => pictureOf(run.pictures, id) ?? []);
  const seen = shown.map((picture) => seenOf(run, picture.id) ?? seenAs(card, picture));
  const pick = frame === 'original-pixels' ? Math.max : Math.min;
  return { frame, image: sides(shown, pick), seen: sides(seen, Math.max), pictures: shown.length };
}

const sides = (sizes: readonly Size[], pick: (...sides: number[]) => number): Size => ({
  width: pick(...sizes.map(({ width }) => width)),
  height: pick(...sizes.map(({ height }) => height)),
});

/** Whether calls say which picture they mean. Those of a dialect that takes several do where several were given. */
export function choosesPicture(dialect: Pick<Dialect, 'several' | 'pictureIn'>, run: Trajectory): boolean {
  return dialect.pictureIn !== undefined && (dialect.several !== true || givenPictures(run).length > 1);
}

export function judge(written: string, situation: Situation): Verdict {
  const { run, dialect } = situation;
  const nothing = { label: '', asked: null, place: null, plan: null, by: null };
  const read = dialect.readCall(written);
  if (!read.ok) return { ...nothing, tool: '', input: null, problem: read.problem };
  const { input } = read;
  const by = TOOLS.find((tool) => tool.name === read.name && isOffered(tool, run)) ?? null;
  if (by === null) return { ...nothing, tool: fitName(read.name), input, problem: 'unknown-tool' };
  const aimed = aimedAt(input, situation);
  if (aimed === null) return { ...nothing, by, tool: by.id, input, problem: 'no-such-picture' };
  const plan = by.plan(input, aimed);
  const tool = by.id;
  if (!plan.ok) {
    const { problem, label = '', asked = null } = plan;
    return { ...nothing, by, tool, input, label, asked, problem };
  }
  const { label, asked, place } = plan;
  return { by, tool, input, label, asked, place, plan, problem: null };
}

/** The situation with the picture that the call names, where its dialect lets it name one; null where there is no such picture. */
function aimedAt(input: Json, situation: Situation): Situation | null {
  const { run, dialect, card } = situation;
  if (!dialect.pictureIn || !choosesPicture(dialect, run)) return situation;
  const index = dialect.pictureIn(input);
  const id = index === null ? undefined : shownPictures(run)[index];
  const picture = id === undefined ? null : pictureOf(run.pictures, id);
  return picture && { ...situation, target: { picture, seen: seenOf(run, picture.id) ?? seenAs(card, picture) } };
}

/** Where a run has no tools at all, a call is read all the same, so that it can be shown; it is never carried out. */
function isOffered({ id, readUnoffered }: Tool, { settings }: Trajectory): boolean {
  const tools = settings?.tools ?? [];
  return tools.length === 0 ? readUnoffered === true : tools.includes(id);
}

/** How often in a row the last call asked for what the one before it had asked. Calls that say nothing of the kind are passed over. */
export function repeatsOf({ steps }: Pick<Trajectory, 'steps'>): number {
  let repeats = 0;
  let before: StepOf<'call'> | null = null;
  for (const step of steps) {
    if (step.type !== 'call' || step.place === null) continue;
    const tool = TOOLS.find(({ id }) => id === step.tool);
    const again = before !== null && before.tool === step.tool && tool?.same?.(step, before) === true;
    repeats = again ? repeats + 1 : 0;
    before = step;
  }
  return repeats;
}

/** Of a call that is more than its run may make. */
export const TOO_MANY: Verdict = {
  ...{ tool: '', input: null, label: '', asked: null, place: null },
  ...{ plan: null, problem: 'too-many-calls', by: null },
};

const GENERAL: Readonly<Record<string, string>> = {
  'not-json': 'Error: the call is not one valid JSON object.',
  'no-such-picture': 'Error: there is no image of that name or number.',
  'too-many-calls': 'Error: there are no more calls; answer now.',
};

/** What the model is told of a problem: in its dialect's own words, else in the tool's. */
export function toldOf(
  problem: string,
  { by }: Pick<Verdict, 'by'>,
  { dialect, run }: Pick<Situation, 'dialect'> & { readonly run: Pick<Trajectory, 'settings'> },
  written = '',
): string {
  const own = dialect.tell?.(problem, written) ?? null;
  if (own !== null) return own;
  if (problem === 'unknown-tool' && dialect.refusals?.[problem] === undefined) {
    const names = TOOLS.filter(({ id }) => run.settings?.tools.includes(id)).map(({ name }) => name);
    const known = names.length === 1 ? `the only one is ${names.join('')}` : `there are ${names.join(', ')}`;
    return `Error: there is no such tool; ${known}.`;
  }
  return dialect.refusals?.[problem] ?? by?.refusals[problem] ?? GENERAL[problem] ?? 'Error: the call failed.';
}
