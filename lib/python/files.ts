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

type Names = Readonly<Record<'frame' | 'worker' | 'wasm' | 'stdlib', string>>;

/** @throws PythonError `python-unavailable`; the signal's reason */
export async function fetchPython(signal: AbortSignal): Promise<PythonFiles> {
  const names = namesIn(await (await get('files.json', signal)).json());
  const [script, wasm, stdlib] = await Promise.all([
    get(names.worker, signal).then((answer) => answer.text()),
    get(names.wasm, signal).then((answer) => answer.arrayBuffer()),
    get(names.stdlib, signal).then((answer) => answer.arrayBuffer()),
  ]);
  return { frame: FOLDER + names.frame, script, wasm, stdlib };
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
  return { frame: name('frame'), worker: name('worker'), wasm: name('wasm'), stdlib: name('stdlib') };
}
