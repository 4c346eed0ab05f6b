/**
 * Comes before Pyodide, which looks around as soon as it is read: what it would fetch is given to it, and its memory gets an end.
 */
import { capMemory } from './cap-memory';

const files = new Map<string, BodyInit>();
let memoryBytes = 0;

/** @param given by name, the files that it will ask for */
export function give(given: Readonly<Record<string, BodyInit>>, most: number): void {
  for (const [name, file] of Object.entries(given)) files.set(name, file);
  memoryBytes = most;
}

const put = (name: string, value: unknown): void => {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
};

// Pyodide refuses to start in a worker that could import scripts.
put('importScripts', undefined);

put('fetch', (address: string | URL) => {
  const name = String(address).split('/').at(-1) ?? '';
  const file = files.get(name);
  files.delete(name);
  return file ? Promise.resolve(new Response(file)) : Promise.reject(new TypeError(`${name} was not given`));
});

WebAssembly.instantiateStreaming = async (response, imports) => {
  const bytes = new Uint8Array(await (await response).arrayBuffer());
  return WebAssembly.instantiate(capMemory(bytes, memoryBytes), imports);
};
