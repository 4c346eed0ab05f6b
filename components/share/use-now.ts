'use client';
/** The time, anew every half minute while `active`, and at once when it becomes so: what says "ends in" must not stand still. */
import { useEffect, useState } from 'react';

const RENEW_MS = 30_000;

export function useNow(active = true): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!active) return;
    const renew = () => setNow(new Date());
    const first = setTimeout(renew, 0);
    const timer = setInterval(renew, RENEW_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [active]);
  return now;
}
