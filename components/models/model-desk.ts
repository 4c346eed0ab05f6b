/**
 * What the picker asks about models, and what it is told, in the loader's own types: one interface between what is drawn and what
 * knows hubs, disks and devices, so that every state of the picker can be drawn without them. The page's own is page-model-desk.ts.
 */
import type { Device, HubAccess, ManifestTraining } from '@/lib/engine';
import type {
  AddressWishes,
  CuratedModel as HubListed,
  Fit as HubFit,
  GivenChoices,
  KeptModel as HubKept,
} from '@/lib/models/hub';
import type { Settings } from '@/lib/session';
import type { FolderCopy } from './folder-copy';

export interface ModelDesk {
  readonly curated: readonly CuratedModel[];
  /** For who knows none of them. @param device as set */
  advise(device: Settings['device']): Promise<Advice>;
  /** What a repository holds; no weights travel. @throws EngineError; the abort's reason when aborted */
  inspect(request: InspectRequest, signal: AbortSignal): Promise<ModelFacts>;
  /** The address under which the session loads it (`Settings.modelUrl`). */
  address(choice: ModelChoice): string;
  /** What a typed text names; null where it is no repository: `owner/name`, a `hub:` address or a page of a hub. */
  readId(text: string): { readonly id: string; readonly revision: string | null } | null;
  /** Newest first. */
  kept(): Promise<readonly KeptModel[]>;
  /** What all of these take, each file counted once. */
  keptBytes(): Promise<number>;
  /** @returns false while some tab is loading a model: then nothing is deleted */
  forget(modelUrl: string): Promise<boolean>;
  /** What a folder holds; nothing large is read. @throws EngineError */
  inspectFolder(files: readonly FolderFile[], device: Settings['device']): Promise<FolderFacts>;
  /** Copies a folder's files to where downloads are kept. */
  readonly copying: FolderCopy;
  /** What may be asked of a model that was copied so; null where it is none, or not here. */
  givenChoices(modelUrl: string): Promise<GivenChoices | null>;
  /** What its address asks of it; null of any other model. */
  givenWishes(modelUrl: string): ModelWishes | null;
  /** The same model asked for otherwise. @param modelUrl one of which `givenWishes` knows */
  givenAddress(modelUrl: string, wishes: ModelWishes): string;
  /** Asks the browser not to clear what is kept by itself. */
  keepForGood(): Promise<boolean>;
}

/** What is told of it beside its name: what it is and can. */
export type ListedFacts = Pick<
  HubListed,
  'use' | 'parameters' | 'size' | 'training' | 'thinking' | 'device' | 'license' | 'verified'
>;

export interface Advice {
  /** Id of the curated model to begin with here; null where none fits. */
  readonly suggested: string | null;
  /** On what models run here. */
  readonly device: Device;
}

export interface CuratedModel extends ListedFacts {
  readonly id: string;
  readonly name: string;
}

/** What was seen to work while this app was made: models of its family with random weights, these weights, or a family made from descriptions. */
export type Verified = HubListed['verified'];

export interface InspectRequest {
  readonly id: string;
  /** null: the newest. */
  readonly revision: string | null;
  readonly hub: HubAccess;
  /** As set: on what it would run is found out. */
  readonly device: Settings['device'];
}

/** What may be asked of a model besides its format, as its address says it. */
export type ModelWishes = AddressWishes;

export interface ModelChoice extends ModelWishes {
  readonly id: string;
  readonly revision: string | null;
  readonly dtype: string;
}

export interface ModelFacts {
  readonly id: string;
  /** 40 hex digits. */
  readonly commit: string;
  /** '' where its card does not say. */
  readonly license: string;
  readonly gated: boolean;
  readonly family: string;
  /** In what numbers it names a place. */
  readonly frame: string;
  /** False: the family's own is assumed. */
  readonly frameKnown: boolean;
  readonly dialect: string;
  /** Where it comes from and what is assumed of it, in a sentence or two. */
  /** Whether it can be told to think at length before it answers. */
  readonly thinking: boolean;
  /** Whether it was taught to name places and to call tools. */
  readonly training: ManifestTraining;
  /** Smallest first, at least one. */
  readonly formats: readonly FormatFacts[];
  /** The one for who does not choose. */
  readonly first: string;
  readonly verified: Verified;
}

export interface FormatFacts {
  readonly dtype: string;
  /** To be downloaded, small files included. */
  readonly bytes: number;
  /** Of these, here already. */
  readonly keptBytes: number;
  /** What a GPU must have, by the names that browsers give it. Empty: any device will do. */
  readonly features: readonly string[];
  readonly memoryBytes: number;
  /** Most tokens of a run. */
  readonly context: number;
  /** What the largest picture may be besides what it is by itself, in pixels, largest first. */
  readonly pictureSizes: readonly number[];
  readonly fit: Fit;
}

export interface Fit extends Pick<HubFit, 'verdict' | 'reasons'> {
  /** On what it would run here. */
  readonly device: Device;
}

export interface FolderFacts {
  readonly name: string;
  /** Smallest first. Empty where the folder says itself which it is. */
  readonly formats: readonly FormatFacts[];
  readonly first: string;
  /** As `ModelFacts.thinking`; not of a folder that says itself which it is. */
  readonly thinking: boolean;
}

export interface ImportOrder extends ModelWishes {
  readonly name: string;
  readonly files: readonly FolderFile[];
  /** null: the folder's own. */
  readonly dtype: string | null;
}

export interface KeptModel extends Omit<HubKept, 'manifest' | 'lastUsed'> {
  /** Where it is a hub's. */
  readonly id: string | null;
}

export interface FolderFile {
  /** With forward slashes; of what lies in a folder the folder's own name first. */
  readonly path: string;
  readonly file: File;
}

/** Bytes. */
export type OnProgress = (done: number, total: number) => void;
