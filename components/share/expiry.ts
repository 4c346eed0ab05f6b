/** When a link ends, and how long that is from now. */
import type { Words } from '@/lib/words';

export function isExpired(iso: string, now: Date): boolean {
  return Date.parse(iso) <= now.getTime();
}

/** "29 days", "3 hours", "less than a minute". */
export function timeUntil({ duration }: Words['share'], iso: string, now: Date): string {
  return duration(Date.parse(iso) - now.getTime());
}
