'use client';
/**
 * The box that a person draws, moves and resizes (`Draft` of the view), over the picture: by pointer with Konva's Transformer, by arrow keys
 * on the frame. Coordinates of the box are pixels of the picture; what lies on the stage follows the camera.
 */
import type Konva from 'konva';
import 'konva/lib/shapes/Rect';
import 'konva/lib/shapes/Transformer';
import { useCallback, useEffect, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { Layer, Rect, Stage, Transformer } from 'react-konva/lib/ReactKonvaCore';
import { boxOfSize, toImage, toStage, zoomAt, type ImageBox, type Size } from '@/lib/geometry';
import { useView, useViewActions } from '@/lib/player';
import { useCanvasWords } from '@/lib/words/canvas';
import { boxBetween, nudged } from './edit-box';
import { scaleLimits } from './target-camera';
import type { FramedRig } from './use-camera-rig';

interface BoxEditorProps {
  readonly image: Size;
  readonly stage: Size;
  readonly rig: FramedRig;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** Fingers need more. */
const ANCHOR = 14;

export function BoxEditor({ image, stage, rig, ratio }: BoxEditorProps): ReactNode {
  const words = useCanvasWords();
  const box = useView((view) => view.draft?.box ?? null);
  const { drawDraft } = useViewActions();
  const frame = useRef<HTMLDivElement>(null);
  const layer = useRef<Konva.Layer | null>(null);
  const rect = useRef<Konva.Rect | null>(null);
  const transformer = useRef<Konva.Transformer | null>(null);
  const latest = useRef(box);

  /** Puts the rectangle where the camera has it. */
  const place = useCallback(() => {
    const { current: node } = rect;
    if (!node || !latest.current) return;
    const { x1, y1, x2, y2 } = toStage(latest.current, rig.current());
    node.setAttrs({ x: x1, y: y1, width: x2 - x1, height: y2 - y1, scaleX: 1, scaleY: 1 });
    transformer.current?.forceUpdate();
    layer.current?.batchDraw();
  }, [rig]);

  useEffect(() => {
    latest.current = box;
    if (rect.current) transformer.current?.nodes([rect.current]);
    place();
  }, [box, place, stage]);
  useEffect(() => rig.onFrame(place), [rig, place]);
  useEffect(() => frame.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const canvas = layer.current?.getCanvas();
    if (canvas && canvas.getPixelRatio() !== ratio) canvas.setPixelRatio(ratio);
    layer.current?.batchDraw();
  }, [ratio]);

  /** What the rectangle was dragged or stretched to. */
  const read = () => {
    const { current: node } = rect;
    if (!node) return;
    const [x, y] = [node.x(), node.y()];
    const [width, height] = [node.width() * node.scaleX(), node.height() * node.scaleY()];
    const camera = rig.current();
    const drawn = boxBetween(toImage({ x, y }, camera), toImage({ x: x + width, y: y + height }, camera), image);
    if (drawn) drawDraft(drawn);
    else place();
  };
  const moved = () => {
    const { current: node } = rect;
    if (!node || !latest.current) return;
    const at = toImage({ x: node.x(), y: node.y() }, rig.current());
    drawDraft(nudged(latest.current, at.x - latest.current.x1, at.y - latest.current.y1, image));
  };

  const drawing = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const pointAt = (event: PointerEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return toImage({ x: event.clientX - left, y: event.clientY - top }, rig.current());
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || isOnBox(rect.current, transformer.current)) return;
    drawing.current = pointAt(event);
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current: from } = drawing;
    const drawn = from && boxBetween(from, pointAt(event), image);
    if (drawn) drawDraft(drawn);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const step = Math.max(1, Math.round(Math.max(image.width, image.height) / 100));
    const [dx, dy] = [arrow[0] * step, arrow[1] * step];
    const before: ImageBox = box ?? middleOf(image);
    if (!event.shiftKey) return drawDraft(nudged(before, dx, dy, image));
    const from = { x: before.x1, y: before.y1 };
    drawDraft(boxBetween(from, { x: before.x2 + dx, y: before.y2 + dy }, image) ?? before);
  };

  const share = (value: number, whole: number) => words.percent(value / whole);
  return (
    <div
      ref={frame}
      role="group"
      aria-label={words.editor}
      aria-description={
        box
          ? words.editorAt(
              share(box.x1, image.width),
              share(box.y1, image.height),
              share(box.x2, image.width),
              share(box.y2, image.height),
            )
          : undefined
      }
      data-box={box ? [box.x1, box.y1, box.x2, box.y2].map(Math.round).join(' ') : ''}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drawing.current = null)}
      onPointerCancel={() => (drawing.current = null)}
      onWheel={(event) => {
        const { left, top } = event.currentTarget.getBoundingClientRect();
        const point = { x: event.clientX - left, y: event.clientY - top };
        const factor = Math.exp(-Math.max(-240, Math.min(240, event.deltaY)) * 0.0016);
        rig.jump(zoomAt(rig.current(), point, factor, scaleLimits(image, stage)));
      }}
      className="absolute inset-0 cursor-crosshair touch-none outline-accent -outline-offset-2 select-none focus-visible:outline-2"
    >
      <Stage width={stage.width} height={stage.height}>
        <Layer ref={layer}>
          {box ? (
            <>
              <Rect
                ref={rect}
                draggable
                fill="rgba(255, 255, 255, 0.12)"
                stroke="#ffffff"
                strokeWidth={2}
                strokeScaleEnabled={false}
                onDragMove={moved}
                onTransform={read}
              />
              <Transformer
                ref={transformer}
                rotateEnabled={false}
                flipEnabled={false}
                ignoreStroke
                anchorSize={ANCHOR}
                anchorCornerRadius={ANCHOR / 2}
                anchorStroke="#14100a"
                anchorFill="#ffffff"
                borderStroke="#14100a"
                borderDash={[4, 4]}
              />
            </>
          ) : null}
        </Layer>
      </Stage>
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A press there is Konva's: it drags or stretches. */
function isOnBox(rect: Konva.Rect | null, transformer: Konva.Transformer | null): boolean {
  const point = rect?.getStage()?.getPointerPosition();
  if (!rect || !point) return false;
  const { x, y, width, height } = transformer?.getClientRect() ?? rect.getClientRect();
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
}

function middleOf(image: Size): ImageBox {
  const { x2, y2 } = boxOfSize<'image'>(image);
  return { x1: x2 * 0.375, y1: y2 * 0.375, x2: x2 * 0.625, y2: y2 * 0.625 };
}
