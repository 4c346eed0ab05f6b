/**
 * Strict-Transport-Security: browsers that came over https are told to come no other way. Only where a trusted proxy says so
 * (LOUPE_TRUSTED_PROXIES, X-Forwarded-Proto), because a client can say anything, and a site without TLS that promised it would lock
 * its visitors out. Subdomains and preload lists are the operator's own to decide, and not asked for.
 */

export interface TransportSettings {
  /** Trusted proxies before the server. */
  readonly proxies: number;
  /** How long browsers remember it; 0: nothing is said. */
  readonly seconds: number;
}

const HALF_A_YEAR = 15_552_000;
const TWO_YEARS = 63_072_000;

/** LOUPE_HSTS_SECONDS; what is none counts as the usual, and `readTrustedProxies` refuses what is no number of proxies. */
export function readHstsSeconds(env: Readonly<Record<string, string | undefined>>): number {
  const given = env.LOUPE_HSTS_SECONDS?.trim() ?? '';
  return /^[0-9]{1,9}$/.test(given) ? Math.min(Number(given), TWO_YEARS) : HALF_A_YEAR;
}

/** The header's value; null where nothing is to be said. */
export function strictTransport(headers: Headers, { proxies, seconds }: TransportSettings): string | null {
  if (proxies === 0 || seconds === 0) return null;
  const said = (headers.get('x-forwarded-proto') ?? '').split(',').map((part) => part.trim().toLowerCase());
  // Each proxy appends, or the first one alone says it: the last ones are theirs.
  const first = said[Math.max(0, said.length - proxies)];
  return first === 'https' ? `max-age=${seconds}` : null;
}
