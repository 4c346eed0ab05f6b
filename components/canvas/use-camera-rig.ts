'use client';
/**
 * The rig in React's hands: made once a picture, sent where the steps point, kept sensible when the stage changes size.
 * `onFrame` listeners draw; they are not React.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import { centered, clampCamera, toImage, type Camera, type Size } from '@/lib/geometry';
import { createCameraRig, type CameraRig } from './camera-rig';

export interface FramedRig extends CameraRig {
  onFrame(draw: () => void): () => void;
}

interface UsedRig {
  readonly rig: FramedRig;
  /** The camera as last come to rest. */
  readonly rested: Camera;
}

/** @param target null while the person holds the camera */
export function useCameraRig(first: Camera, target: Camera | null, stage: Size, image: Size): UsedRig {
  const [rested, setRested] = useState(first);
  const bounds = useRef({ stage, image });
  const made = useMemo(() => {
    const draws = new Set<() => void>();
    const draw = () => {
      for (const each of draws) each();
    };
    const rig = createCameraRig(first, {
      apply: draw,
      commit: setRested,
      reducedMotion: () => window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    });
    const framed: FramedRig = {
      ...rig,
      // A hand may not push the picture off the stage.
      move: (camera) => rig.move(clampCamera(camera, bounds.current.image, bounds.current.stage)),
      onFrame(each) {
        draws.add(each);
        return () => draws.delete(each);
      },
    };
    return framed;
    // The first camera is where it starts; where it goes is told below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const rig = made;

  const before = useRef<{ readonly stage: Size; readonly image: Size } | null>(null);
  useEffect(() => {
    const was = before.current;
    bounds.current = { stage, image };
    before.current = { stage, image };
    const samePicture = was?.image === image;
    const resized = was !== null && (was.stage.width !== stage.width || was.stage.height !== stage.height);
    if (target) {
      if (!samePicture || resized) rig.jump(target);
      else rig.glide(target, stage);
    } else if (resized && was) {
      // What was in the middle stays in the middle.
      const camera = rig.current();
      const middle = toImage({ x: was.stage.width / 2, y: was.stage.height / 2 }, camera);
      rig.jump(centered(middle, camera.scale, stage));
    }
    // The numbers, not the object: a new render makes an equal target.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [rig, stage, image, target?.scale, target?.x, target?.y]);

  useEffect(() => () => rig.dispose(), [rig]);
  return { rig, rested };
}
