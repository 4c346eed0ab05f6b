/**
 * The player: a run on screen, its pictures, how far it is shown, and what the person is looking at. It knows nothing of
 * models, of what is kept or of who made the run: whoever has one puts it on (`show`, `grow`, `settle`), and canvas and words
 * read it. A page may have several. Types only.
 */
import type { ImageBox, Size } from '@/lib/geometry';
import type { SourceImage } from '@/lib/image';
import type { FileHash, Trajectory } from '@/lib/trajectory';

export interface PlayerState {
  /** The run on screen, finished or not. */
  readonly run: Trajectory | null;
  /** A run is being made and is shown as it grows; before its first event there is none yet. */
  readonly live: boolean;
  /** The picture on screen where no run names another: the one to ask about, or the run's main one with its file. */
  readonly source: SourceImage | null;
  /** Further pictures of the same question, in the order in which they follow `source`. */
  readonly beside: readonly SourceImage[];
  /** Those of the pictures that are here, of large ones a smaller copy, by the hash of their file. Whoever put them on owns them. */
  readonly pictures: ReadonlyMap<FileHash, ImageBitmap>;
  /** Steps visible: 0 … steps.length. While `following` it stays at the end of a live run. */
  readonly cursor: number;
  readonly following: boolean;
  readonly playing: boolean;
  readonly speed: number;
}

/** What a person does with it. */
export interface PlayerActions {
  /** To a cursor, bounded by the run; ends playing. */
  readonly move: (cursor: number) => void;
  /** By so many steps, likewise. */
  readonly step: (delta: number) => void;
  /** From the beginning where the cursor stands at the end of a finished run; there, in a live one, it follows again. */
  readonly play: () => void;
  readonly pause: () => void;
  /** One step on, as playing does it: the last one ends the playing. */
  readonly tick: () => void;
  /** To the nearest of `SPEEDS`. */
  readonly setSpeed: (speed: number) => void;
}

/** What is put on; what is left out stays. */
export interface Shown extends Partial<Pick<PlayerState, 'source' | 'beside' | 'pictures'>> {
  /** Another run, or none: at its end, not playing. */
  readonly run?: Trajectory | null;
  /** One is being made, and is to be followed. */
  readonly live?: boolean;
}

/** Every pixel of a region of a picture on screen, cut from its file: its bitmap may be smaller. Null where it is not here. */
export type RegionOf = (hash: FileHash, region: ImageBox, signal: AbortSignal) => Promise<ImageBitmap | null>;

/** A whole picture at the size a model had it, made as the model's was. Null where its file is not here. The caller closes it. */
export type SeenOf = (hash: FileHash, size: Size, signal: AbortSignal) => Promise<ImageBitmap | null>;

export interface Player {
  getState(): PlayerState;
  getInitialState(): PlayerState;
  subscribe(listener: (state: PlayerState, previous: PlayerState) => void): () => void;
  readonly actions: PlayerActions;
  readonly view: View;
  readonly regionOf: RegionOf;
  readonly seenOf: SeenOf;
  readonly show: (shown: Shown) => void;
  /** The run on screen with more steps, or by another name. */
  readonly grow: (run: Trajectory) => void;
  /** The live run has ended. */
  readonly settle: () => void;
  readonly dispose: () => void;
}

/** How the picture lies on the canvas: `follow` goes where the step looks; `free` was moved by hand. */
export type CameraMode = 'follow' | 'fit' | 'crop' | 'free';

/** A box that a person draws or moves, before anything is done with it. */
export interface Draft {
  /** `move`: of the look that `step` calls for. `look`: of one's own, instead of what comes from `step` on. `ask`: to ask about. */
  readonly purpose: 'move' | 'look' | 'ask';
  /** Index of a step. */
  readonly step: number;
  /** In pixels of the picture on the canvas; null until it is drawn. */
  readonly box: ImageBox | null;
}

/** What a person is looking at, shared by canvas and text, kept nowhere. */
export interface ViewState {
  /** Index of the step under the pointer or focus, in the text or on the canvas. */
  readonly hover: number | null;
  /** What a step's words point at, while the pointer is on those words: the step, and which of its marks. */
  readonly mark: { readonly step: number; readonly index: number } | null;
  readonly boxes: boolean;
  readonly probabilities: boolean;
  /** Coordinates, times, tokens and rewards show, too, and not the story alone. */
  readonly details: boolean;
  /** The picture shows as small as the model had it. */
  readonly eye: boolean;
  readonly camera: CameraMode;
  readonly help: boolean;
  readonly draft: Draft | null;
}

export interface ViewActions {
  readonly hover: (step: number | null) => void;
  readonly pointAt: (mark: ViewState['mark']) => void;
  readonly toggleBoxes: () => void;
  readonly toggleProbabilities: () => void;
  readonly toggleDetails: () => void;
  readonly toggleEye: () => void;
  readonly setCamera: (camera: CameraMode) => void;
  /** To the crop, or back to the whole picture. */
  readonly toggleCrop: () => void;
  readonly setHelp: (help: boolean) => void;
  /** Shows the whole picture, so that there is room to draw. */
  readonly beginDraft: (draft: Draft) => void;
  /** Of the draft there is. */
  readonly drawDraft: (box: ImageBox) => void;
  readonly endDraft: () => void;
}

export interface View {
  getState(): ViewState;
  getInitialState(): ViewState;
  subscribe(listener: (state: ViewState, previous: ViewState) => void): () => void;
  readonly actions: ViewActions;
}
