/**
 * Hand to camera: drag, wheel, pinch, double click and keys on one element. It turns events into camera wishes and knows
 * nothing of what is drawn. Two pointers pinch and pan at once, about the point between them.
 */
import type { Point } from '@/lib/geometry';

export interface GestureTarget {
  /** The hand has taken the camera. */
  grab(): void;
  panBy(dx: number, dy: number): void;
  zoomAt(point: Point, factor: number): void;
  /** The hand has let go. */
  release(): void;
  toggle(point: Point): void;
  /** A press that did not become a drag. */
  press(point: Point): void;
  point(point: Point | null): void;
}

/** A pointer that moved less was a press, in CSS pixels. */
const PRESS_SLACK = 4;
/** Wheel notches and trackpads end nowhere: rest is assumed after so long, in milliseconds. */
const WHEEL_REST_MS = 160;
const LINE_PX = 16;

/** Safari's own: a pinch on a trackpad, which comes as no wheel there. Left alone it zooms the page. */
interface SafariGesture extends MouseEvent {
  /** Since the gesture began. */
  readonly scale: number;
}

/** Listens on `element` until the returned function is called. */
export function listenToGestures(element: HTMLElement, target: GestureTarget): () => void {
  const pointers = new Map<number, Point>();
  let began: Point | null = null;
  let dragging = false;
  let wheelRest: ReturnType<typeof setTimeout> | undefined;

  const place = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const isControl = (event: Event) => (event.target as Element).closest('button, a, input, select') !== null;

  const onDown = (event: PointerEvent) => {
    if (isControl(event) || (event.pointerType === 'mouse' && event.button !== 0 && event.button !== 1)) return;
    pointers.set(event.pointerId, place(event));
    element.setPointerCapture(event.pointerId);
    if (pointers.size === 1) {
      began = place(event);
      dragging = false;
    } else if (!dragging) {
      dragging = true;
      target.grab();
    }
  };

  const onMove = (event: PointerEvent) => {
    const now = place(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') target.point(isControl(event) ? null : now);
      return;
    }
    if (!dragging) {
      if (!began || Math.hypot(now.x - began.x, now.y - began.y) < PRESS_SLACK) return;
      dragging = true;
      target.point(null);
      target.grab();
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (!other) {
      target.panBy(now.x - before.x, now.y - before.y);
      return;
    }
    const length = Math.hypot(before.x - other.x, before.y - other.y);
    const factor = length > 0 ? Math.hypot(now.x - other.x, now.y - other.y) / length : 1;
    target.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
    target.zoomAt({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, factor);
  };

  const onUp = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    if (pointers.size > 0) return;
    if (dragging) target.release();
    else if (event.type === 'pointerup' && began) target.press(began);
    began = null;
    dragging = false;
  };

  const onWheel = (event: WheelEvent) => {
    if (isControl(event)) return;
    event.preventDefault();
    if (wheelRest === undefined) target.grab();
    clearTimeout(wheelRest);
    const delta = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1);
    // A pinch on a trackpad arrives as a wheel with ctrl held, in much smaller numbers.
    const speed = event.ctrlKey ? 0.01 : 0.0016;
    target.zoomAt(place(event), Math.exp(-Math.max(-240, Math.min(240, delta)) * speed));
    wheelRest = setTimeout(() => {
      wheelRest = undefined;
      target.release();
    }, WHEEL_REST_MS);
  };

  let scale = 1;
  // With fingers on the screen the pointers have told of it already; a trackpad has none.
  const byTrackpad = () => pointers.size === 0;
  const onGestureStart = (event: Event) => {
    event.preventDefault();
    scale = 1;
    if (byTrackpad()) target.grab();
  };
  const onGestureChange = (event: Event) => {
    event.preventDefault();
    const gesture = event as SafariGesture; // by the name it is listened for
    if (byTrackpad() && gesture.scale > 0) target.zoomAt(place(gesture), gesture.scale / scale);
    scale = gesture.scale;
  };
  const onGestureEnd = (event: Event) => {
    event.preventDefault();
    if (byTrackpad()) target.release();
  };

  // `pointerout`, not `pointerleave`: that comes after React has told the step under the pointer that it is entered.
  const onOut = ({ relatedTarget }: PointerEvent) => {
    if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) target.point(null);
  };
  const onDouble = (event: MouseEvent) => {
    if (!isControl(event)) target.toggle(place(event));
  };

  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onUp);
  element.addEventListener('pointerout', onOut);
  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('dblclick', onDouble);
  element.addEventListener('gesturestart', onGestureStart);
  element.addEventListener('gesturechange', onGestureChange);
  element.addEventListener('gestureend', onGestureEnd);
  return () => {
    clearTimeout(wheelRest);
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onUp);
    element.removeEventListener('pointerout', onOut);
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('dblclick', onDouble);
    element.removeEventListener('gesturestart', onGestureStart);
    element.removeEventListener('gesturechange', onGestureChange);
    element.removeEventListener('gestureend', onGestureEnd);
  };
}
