/** What a run is ordered with. Types only. */
import type { ModelCard, RunsOn, VlmEngine } from '@/lib/engine';
import type { ImageService, SourceImage } from '@/lib/image';
import type { Sandbox } from '@/lib/python/contract';
import type { SearchSource } from '@/lib/search/contract';
import type { RunSettings, Trajectory } from '@/lib/trajectory';
import type { Begun } from './begun';
import type { Dialect } from './contract';

/** What a person sends, in order: words, and pictures as they were opened. */
export type Given = { readonly text: string } | { readonly source: SourceImage };

/** All a run needs. The model is loaded already. */
export interface AgentRun {
  readonly engine: Pick<VlmEngine, 'generate'>;
  /** `open`: left out, no call can bring a picture that is a file of its own. */
  readonly images: Pick<ImageService, 'cut'> & Partial<Pick<ImageService, 'open'>>;
  /** What searches are asked of; left out: nothing. */
  readonly search?: SearchSource | null;
  /** What runs the code that the model writes; left out: nothing does. */
  readonly sandbox?: Sandbox | null;
  /** Told of each file that a call brought, before the run speaks of its picture. */
  readonly onFile?: (file: SourceImage) => void | Promise<void>;
  readonly given: readonly Given[];
  readonly settings: RunSettings;
  readonly card: ModelCard;
  readonly device: RunsOn | 'replay' | 'unknown';
  /** What runs it, as a run keeps it. */
  readonly engineName?: string;
  /** Where the model came from, as a run keeps it. */
  readonly modelUrl?: string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Made from the card where left out. */
  readonly dialect?: Dialect;
  /** A new random id and this moment where left out. */
  readonly id?: string;
  readonly createdAt?: string;
  /** Left out: that of the run it goes on from, else the person's words. */
  readonly title?: string;
  readonly parent?: Trajectory['parent'];
  /**
   * Goes on from here instead of from nothing: its pictures, what was given and its steps are this run's beginning. Calls of its last turn
   * that have no result yet are carried out first. `given` then holds only the files of its pictures.
   */
  readonly from?: Trajectory;
  /** How its first turn begins already: what a person changed, and what was kept before that. */
  readonly begun?: Begun;
  /** The person's next question, after what it goes on from. */
  readonly said?: string;
}
