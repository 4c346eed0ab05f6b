/**
 * Token buckets, one for each client: a burst up to the capacity, then as fast as it refills. Kept in memory of this process
 * (each instance counts for itself), for a bounded number of clients.
 */

/** Seconds; a sum of fractions is a little off. */
const ROUNDING = 1e-6;

export interface RateLimiter {
  /** Takes `cost` and gives 0, or takes nothing and gives the seconds until it would fit. */
  take(client: string, cost?: number): number;
}

export interface RateLimit {
  readonly capacity: number;
  /** In which an empty bucket is full again. */
  readonly seconds: number;
  readonly maxClients?: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

export function createRateLimiter({ capacity, seconds, maxClients = 50_000, now = Date.now }: RateLimit): RateLimiter {
  const perMs = capacity / (seconds * 1000);
  // In order of last use, because a Map keeps the order of insertion.
  const buckets = new Map<string, { level: number; at: number }>();

  return {
    take(client, cost = 1) {
      const at = now();
      const known = buckets.get(client);
      const level = known ? Math.min(capacity, known.level + Math.max(0, at - known.at) * perMs) : capacity;
      // What costs more than a full bucket takes a full one.
      const price = Math.min(cost, capacity);
      const allowed = level >= price;
      buckets.delete(client);
      buckets.set(client, { level: allowed ? level - price : level, at });
      if (buckets.size > maxClients) {
        const oldest = buckets.keys().next();
        if (!oldest.done) buckets.delete(oldest.value);
      }
      return allowed ? 0 : Math.max(1, Math.ceil((price - level) / perMs / 1000 - ROUNDING));
    },
  };
}
