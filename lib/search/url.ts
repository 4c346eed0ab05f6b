/** Null where it is none: `URL.canParse` is younger than the oldest browsers. */
export function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
