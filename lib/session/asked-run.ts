/**
 * A question as a run of which nothing is known but what was asked: kept from the moment of asking, while the model is still on its way,
 * so that a page that goes away loses no question. The run's own first event takes its place.
 */
import type { SourceImage } from '@/lib/image';
import { fitName, foldEvent, givenParts, type RunSettings, type Trajectory } from '@/lib/trajectory';

export interface AskedQuestion {
  readonly sources: readonly SourceImage[];
  readonly question: string;
  readonly settings: RunSettings;
  readonly parent: Trajectory['parent'];
}

export function askedRun({ sources, question, settings, parent }: AskedQuestion): Trajectory {
  const { pictures, given, words } = givenParts([...sources.map((source) => ({ source })), { text: question }]);
  const header = {
    id: crypto.randomUUID(),
    title: fitName(words),
    createdAt: new Date().toISOString(),
    ...{ pictures, given, settings, parent },
    models: [],
    dialect: '',
    systemPrompt: '',
    source: null,
    truth: null,
  };
  return foldEvent(null, { type: 'run-start', at: 0, header });
}
