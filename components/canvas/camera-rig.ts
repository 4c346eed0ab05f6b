/**
 * Moves the camera: at once, or gliding there over half a second. It owns the camera between commits; nothing here draws
 * or renders, it tells `apply` where the camera is, once a frame at most, and `commit` when it has come to rest.
 */
import { cameraFlight, easeInOut, type Camera, type Size } from '@/lib/geometry';

/** A glide takes longer the further it looks, within these bounds, in milliseconds. */
const GLIDE_MS = { perUnit: 320, min: 380, max: 720 } as const;

export interface CameraRig {
  current(): Camera;
  /** Where a glide is heading; the current camera when at rest. */
  target(): Camera;
  /** Moves at once and counts as still moving: for drags and pinches, which end with `rest`. */
  move(camera: Camera): void;
  rest(): void;
  jump(camera: Camera): void;
  glide(camera: Camera, stage: Size): void;
  dispose(): void;
}

export interface CameraListener {
  apply(camera: Camera): void;
  commit(camera: Camera): void;
  /** Asked at the start of each glide: people may change their mind. */
  reducedMotion(): boolean;
}

export function createCameraRig(first: Camera, listener: CameraListener): CameraRig {
  let camera = first;
  let heading: Camera | null = null;
  let frame = 0;

  const halt = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    heading = null;
  };
  const set = (next: Camera) => {
    camera = next;
    listener.apply(next);
  };

  const jump = (next: Camera) => {
    halt();
    set(next);
    listener.commit(next);
  };

  return {
    current: () => camera,
    target: () => heading ?? camera,
    move(next) {
      halt();
      set(next);
    },
    rest() {
      if (!heading) listener.commit(camera);
    },
    jump,
    glide(next, stage) {
      if (listener.reducedMotion() || same(camera, next)) {
        jump(next);
        return;
      }
      if (heading && same(heading, next)) return;
      halt();
      heading = next;
      const flight = cameraFlight(camera, next, stage);
      const duration = Math.min(GLIDE_MS.max, Math.max(GLIDE_MS.min, flight.length * GLIDE_MS.perUnit));
      let began: number | null = null;
      const tick = (time: number) => {
        began ??= time;
        const t = Math.min(1, (time - began) / duration);
        set(flight.at(easeInOut(t)));
        if (t < 1) {
          frame = requestAnimationFrame(tick);
          return;
        }
        halt();
        listener.commit(camera);
      };
      frame = requestAnimationFrame(tick);
    },
    dispose: halt,
  };
}

function same(a: Camera, b: Camera): boolean {
  return Math.abs(a.scale / b.scale - 1) < 1e-4 && Math.abs(a.x - b.x) < 0.25 && Math.abs(a.y - b.y) < 0.25;
}
