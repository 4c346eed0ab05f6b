/**
 * Cameras that go together: a hand that moves one moves the others to the same place, as shares of their pictures. None where no link is
 * above a canvas.
 */
import { createContext } from 'react';
import { toImage, type Camera, type Size } from '@/lib/geometry';

/** What a camera shows: the middle as shares of the sides, and how many times larger than the whole picture fits. */
export interface Look {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface CameraLink {
  tell(from: object, look: Look): void;
  /** @returns to hear no more */
  hear(as: object, listener: (look: Look) => void): () => void;
}

export const CameraLinkContext = createContext<CameraLink | null>(null);

export function createCameraLink(): CameraLink {
  const listeners = new Map<object, (look: Look) => void>();
  return {
    tell(from, look) {
      for (const [as, listener] of listeners) if (as !== from) listener(look);
    },
    hear(as, listener) {
      listeners.set(as, listener);
      return () => listeners.delete(as);
    },
  };
}

/** @param whole the scale at which all of the picture is shown */
export function lookOf(camera: Camera, image: Size, stage: Size, whole: number): Look {
  const middle = toImage({ x: stage.width / 2, y: stage.height / 2 }, camera);
  return { x: middle.x / image.width, y: middle.y / image.height, zoom: camera.scale / whole };
}

export function cameraFor({ x, y, zoom }: Look, image: Size, stage: Size, whole: number): Camera {
  const scale = zoom * whole;
  return { scale, x: stage.width / 2 - x * image.width * scale, y: stage.height / 2 - y * image.height * scale };
}
