/**
 * The session: asking, and what is kept, with the player that shows it. It is the only place with effects; components read its
 * state and call its actions. `createSession(deps)` (create-session.ts) makes one per page. Types only.
 */
import type { AgentRun, Dialect, ForkChange, SourceOf } from '@/lib/agent';
import type {
  Device,
  EngineNote,
  EngineRemark,
  HubAccess,
  KeptCopy,
  LoadProgress,
  ModelCard,
  RunsOn,
  VlmEngine,
  WorldDistance,
} from '@/lib/engine';
import type { ImageBox } from '@/lib/geometry';
import type { ImageProblem, ImageService } from '@/lib/image';
import type {
  ExportedFile,
  ImportReport,
  LibraryError,
  LoadedRun,
  Progress,
  RunExport,
  RunSummary,
  Persistence,
  StorageReport,
  TagChange,
  TrajectoryLibrary,
} from '@/lib/library';
import type { Player } from '@/lib/player';
import type { Sandbox } from '@/lib/python/contract';
import type { SearchSource } from '@/lib/search/contract';
import type { FileHash, KeptLens, ProgressPhase, RunSettings, Trajectory, TrajectoryEvent } from '@/lib/trajectory';
import type { Notice } from '@/lib/words';
import type { PicturesChange } from './change-pictures';
import type { KeptDialects } from './own-dialects';
import type { ServerKeys } from './server-keys';

export type { Notice };

export interface Settings extends Omit<RunSettings, 'grammar'> {
  /** Whether turns are kept in their dialect's grammar; null: as the model's dialect has it (docs/protocol.md G1). */
  readonly grammar: boolean | null;
  /** What may be searched: `''` nothing, `collection` the person's own, `site` what this site passes searches on to, else an address. */
  readonly searchIn: string;
  readonly device: 'auto' | Device;
  /** Which model answers, as `LoadRequest.modelUrl` names it. */
  readonly modelUrl: string;
}

/** One of the files of a model that is being fetched. Bytes. */
export interface FileProgress {
  readonly name: string;
  readonly loaded: number;
  readonly total: number;
}

/** The model of the settings being made ready before anything is asked of it. */
export type Ahead =
  /** `waiting`: for a run to end. `paused`: what has arrived is kept. */
  | { readonly status: 'waiting' | 'going' | 'paused'; readonly notice: null }
  | { readonly status: 'failed'; readonly notice: Notice };

/** Beside what the player shows: the run and the pictures on screen are its state. */
export interface SessionState {
  /**
   * `opening`: a picture is being decoded. `loading`: the model. `running`: a run. `measuring`: a lens is laid on the run on screen, its model
   * loaded first. `idle`: ready for the person.
   */
  readonly phase: 'idle' | 'opening' | 'loading' | 'running' | 'measuring';
  readonly question: string;
  /** What the model was asked, while it loads and runs: the words above may be others by then. */
  readonly asked: string | null;
  readonly settings: Settings;
  /** Where models of a hub come from, with the token for it: kept in this browser, and never part of a run. */
  readonly hub: HubAccess;
  /** The endpoint of who has chosen none. */
  readonly usualHub: string;
  /** The person's keys for servers, by where they are (`serverPlace`): kept in this browser, and never part of a run. */
  readonly keys: ServerKeys;
  /** Dialects that the person wrote or brought, as files by their names: kept in this browser. */
  readonly dialects: KeptDialects;
  /** The model on its way, for a question or ahead of one. */
  readonly load: LoadProgress | null;
  /** The model's files, in the order in which they began; empty where none is being fetched. */
  readonly files: readonly FileProgress[];
  readonly ahead: Ahead | null;
  /** Of the runs of `askTimes`, the one that is being made, from 1, and how many there are to be; null where none are. */
  readonly times: { readonly done: number; readonly of: number } | null;
  readonly progress: { readonly phase: ProgressPhase; readonly done: number; readonly total: number } | null;
  /** The model that is loaded, which device runs it and why not the better one; null until one is. */
  readonly engine: {
    readonly modelUrl: string;
    readonly device: RunsOn;
    readonly remarks: readonly EngineRemark[];
    /** What runs it, where it is no device of this one. */
    readonly engine?: string | undefined;
    /** What it does not give after all. */
    readonly notes?: readonly EngineNote[] | undefined;
    readonly card: ModelCard;
    /** As of `LoadProgress`, `ready`. */
    readonly keptCopy?: KeptCopy | undefined;
  } | null;
  /**
   * How far the picture on screen is from what the shipped model was trained on, where it is to be asked; null until it was measured.
   * Above `threshold` it is foreign to it.
   */
  readonly distance: (WorldDistance & { readonly hash: FileHash }) | null;
  readonly notice: Notice | null;
  /** Newest first. */
  readonly runs: readonly RunSummary[];
  /** Whether `runs` was read at all yet: an empty list is not the same as one that is still to come. */
  readonly listed: boolean;
  /** Deleted ones that can be brought back, last deleted first. */
  readonly removed: readonly RunSummary[];
  /** The runs deleted last, while it is offered to undo that. */
  readonly undo: readonly string[] | null;
  /** Null: kept runs outlast the tab. Else why they do not. */
  readonly notKept: Notice | null;
  /** What the browser's storage says; null until it was asked. */
  readonly storage: StorageReport | null;
}

