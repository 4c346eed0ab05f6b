/**
 * The claim on a share that opens once: random, kept for this tab so that a page reloaded amid the delivery can go on with it. It
 * is of use to nobody else, and of none once the share has arrived.
 */
import { toBase64Url } from './base64url';

const PREFIX = 'loupe-claim-';
/** Where storage refuses. */
const held = new Map<string, string>();

function storage(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

export function keptClaim(id: string): string | null {
  try {
    return held.get(id) ?? storage()?.getItem(PREFIX + id) ?? null;
  } catch {
    return held.get(id) ?? null;
  }
}

export function makeClaim(id: string): string {
  const claim = keptClaim(id) ?? toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  held.set(id, claim);
  try {
    storage()?.setItem(PREFIX + id, claim);
  } catch {
    // Until the page is closed it is held all the same.
  }
  return claim;
}

export function dropClaim(id: string): void {
  held.delete(id);
  try {
    storage()?.removeItem(PREFIX + id);
  } catch {
    // Nothing was kept.
  }
}
