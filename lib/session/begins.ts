/**
 * How a run begins once its model is there: with which settings, from what change on. It needs the agent, and comes with that when the
 * first question is asked.
 */
import { aboutRegion, findDialect, forkOf, isConstrained, offeredBy, situationOf } from '@/lib/agent';
import type { AgentRun, Fork, ForkChange } from '@/lib/agent';
import type { ImageBox } from '@/lib/geometry';
import type { SourceImage } from '@/lib/image';
import { givenPictures, type Trajectory } from '@/lib/trajectory';
import type { Notice, SessionState } from './contract';
import type { Loaded } from './model-loader';
import { recordedModelUrl } from './model-name';
import { cannotFork } from './notices';
import { runSettings } from './settings';

/** As it was when it was asked: the person may go on typing, and change settings, while the model loads. */
export type Asked = Readonly<Pick<SessionState, 'question' | 'settings'>> & {
  /** The pictures, in order. */
  readonly sources: readonly SourceImage[];
  readonly parent: Trajectory['parent'];
  /** What it goes on from; left out: it begins anew. */
  readonly from?: Trajectory;
  /** The region that it is about; left out: all of it. */
  readonly about?: ImageBox;
  /** Files of `from` beside the source's. */
  readonly brought?: readonly SourceImage[];
  /** What of `from` is changed. */
  readonly change?: ForkChange;
};

export type Begins = Pick<
  AgentRun,
  'search' | 'sandbox' | 'card' | 'device' | 'modelUrl' | 'engineName' | 'settings' | 'given'
> &
  Partial<Fork>;

/**
 * @param first the run as it was kept when it was asked
 * @param dialects those that the person made
 * @param beside what may be searched, and what runs code
 * @returns a notice where the run cannot be changed so
 */
export function beginsOf(
  { sources, question, about, from, change, settings, brought = [] }: Asked,
  first: Trajectory,
  { card, device, engine, modelUrl }: Loaded,
  dialects: SessionState['dialects'],
  { search = null, sandbox = null }: Pick<AgentRun, 'search' | 'sandbox'> = {},
): Begins | Notice {
  const dialect = findDialect(card.dialect, dialects);
  const goer = {
    ...{ search, sandbox },
    ...{ card, device, modelUrl: recordedModelUrl(modelUrl) },
    ...(dialect && { dialect }),
    ...(engine !== undefined && { engineName: engine }),
  };
  const wanted = runSettings(settings, isConstrained(card.dialect));
  const chosen = {
    ...wanted,
    tools: dialect ? offeredBy(dialect, wanted.tools, search, sandbox) : wanted.tools,
    ...(card.newTokens !== undefined && { maxNewTokens: card.newTokens }),
  };
  const told = about && dialect ? aboutRegion(question, about, situationOf(first, card, dialect)) : question;
  const pictures = [...sources, ...(from ? brought : [])].map((source) => ({ source }));
  const given = from ? pictures : [...pictures, { text: told }];
  const count = from ? givenPictures(from).length : sources.length;
  if (count > 1 && dialect && dialect.several !== true) return { code: 'session/one-picture' };
  if (!from || !change || !dialect) return { ...goer, given, settings: chosen };
  // Who looks for the model gives it the tool to look with.
  const looks = change.kind === 'box' || change.kind === 'look';
  const used = looks && !chosen.tools.includes('zoom') ? { ...chosen, tools: [...chosen.tools, 'zoom'] } : chosen;
  const { search: _search, sandbox: _sandbox, ...by } = goer;
  const forked = forkOf({ ...from, settings: used }, change, { ...by, dialect });
  return forked.ok ? { ...goer, given, settings: used, ...forked.fork } : cannotFork(forked.problem);
}