/** What can be done to kept runs. None rejects: what fails is told by `notice`. */
export interface ShelfActions {
  readonly renameRun: (id: string, title: string) => Promise<void>;
  readonly tagRuns: (ids: readonly string[], change: TagChange) => Promise<void>;
  /** Off the list; `restoreRuns` brings them back, `eraseRuns` ends that. */
  readonly removeRuns: (ids: readonly string[]) => Promise<void>;
  readonly restoreRuns: (ids: readonly string[]) => Promise<void>;
  readonly eraseRuns: (ids: readonly string[]) => Promise<void>;
  readonly forgetUndo: () => void;
  /** Tries again to keep the run on screen. */
  readonly keepShown: () => Promise<void>;
  /** A file of one of the pictures of the run on screen; null where it is not here. */
  readonly fileOf: (hash: FileHash) => Promise<Blob | null>;
  /** The run on screen as a file, kept or not; null where there is none or it failed. */
  readonly exportShown: () => Promise<ExportedFile | null>;
  readonly exportRuns: (ids: readonly string[], progress?: Progress) => Promise<RunExport | null>;
  readonly importFiles: (files: readonly File[], progress?: Progress) => Promise<ImportReport | null>;
  /** The small picture of an image, made now where there was none; null where it cannot be. */
  readonly thumbnail: (hash: FileHash) => Promise<Blob | null>;
  readonly readStorage: () => Promise<void>;
  /** Asks the browser not to clear what is kept. */
  readonly askToKeep: () => Promise<void>;
}

/** What can be done about the model. None rejects: what fails is told by `ahead` and by `notice`. */
export interface ModelActions {
  readonly setHub: (hub: Partial<HubAccess>) => void;
  /** Null forgets it. */
  readonly setKey: (place: string, key: string | null) => void;
  /** Of the runs to come. Null forgets it. @returns whether this browser keeps it */
  readonly setDialect: (name: string, file: string | null) => boolean;
  /** Fetches and starts the model of the settings, ahead of a question. A run that is going is waited for. */
  readonly prepareModel: () => Promise<void>;
  /** What has arrived is kept; `prepareModel` goes on from there. */
  readonly pauseModel: () => Promise<void>;
  /** Says that an address names other files than before: what was loaded of it is not used any more. */
  readonly modelReplaced: (modelUrl: string) => Promise<void>;
  /** Lets go of the loaded model and its memory, unless it is at work; the next question loads it again. */
  readonly releaseModel: () => Promise<void>;
}

