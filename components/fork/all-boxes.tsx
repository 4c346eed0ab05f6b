'use client';
/** The picture once, small, with every box of many runs on it. */
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { usePlayer } from '@/lib/player';
import { boxesAt, mainPicture, type Trajectory } from '@/lib/trajectory';
import { useForkWords } from '@/lib/words/fork';

const WIDTH = 320;

export function AllBoxes({ runs }: { readonly runs: readonly Trajectory[] }): ReactNode {
  const { boxes: label } = useForkWords().times;
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = runs[0] ? mainPicture(runs[0]) : null;
  const hash = picture?.file.hash ?? null;
  const bitmap = usePlayer((state) => (hash === null ? null : (state.pictures.get(hash) ?? null)));
  const boxes = useMemo(
    () =>
      runs.flatMap((run) => {
        const main = mainPicture(run)?.id;
        return boxesAt(run, run.steps.length).flatMap((box) => (box.picture === main ? [box.executed] : []));
      }),
    [runs],
  );
  const height = picture ? Math.round((WIDTH * picture.height) / picture.width) : 0;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !picture || !bitmap) return;
    const scale = WIDTH / picture.width;
    context.clearRect(0, 0, WIDTH, height);
    context.drawImage(bitmap, 0, 0, WIDTH, height);
    context.lineWidth = 2;
    for (const { x1, y1, x2, y2 } of boxes) {
      context.fillStyle = 'rgba(241, 146, 32, 0.12)';
      context.strokeStyle = 'rgba(241, 146, 32, 0.8)';
      context.fillRect(x1 * scale, y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale);
      context.strokeRect(x1 * scale, y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale);
    }
  }, [bitmap, boxes, picture, height]);
  if (!picture || !bitmap || boxes.length === 0) return null;
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      width={WIDTH}
      height={height}
      className="mt-2 w-full max-w-80 rounded-m border border-line"
    />
  );
}
