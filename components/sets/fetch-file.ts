/** A file by its address, fetched by the browser itself: without cookies, without telling where from, and through no server of ours. */
import type { GivenFile } from '@/lib/formats';

export type FetchProblem = 'bad-address' | 'blocked' | 'refused' | 'too-large';

const MOST_BYTES = 1024 * 1024 * 1024;

/** The address and whose it is; null where it is none that can be opened. */
export function readFileAddress(text: string): URL | null {
  try {
    const url = new URL(text.trim());
    return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost') ? url : null;
  } catch {
    return null;
  }
}

/** Never throws; stopped, it is `blocked`, and nobody asks any more. */
export async function fetchFile(
  address: string,
  signal: AbortSignal,
  onProgress: (share: number | null) => void,
): Promise<GivenFile | { readonly problem: FetchProblem }> {
  const url = readFileAddress(address);
  if (!url) return { problem: 'bad-address' };
  try {
    const response = await fetch(url, { signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok || !response.body) return { problem: 'refused' };
    const total = Number(response.headers.get('content-length') ?? 0);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    const from = response.body.getReader();
    for (let read = await from.read(); !read.done; read = await from.read()) {
      parts.push(read.value);
      bytes += read.value.length;
      if (bytes > MOST_BYTES) return { problem: 'too-large' };
      onProgress(total > 0 ? Math.min(1, bytes / total) : null);
    }
    return { path: nameOf(url), file: new Blob(parts) };
  } catch {
    return { problem: 'blocked' };
  }
}

function nameOf({ pathname, hostname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || hostname;
  } catch {
    return last; // a stray %
  }
}
