'use client';
/**
 * The picture and where the model looked, at the cursor. React decides what is drawn; the camera goes to Konva directly,
 * frame by frame, and is told to React when it has come to rest. Load it lazily: it brings Konva with it.
 */
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Stage } from 'react-konva/lib/ReactKonvaCore';
import { pan, zoomAt, type ImageBox, type Size } from '@/lib/geometry';
import { usePlayer, usePlayerActions, useSeen, useView, useViewActions } from '@/lib/player';
import {
  boxesAt,
  boxNumberOf,
  currentStep,
  marksAt,
  soughtIn,
  type BoxAt,
  type MarkAt,
  type Trajectory,
} from '@/lib/trajectory';
import { useCanvasWords } from '@/lib/words/canvas';
import { useShown } from './use-shown';
import { BoxEditor } from './box-editor';
import { useCameraLink } from './use-camera-link';
import { CanvasTools } from './canvas-tools';
import { describePicture } from './describe-picture';
import { describePointed } from './describe-pointed';
import { listenToGestures } from './gestures';
import { markAt, pressesMark } from './mark-layout';
import { MarksLayer } from './marks-layer';
import { usePalette } from './palette';
import { Picture } from './picture';
import { fitCamera, scaleLimits, targetCamera } from './target-camera';
import { useCameraRig } from './use-camera-rig';
import { useMarks } from './use-marks';
import { usePointed } from './use-pointed';
import { usePixelRatio } from './use-pixel-ratio';
import { useStageSize } from './use-stage-size';

export interface CanvasViewProps {
  readonly className?: string;
}

const NO_BOXES: readonly BoxAt[] = [];
const NO_MARKS: readonly MarkAt[] = [];
const NO_PLACES: readonly ImageBox[] = [];
/** One press of an arrow key, in CSS pixels. */
const ARROW_STEP = 64;
const KEY_ZOOM = 1.3;

export function CanvasView({ className = '' }: CanvasViewProps): ReactNode {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const stage = useStageSize(frame);
  const shown = useShown();
  return (
    <div
      ref={setFrame}
      className={`relative size-full overflow-hidden border-0 border-line-strong bg-sunken ${className}`}
    >
      {frame && stage && shown ? (
        <Scene
          key={shown.key}
          frame={frame}
          stage={stage}
          hash={shown.hash}
          picture={shown.id}
          image={shown.size}
          assumedSize={shown.assumedSize}
          bitmap={shown.bitmap}
        />
      ) : null}
    </div>
  );
}

interface SceneProps {
  readonly frame: HTMLDivElement;
  readonly stage: Size;
  /** Of its file. */
  readonly hash: string | null;
  /** Its id in the run; null where there is no run. */
  readonly picture: string | null;
  readonly image: Size;
  /** Nobody knows its size. */
  readonly assumedSize: boolean;
  readonly bitmap: ImageBitmap | null;
}

