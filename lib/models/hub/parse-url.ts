/** What `URL.parse` and `URL.canParse` do, for browsers that are older than they are (Safari 17, Chrome 120, Firefox 115). */

/** Null where it is no absolute address. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