export interface SessionActions extends ShelfActions, ModelActions {
  readonly openImage: (bytes: Blob, name: string) => Promise<void>;
  readonly openImageUrl: (url: string) => Promise<void>;
  /** Opens the first that is a picture, and says that the others were left; of folders, that they are none. */
  readonly openFiles: (files: readonly File[], folders: number) => Promise<void>;
  /** Says why what was brought is not opened. All stays as it is. */
  readonly refuseImage: (problem: ImageProblem) => void;
  /** Of the pictures of the question to come. What cannot be opened is told by `notice`, and all stays as it is. */
  readonly changePictures: (change: PicturesChange) => Promise<void>;
  readonly clear: () => void;
  readonly setQuestion: (question: string) => void;
  /** Of the runs to come: one that is going stays as it is. Another model ends what was being made ready. */
  readonly setSettings: (settings: Partial<Settings>) => void;
  /**
   * Loads the model if needed, runs, keeps the run. Resolves when settled; never rejects (see `notice`).
   * @param about a region of the picture, in its pixels, that is told with the question in the model's own numbers
   */
  readonly ask: (about?: ImageBox) => Promise<void>;
  /**
   * Asks the question of a finished run again, of the picture on screen, with that run's settings but for `change`: a run of
   * its own that names the other as its parent. Like `ask` in all else; nothing where the picture is another.
   */
  readonly askAgain: (run: Trajectory, change: Partial<RunSettings>) => Promise<void>;
  /**
   * Goes on from the last finished turn of the run on screen, where it broke off: a run of its own that names the other as its parent.
   * Nothing where no turn was finished.
   */
  readonly goOn: () => Promise<void>;
  /**
   * From a change of the run on screen on, with its settings but for `settings`: a run of its own that names the other as its parent. What is
   * before the change is not computed again. Like `ask` in all else; nothing where the picture is another.
   */
  readonly fork: (change: ForkChange, settings?: Partial<Settings>) => Promise<void>;
  /**
   * Asks the question of each of these runs so many times more, one after another and turn about, each time with a seed of its own, with that
   * run's settings but for `change`: runs of their own that name it as their parent. Stopping ends all of them.
   */
  readonly askTimes: (runs: readonly Trajectory[], times: number, change: Partial<RunSettings>) => Promise<void>;
  /**
   * Lends the model of the run on screen, loaded, to whoever measures something of that run, and keeps what comes of it with the run.
   * Like a run in all else: one thing at a time, ended by `stop`, failures told by `notice`. Nothing where the picture is another.
   * @returns what `work` was refused for, or null
   */
  readonly measure: <P>(work: Measuring<P>) => Promise<P | null>;
  readonly stop: () => void;
  readonly dismissNotice: () => void;
  readonly openRun: (id: string) => Promise<void>;
  /** A kept run, read beside the one on screen; null where there is none, or none that can be read. */
  readonly readRun: (id: string) => Promise<Trajectory | null>;
  /** The same with its files, to be looked at beside the one on screen. */
  readonly readWhole: (id: string) => Promise<LoadedRun | null>;
  readonly dispose: () => void;
}

/** A model, and what else is needed to ask it about a finished run. */
export interface MeasuringMeans {
  readonly run: Trajectory;
  readonly engine: VlmEngine;
  readonly images: ImageService;
  readonly card: ModelCard;
  readonly dialect: Dialect;
  readonly sourceOf: SourceOf;
  readonly signal: AbortSignal;
}

/** Measures, or says why that cannot be. Rejects with the signal's reason, and with what engine and pictures throw. */
export type Measuring<P> = (means: MeasuringMeans) => Promise<{ readonly lens: KeptLens } | { readonly problem: P }>;

/** Starts a run and streams its events; the agent's loop in the page. */
export type StartRun = (order: AgentRun) => AsyncIterable<TrajectoryEvent>;

/** Where settings are kept; localStorage in the page. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface SessionDeps {
  readonly engine: VlmEngine;
  readonly images: ImageService;
  readonly library: TrajectoryLibrary;
  /** Monotonic milliseconds; performance.now in the page. */
  readonly now: () => number;
  /** What `Settings.searchIn` names; null for nothing. Left out: there is nothing to search. */
  readonly searchSource?: (searchIn: string) => Promise<SearchSource | null>;
  /** Runs the code that a model writes. Left out: it is loaded when the first is to run. */
  readonly sandbox?: Sandbox;
  /** The agent's loop where left out, loaded when it is first needed. */
  readonly startRun?: StartRun;
  /** Whether the shipped model may be loaded for a picture before anything is asked. Left out: it is not. */
  readonly mayLoadAhead?: () => boolean;
  /** Null: settings are not kept. */
  readonly storage?: SettingsStorage | null;
  /** Where models of a hub come from for who has chosen no other; null: from the hub itself. */
  readonly hubEndpoint?: string | null;
  /** Null: nothing is known of the browser's storage. */
  readonly persistence?: Persistence | null;
  /** Why kept runs will not outlast the tab; left out where they will. */
  readonly notKept?: LibraryError | null;
}

/** The store, what can be done to it, and the player it puts runs on. Components read through `useSession` and `usePlayer`. */
export interface Session {
  getState(): SessionState;
  getInitialState(): SessionState;
  subscribe(listener: (state: SessionState, previous: SessionState) => void): () => void;
  readonly actions: SessionActions;
  readonly player: Player;
}