function Scene({ frame, stage, hash, picture, image, assumedSize, bitmap }: SceneProps): ReactNode {
  const trajectory = usePlayer((state) => state.run);
  const cursor = usePlayer((state) => state.cursor);
  const showBoxes = useView((view) => view.boxes);
  const mode = useView((view) => view.camera);
  const hovered = useView((view) => view.hover);
  const drafting = useView((view) => view.draft !== null);
  const words = useCanvasWords();
  const { move } = usePlayerActions();
  const { hover, setCamera } = useViewActions();
  const palette = usePalette(frame);
  const ratio = usePixelRatio();
  const surface = useRef<HTMLDivElement>(null);

  const boxes = useMemo(
    () => (trajectory ? boxesAt(trajectory, cursor).filter((box) => box.picture === picture) : NO_BOXES),
    [trajectory, cursor, picture],
  );
  const said = useMemo(
    () => (trajectory ? marksAt(trajectory, cursor).filter((mark) => mark.picture === picture) : NO_MARKS),
    [trajectory, cursor, picture],
  );
  const litMark = useView((view) => view.mark);
  const sought = useMemo(
    () => (trajectory && picture ? soughtIn(trajectory, picture) : NO_PLACES),
    [trajectory, picture],
  );
  const lit = trajectory && hovered !== null ? boxNumberOf(trajectory, hovered) : null;
  const target = targetCamera(mode, boxes, image, stage);
  const { rig, rested } = useCameraRig(target ?? fitCamera(image, stage), target, stage, image);

  const answered = trajectory !== null && currentStep(trajectory, cursor)?.type === 'answer';
  const seen = useMemo(() => seenSize(trajectory, picture), [trajectory, picture]);
  const eye = useView((view) => view.eye);
  const seenAs = useSeen(hash, eye ? seen : null);

  const marks = useMarks({
    boxes: showBoxes ? boxes : NO_BOXES,
    sought: showBoxes ? sought : NO_PLACES,
    lit,
    image,
    deciding: answered && showBoxes && !eye ? bitmap : null,
    stage,
    palette,
    rig,
  });
  const pointed = usePointed({ marks: showBoxes ? said : NO_MARKS, lit: litMark, stage, palette, rig });

  const latest = useRef({ stage, image, marks });
  useEffect(() => {
    latest.current = { stage, image, marks };
  });

  const link = useCameraLink(rig, image, stage);

  const zoom = useCallback(
    (factor: number) => {
      const { stage, image } = latest.current;
      setCamera('free');
      const middle = { x: stage.width / 2, y: stage.height / 2 };
      const camera = zoomAt(rig.target(), middle, factor, scaleLimits(image, stage));
      rig.glide(camera, stage);
      link(camera);
    },
    [rig, link, setCamera],
  );

  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    return listenToGestures(element, {
      grab: () => setCamera('free'),
      release: () => rig.rest(),
      panBy: (dx, dy) => {
        rig.move(pan(rig.current(), dx, dy));
        link(rig.current());
      },
      zoomAt: (point, factor) => {
        const { image, stage } = latest.current;
        rig.move(zoomAt(rig.current(), point, factor, scaleLimits(image, stage)));
        link(rig.current());
      },
      toggle: (point) => {
        const { image, stage } = latest.current;
        const whole = fitCamera(image, stage);
        if (rig.current().scale > whole.scale * 1.05) return setCamera('fit');
        setCamera('free');
        rig.glide(zoomAt(rig.current(), point, 2.5, scaleLimits(image, stage)), stage);
      },
      press: (point) => {
        const { marks } = latest.current;
        const layouts = marks.layouts();
        const at = markAt(layouts, point);
        const layout = layouts[at];
        const box = marks.boxes[at];
        if (layout && box && pressesMark(layout, point)) move(box.stepIndex + 1);
      },
      point: (point) => {
        const { marks } = latest.current;
        const at = point ? markAt(marks.layouts(), point) : -1;
        hover(marks.boxes[at]?.stepIndex ?? null);
        const layout = marks.layouts()[at];
        element.style.cursor = layout && point && pressesMark(layout, point) ? 'pointer' : '';
      },
    });
  }, [rig, link, move, hover, setCamera]);

  // A hand that pressed the picture lets go of it: only Tab brings the arrows here, else they stay the player's.
  const tabbed = useRef(false);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const act = keyAction(event.key);
    if (!act) return;
    event.preventDefault(); // the player leaves keys alone that the canvas uses
    if ('zoom' in act) return zoom(act.zoom);
    setCamera('free');
    rig.jump(pan(rig.target(), act.dx, act.dy));
    link(rig.current());
  };

  return (
    <>
      <div
        ref={surface}
        role="group"
        aria-label={words.controls}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          tabbed.current = document.activeElement === event.currentTarget;
        }}
        onMouseUp={(event) => {
          if (!tabbed.current) event.currentTarget.blur();
        }}
        className="peer absolute inset-0 cursor-grab touch-none overscroll-none outline-none select-none active:cursor-grabbing"
      >
        <div
          role="img"
          aria-label={
            describePicture(words, { size: image, assumedSize }, bitmap !== null, boxes) +
            describePointed(words, said, image)
          }
          data-canvas=""
          data-scale={rested.scale}
        >
          <Picture
            hash={seenAs ? null : hash}
            bitmap={seenAs ?? bitmap}
            {...{ image, stage, palette, ratio, rig, rested }}
          />
          <Stage width={stage.width} height={stage.height} listening={false}>
            <MarksLayer marks={marks} pointed={pointed} ratio={ratio} rig={rig} />
          </Stage>
        </div>
      </div>
      {/* The ring lies beside what it rings: around moving layers it would be painted in every frame. */}
      <div
        aria-hidden
        className="pointer-events-none absolute inset-0 -outline-offset-2 outline-accent peer-focus-visible:outline-2"
      />
      {drafting ? <BoxEditor {...{ image, stage, rig, ratio }} /> : null}
      <CanvasTools scale={rested.scale} onZoom={zoom} hasBoxes={boxes.length + said.length > 0} seen={bitmap && seen} />
    </>
  );
}

/** At which size the model had the whole picture; null where nobody told. */
function seenSize(run: Trajectory | null, picture: string | null): Size | null {
  const part = run?.given.find((one) => 'picture' in one && one.picture === picture);
  return part && 'picture' in part && part.seen ? { width: part.seen.width, height: part.seen.height } : null;
}

type KeyAction = { readonly zoom: number } | { readonly dx: number; readonly dy: number };

function keyAction(key: string): KeyAction | null {
  switch (key) {
    case '+':
    case '=':
      return { zoom: KEY_ZOOM };
    case '-':
    case '_':
      return { zoom: 1 / KEY_ZOOM };
    case 'ArrowLeft':
      return { dx: ARROW_STEP, dy: 0 };
    case 'ArrowRight':
      return { dx: -ARROW_STEP, dy: 0 };
    case 'ArrowUp':
      return { dx: 0, dy: ARROW_STEP };
    case 'ArrowDown':
      return { dx: 0, dy: -ARROW_STEP };
    default:
      return null;
  }
}
