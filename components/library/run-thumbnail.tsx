'use client';
/**
 * The picture of a run, small, with the places it looked at drawn on it in the colours of their turns.
 */
import { useEffect, useState } from 'react';
import { classNames } from '@/components/ui/class-names';
import { turnColorNumber } from '@/components/ui/turn-color';
import type { RunSummary } from '@/lib/library';
import { useSessionActions } from '@/lib/session';

/** Addresses of pictures seen lately, so that a row that comes back into sight has its picture at once. */
const addresses = new Map<string, string>();
const KEPT = 400;

function addressOf(hash: string, blob: Blob): string {
  const known = addresses.get(hash);
  if (known) return known;
  const [oldest] = addresses.keys();
  if (addresses.size >= KEPT && oldest !== undefined) {
    URL.revokeObjectURL(addresses.get(oldest) ?? '');
    addresses.delete(oldest);
  }
  const address = URL.createObjectURL(blob);
  addresses.set(hash, address);
  return address;
}

function useThumbnail(hash: string | null): string | null {
  const { thumbnail } = useSessionActions();
  const [found, setFound] = useState<{ hash: string; address: string } | null>(null);
  const known = (hash !== null && addresses.get(hash)) || (found?.hash === hash ? found.address : null);
  useEffect(() => {
    if (known !== null || hash === null) return;
    let here = true;
    void thumbnail(hash).then((blob) => {
      if (here && blob) setFound({ hash, address: addressOf(hash, blob) });
    });
    return () => {
      here = false;
    };
  }, [hash, known, thumbnail]);
  return known;
}

export function RunThumbnail({ run, className }: { readonly run: RunSummary; readonly className?: string }) {
  const address = useThumbnail(run.imageHash);
  const width = run.aspect * 100;
  return (
    <span
      className={classNames(
        'relative block h-[4.5rem] w-24 shrink-0 overflow-hidden rounded-s bg-sunken ring-1 ring-line',
        className,
      )}
    >
      {address ? (
        <img src={address} alt="" decoding="async" className="absolute inset-0 size-full object-contain" />
      ) : null}
      <svg aria-hidden viewBox={`0 0 ${width} 100`} className="absolute inset-0 size-full" fill="none">
        {run.boxes.map((box, index) => {
          const place = {
            x: box.x1 * width,
            y: box.y1 * 100,
            width: Math.max(0, (box.x2 - box.x1) * width),
            height: Math.max(0, (box.y2 - box.y1) * 100),
            rx: 1,
            vectorEffect: 'non-scaling-stroke',
          } as const;
          return (
            <g key={index}>
              <rect {...place} stroke="rgb(0 0 0 / 0.55)" strokeWidth={3} />
              <rect {...place} stroke={`var(--turn-${turnColorNumber(box.turn)})`} strokeWidth={1.5} />
            </g>
          );
        })}
      </svg>
    </span>
  );
}
