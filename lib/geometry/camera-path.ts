/**
 * Ways from one camera to another. `interpolateCamera` zooms about the one stage point that both cameras agree on, with
 * scale in equal ratios, so that the speed looks constant. `cameraFlight` is the smooth zoom-and-pan path of van Wijk
 * and Nuij ("Smooth and efficient zooming and panning", 2003): it draws back between far targets. Both hit both ends.
 */
import type { Size } from './box';
import { centered, toImage } from './camera';
import type { Camera } from './camera';
import { clamp } from './region';

/** Slow, fast, slow; 0…1 to 0…1. */
export function easeInOut(t: number): number {
  const u = clamp(t, 0, 1);
  return u < 0.5 ? 4 * u ** 3 : 1 - (2 - 2 * u) ** 3 / 2;
}

/** `t` 0 is `a` and 1 is `b`, linear in the logarithm of scale; ease `t` before. */
export function interpolateCamera(a: Camera, b: Camera, t: number): Camera {
  if (t <= 0) return a;
  if (t >= 1) return b;
  const log = Math.log(b.scale / a.scale);
  const ratio = Math.exp(log * t);
  // Share of the whole motion done by now; expm1 keeps it exact when the scales are nearly the same (a plain pan).
  const share = Math.abs(log) < 1e-12 ? t : Math.expm1(log * t) / Math.expm1(log);
  const whole = b.scale / a.scale;
  return {
    scale: a.scale * ratio,
    x: a.x * ratio + (b.x - whole * a.x) * share,
    y: a.y * ratio + (b.y - whole * a.y) * share,
  };
}

export interface CameraFlight {
  /** Length of the path as the eye feels it; a duration of 250 to 400 ms per unit looks calm. */
  readonly length: number;
  /** The camera at `t` of the way, 0…1, at constant felt speed. */
  at(t: number): Camera;
}

/** How eagerly the path draws back; van Wijk and Nuij found people to like about 1.4. */
const RHO = Math.SQRT2;

export function cameraFlight(a: Camera, b: Camera, stage: Size): CameraFlight {
  const middle = { x: stage.width / 2, y: stage.height / 2 };
  const from = toImage(middle, a);
  const to = toImage(middle, b);
  const w0 = stage.width / a.scale;
  const w1 = stage.width / b.scale;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const distance = Math.hypot(dx, dy);
  // Too short a way to turn on: the formula below divides by it.
  if (distance < 1e-6 * Math.max(w0, w1)) {
    return { length: Math.abs(Math.log(w1 / w0)) / RHO, at: (t) => interpolateCamera(a, b, t) };
  }
  const rho2 = RHO * RHO;
  const turn = (w: number, sign: number): number => {
    const v = (w1 * w1 - w0 * w0 + sign * rho2 * rho2 * distance * distance) / (2 * w * rho2 * distance);
    return -Math.asinh(v);
  };
  const r0 = turn(w0, 1);
  const r1 = turn(w1, -1);
  const length = (r1 - r0) / RHO;
  const at = (t: number): Camera => {
    if (t <= 0) return a;
    if (t >= 1) return b;
    const s = t * length;
    const w = (w0 * Math.cosh(r0)) / Math.cosh(RHO * s + r0);
    const u = (w0 / rho2) * (Math.cosh(r0) * Math.tanh(RHO * s + r0) - Math.sinh(r0));
    const share = u / distance;
    return centered({ x: from.x + dx * share, y: from.y + dy * share }, stage.width / w, stage);
  };
  return { length: Math.abs(length), at };
}
