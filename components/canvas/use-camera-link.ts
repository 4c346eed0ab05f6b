'use client';
/** The camera of one canvas on the link above it (camera-link.ts): it tells where a hand moved it, and goes where another was moved. */
import { useCallback, useContext, useEffect, useRef } from 'react';
import type { Camera, Size } from '@/lib/geometry';
import { useViewActions } from '@/lib/player';
import { cameraFor, CameraLinkContext, lookOf } from './camera-link';
import { fitCamera } from './target-camera';
import type { FramedRig } from './use-camera-rig';

/** @returns tells the others */
export function useCameraLink(rig: FramedRig, image: Size, stage: Size): (camera: Camera) => void {
  const link = useContext(CameraLinkContext);
  const { setCamera } = useViewActions();
  const latest = useRef({ image, stage });
  useEffect(() => {
    latest.current = { image, stage };
  });
  useEffect(
    () =>
      link?.hear(rig, (look) => {
        const { image, stage } = latest.current;
        setCamera('free');
        rig.jump(cameraFor(look, image, stage, fitCamera(image, stage).scale));
      }),
    [link, rig, setCamera],
  );
  return useCallback(
    (camera) => {
      const { image, stage } = latest.current;
      link?.tell(rig, lookOf(camera, image, stage, fitCamera(image, stage).scale));
    },
    [link, rig],
  );
}
