/**
 * Asks question after question, each in the ways that are wanted, and scores every run. One engine, one run at a time; a
 * picture is opened once for all its questions. What a picture lacks is told and its questions are passed over; what a model
 * gets wrong is a result.
 */
import { findDialect, isConstrained, offeredBy, runAgent, SEARCH_TOOLS } from '@/lib/agent';
import type { ModelCard, RunsOn, VlmEngine } from '@/lib/engine';
import { ImageError, type ImageService, type SourceImage } from '@/lib/image';
import type { SearchSource } from '@/lib/search/contract';
import { foldEvent, type RunSettings, type Trajectory, type TrajectoryEvent } from '@/lib/trajectory';
import type { BenchQuestion, BenchScene, DataProblem } from './data-set';
import { scoreRun, type BenchResult } from './result';
import { TOOLS_OF_WAY, type SearchWay } from './search-ways';

export interface BenchOrder {
  readonly engine: Pick<VlmEngine, 'generate'>;
  readonly images: Pick<ImageService, 'open' | 'cut'>;
  readonly card: ModelCard;
  readonly device: RunsOn;
  readonly questions: readonly BenchQuestion[];
  /** With tools, without, or first the one and then the other of each question. */
  readonly ways: readonly boolean[];
  /** With which searches each of them is asked. Left out: with none. */
  readonly searches?: readonly SearchWay[];
  /** What is searched. Left out: nothing. */
  readonly search?: SearchSource | null;
  readonly settings: Omit<RunSettings, 'tools'>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Waited for before each run: how a bench is paused. */
  readonly gate: () => Promise<void>;
}

export type BenchEvent =
  | { readonly type: 'asking'; readonly question: BenchQuestion; readonly tools: boolean; readonly search: SearchWay }
  | { readonly type: 'result'; readonly result: BenchResult }
  /** A picture that cannot be used, and with it so many runs. */
  | { readonly type: 'passed'; readonly runs: number; readonly problem: DataProblem }
  /** The engine failed so often in a row that going on would only fail further. */
  | { readonly type: 'gave-up'; readonly code: string; readonly message: string };

const FAILURES_TOLERATED = 3;

/** Ends when all is asked, or soon after an abort: the run that was going is then left out. Never rejects. */
export async function* runBench(order: BenchOrder): AsyncGenerator<BenchEvent, void, undefined> {
  const { questions, signal, searches = ['none'] } = order;
  const ways = order.ways.flatMap((tools) => searches.map((search) => ({ tools, search })));
  let failures = 0;
  for (const [scene, asked] of byScene(questions)) {
    const source = await openPicture(order, scene);
    if (signal.aborted) return;
    if ('reason' in source) {
      yield { type: 'passed', runs: asked.length * ways.length, problem: { file: scene.name, ...source } };
      continue;
    }
    for (const [question, way] of asked.flatMap((one) => ways.map((way) => [one, way] as const))) {
      await order.gate();
      if (signal.aborted) return;
      yield { type: 'asking', question, ...way };
      const trajectory = await ask(order, question, source, way);
      if (signal.aborted) return;
      yield { type: 'result', result: scoreRun(question, trajectory, way.search) };
      failures = trajectory.status === 'failed' ? failures + 1 : 0;
      if (failures >= FAILURES_TOLERATED) {
        const { code, message } = trajectory.stop ?? {};
        yield { type: 'gave-up', code: code ?? 'internal', message: message ?? '' };
        return;
      }
    }
  }
}

function byScene(questions: readonly BenchQuestion[]): ReadonlyMap<BenchScene, readonly BenchQuestion[]> {
  const scenes = new Map<BenchScene, BenchQuestion[]>();
  for (const question of questions) scenes.set(question.scene, [...(scenes.get(question.scene) ?? []), question]);
  return scenes;
}

/** @returns the picture, or why it cannot be used */
async function openPicture(
  { images, signal }: BenchOrder,
  scene: BenchScene,
): Promise<SourceImage | Omit<DataProblem, 'file'>> {
  try {
    const source = await images.open(await scene.readPicture(), scene.scene.image, signal);
    const picture = { width: source.ref.width, height: source.ref.height };
    const said = { width: scene.scene.width, height: scene.scene.height };
    if (picture.width === said.width && picture.height === said.height) return source;
    return { reason: { code: 'other-size', params: { picture, scene: said } } };
  } catch (error) {
    return { reason: { code: 'picture-unusable' }, picture: error instanceof ImageError ? error.problem : null };
  }
}

async function ask(
  order: BenchOrder,
  { question }: BenchQuestion,
  source: SourceImage,
  way: { readonly tools: boolean; readonly search: SearchWay },
): Promise<Trajectory> {
  const { engine, images, card, device, settings, now, signal, search = null } = order;
  const constrained = settings.grammar ?? isConstrained(card.dialect);
  const events = runAgent({
    engine,
    images,
    given: [{ source }, { text: question.question }],
    settings: { ...settings, tools: toolsOf(card, way, search), ...(constrained && { grammar: true }) },
    search,
    card,
    device,
    now,
    signal,
  });
  let trajectory: Trajectory | null = null;
  for await (const event of events) trajectory = foldEvent(trajectory, withoutAlternatives(event));
  if (!trajectory) throw new Error('a run begins with run-start');
  return trajectory;
}

/** Those of a way that the source serves and the model is told of. */
function toolsOf(
  { dialect }: ModelCard,
  { tools, search: way }: { readonly tools: boolean; readonly search: SearchWay },
  source: SearchSource | null,
): string[] {
  const offered = offeredBy(findDialect(dialect) ?? {}, tools ? ['zoom'] : [], source);
  return offered.filter((id) => !SEARCH_TOOLS.includes(id) || TOOLS_OF_WAY[way].includes(id));
}

/** The alternatives of every token are most of what a run weighs, and no number here asks for them. */
function withoutAlternatives(event: TrajectoryEvent): TrajectoryEvent {
  if (!('tokens' in event)) return event;
  return { ...event, tokens: event.tokens.map((token) => ({ ...token, top: [] })) };
}
