/** Where Python's files lie on this server (scripts/python-files.mjs), and fetching them: once, at the first need. */
import { PythonError } from './contract';

/** `files.json` in it names the others. */
const FOLDER = '/python/';

export interface PythonFiles {
  /** The address of the frame's document. */
  readonly frame: string;
  readonly script: string;
  readonly wasm: ArrayBuffer;
  readonly stdlib: ArrayBuffer;
}

type Names = Readonly<Record<'frame' | 'worker' | 'wasm' | 'stdlib' | 'lock', string>>;

/** @throws PythonError `python-unavailable`; the signal's reason */
export async function fetchPython(signal: AbortSignal): Promise<PythonFiles> {
  const names = await fetchNames(signal);
  const [script, wasm, stdlib] = await Promise.all([
    get(names.worker, signal).then((answer) => answer.text()),
    get(names.wasm, signal).then((answer) => answer.arrayBuffer()),
    get(names.stdlib, signal).then((answer) => answer.arrayBuffer()),
  ]);
  return { frame: FOLDER + names.frame, script, wasm, stdlib };
}

/** Pyodide's own lock file, as text. @throws as `fetchPython` */
export async function fetchLock(signal: AbortSignal): Promise<string> {
  const { lock } = await fetchNames(signal);
  return (await get(lock, signal)).text();
}

async function fetchNames(signal: AbortSignal): Promise<Names> {
  return namesIn(await (await get('files.json', signal)).json());
}

async function get(name: string, signal: AbortSignal): Promise<Response> {
  try {
    const answer = await fetch(FOLDER + name, { signal });
    if (answer.ok) return answer;
    throw new PythonError('python-unavailable', `${name}: the server says ${answer.status}`);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof PythonError ? error : new PythonError('python-unavailable', name, { cause: error });
  }
}

function namesIn(list: unknown): Names {
  const name = (part: string): string => {
    const entry = (list as Readonly<Record<string, { readonly name?: unknown } | undefined>> | null)?.[part]; // any JSON
    if (typeof entry?.name === 'string' && /^[a-z0-9.]+$/.test(entry.name)) return entry.name;
    throw new PythonError('python-unavailable', `files.json names no ${part}`);
  };
  const [frame, worker, wasm] = [name('frame'), name('worker'), name('wasm')];
  return { frame, worker, wasm, stdlib: name('stdlib'), lock: name('lock') };
}
