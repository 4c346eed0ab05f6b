/**
 * The real libraries (Pillow, NumPy, Matplotlib, OpenCV) from a Pyodide distribution: fetched when the person says so, each file held to the
 * hash that this app's own lock file has for it, so that nobody who hands them out has to be trusted, and kept in this browser.
 */
import { PythonError } from './contract';
import { fetchLock } from './files';
import type { FullLibraries } from './protocol';

/** What code about pictures asks for; the lock file says what they need. */
const WANTED: readonly string[] = ['pillow', 'numpy', 'matplotlib', 'opencv-python'];
/** Where Pyodide itself hands them out, for the version that this app has. */
export const OFFICIAL_ADDRESS = 'https://cdn.jsdelivr.net/pyodide/v314.0.7/full/';
/** All of them together, about: the lock file does not say. Bytes. */
export const ABOUT_BYTES = 35_000_000;

/** A Cache, by addresses that nobody serves. */
const CACHE = 'loupe-python-libraries';
const placeOf = (sha256: string): string => `/python/libraries/${sha256}`;

interface Package {
  readonly name: string;
  readonly file_name: string;
  readonly sha256: string;
  readonly depends: readonly string[];
}

interface Lock {
  readonly text: string;
  readonly packages: readonly Package[];
}

/** What is loaded, and all that it needs, in the order of the lock file. @throws PythonError where it names no such package */
export function readLock(text: string, wanted = WANTED): Lock {
  const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Package>> }; // ours, or a test's
  const needed = new Set<string>();
  const need = (name: string): void => {
    const key = name.toLowerCase();
    if (needed.has(key)) return;
    needed.add(key);
    const entry = packages[key];
    if (!entry) throw new PythonError('python-unavailable', key);
    entry.depends.forEach(need);
  };
  wanted.forEach(need);
  return { text, packages: [...needed].map((key) => packages[key]!) };
}

export interface LibraryOrder {
  /** Where the files lie, with a slash at its end. */
  readonly address: string;
  readonly signal: AbortSignal;
  /** Files that are here, of how many. */
  readonly onProgress?: (done: number, of: number) => void;
  /** Left out: the app's own lock file, and what code about pictures asks for. */
  readonly lock?: Lock;
}

/** Fetches what is not kept yet. @throws PythonError `python-unavailable`; the signal's reason */
export async function fetchLibraries({ address, signal, onProgress, lock }: LibraryOrder): Promise<void> {
  const { packages } = lock ?? readLock(await fetchLock(signal));
  const cache = await caches.open(CACHE);
  for (const [done, { file_name: file, sha256 }] of packages.entries()) {
    onProgress?.(done, packages.length);
    if (await cache.match(placeOf(sha256))) continue;
    const bytes = await get(address + file, signal);
    if ((await hashOf(bytes)) !== sha256) throw new PythonError('python-unavailable', `${file}: sha256`);
    await cache.put(placeOf(sha256), new Response(bytes));
  }
  onProgress?.(packages.length, packages.length);
}

/** Null where not all of them are here. */
export async function keptLibraries(signal: AbortSignal, lock?: Lock): Promise<FullLibraries | null> {
  if (!(await caches.has(CACHE))) return null;
  const { text, packages } = lock ?? readLock(await fetchLock(signal));
  const cache = await caches.open(CACHE);
  const files = [];
  for (const { file_name: name, sha256 } of packages) {
    const kept = await cache.match(placeOf(sha256));
    if (!kept) return null;
    files.push({ name, bytes: await kept.blob() });
  }
  return { lock: text, packages: packages.map(({ name }) => name), files };
}

export async function forgetLibraries(): Promise<void> {
  await caches.delete(CACHE);
}

async function get(address: string, signal: AbortSignal): Promise<ArrayBuffer> {
  try {
    const answer = await fetch(address, { signal, referrerPolicy: 'no-referrer', credentials: 'omit' });
    if (answer.ok) return await answer.arrayBuffer();
    throw new PythonError('python-unavailable', `${address}: ${answer.status}`);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof PythonError ? error : new PythonError('python-unavailable', address, { cause: error });
  }
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
