/**
 * Runs Python in the sandboxed frame (scripts/python-frame.mjs): Pyodide, the libraries, and the harness that runs one block after
 * another. Everything it needs comes with the first message; then all that is not the language itself is taken away, and code comes in.
 */
import { give } from './alone';
import createPyodideModule from 'pyodide/pyodide.asm.mjs';
import { loadPyodide } from 'pyodide';
import { info } from 'pyodide/pyodide-lock.json';
import type { PyCallable, PyDict } from 'pyodide/ffi';
import type { Answer, Boot, RunMessage } from '../protocol';
import type { RgbaPixels } from '../contract';
import { smallLibraries } from '../small';
import harnessText from './harness.py?raw';
import backendText from './show-backend.py?raw';
import { lockUp } from './lock-up';
import { createOutput } from './output';
import { readShown } from './read-shown';

/** Pyodide looks for its files by address; they are given to it by name. */
const NOWHERE = 'https://python.invalid/';

interface Harness {
  begin: PyCallable;
  close: PyCallable;
  add_picture: PyCallable;
  run: PyCallable;
}

onmessage = ({ data, ports: [port] }: MessageEvent<Boot>) => {
  onmessage = null;
  if (!port) return;
  const say = port.postMessage.bind(port);
  start(data, say).then(
    (take) => {
      port.onmessage = ({ data: order }: MessageEvent<RunMessage>) => take(order);
      say({ type: 'ready' } satisfies Answer);
    },
    (error: unknown) => say({ type: 'failed', message: String(error).slice(0, 2_000) } satisfies Answer),
  );
};

async function start(boot: Boot, say: MessagePort['postMessage']): Promise<(order: RunMessage) => void> {
  const { limits } = boot;
  const { full } = boot;
  const wheels = Object.fromEntries(full?.files.map(({ name, bytes }) => [name, bytes]) ?? []);
  give({ ...wheels, 'pyodide.asm.wasm': boot.wasm, 'python_stdlib.zip': boot.stdlib }, limits.memoryBytes);
  const pyodide = await loadPyodide({
    indexURL: NOWHERE,
    packageBaseUrl: NOWHERE,
    lockFileContents: full?.lock ?? { info, packages: {} },
    // Not in its types: how its WebAssembly is started.
    ...{ createPyodideModule },
    jsglobals: Object.freeze({ __proto__: null, setTimeout: () => 0, clearTimeout: () => undefined }),
    env: { MPLBACKEND: 'module://show_backend', HOME: '/home/user' },
    stdin: () => null,
  } as Parameters<typeof loadPyodide>[0]);
  const [stdout, stderr] = [createOutput(limits.outputBytes), createOutput(limits.outputBytes)];
  pyodide.setStdout({ write: stdout.write });
  pyodide.setStderr({ write: stderr.write });

  const site = pyodide.runPython('import site; site.getsitepackages()[0]') as string;
  // Emscripten's own types are no part of Pyodide's.
  const disk = pyodide.FS as unknown as { mkdirTree(path: string): void; writeFile(path: string, text: string): void };
  const write = (path: string, text: string) => {
    const full = `${site}/${path}`;
    disk.mkdirTree(full.slice(0, full.lastIndexOf('/')));
    disk.writeFile(full, text);
  };
  write('show_backend.py', backendText);
  if (full) await pyodide.loadPackage([...full.packages], { checkIntegrity: false, messageCallback: () => undefined });
  else for (const [path, text] of Object.entries(smallLibraries.files)) write(path, text);

  const module = pyodide.toPy({ __name__: '_harness' }) as unknown as PyDict;
  // What `toPy` makes of an object is a dictionary of Python's, whose class Pyodide does not show.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a dictionary all the same
  pyodide.runPython(harnessText, { globals: module });
  const harness = Object.fromEntries(
    ['begin', 'close', 'add_picture', 'run'].map((name) => [name, module.get(name) as PyCallable]),
  ) as unknown as Harness; // the names that harness.py defines

  let shown: RgbaPixels[] = [];
  let left = 0;
  const show = (
    width: number,
    height: number,
    data: { getBuffer(type: 'u8'): { data: Uint8Array; release(): void } },
  ) => {
    if (shown.length >= limits.pictures) {
      left += 1;
      return '';
    }
    const buffer = data.getBuffer('u8');
    const { picture, problem } = readShown(width, height, buffer.data);
    buffer.release();
    if (picture) shown.push(picture);
    return problem;
  };
  const pixels = full ? {} : smallLibraries.pixels;
  const names = harness.begin(show, pyodide.toPy(Object.keys(pixels)), pixels) as PyDict;
  for (const [index, picture] of boot.pictures.entries()) {
    const { mode, bytes } = packed(picture);
    harness.add_picture(names, index + 1, mode, picture.width, picture.height, bytes);
  }
  harness.close();
  stdout.take();
  stderr.take();
  lockUp();

  let count = 0;
  return ({ id, code }) => {
    count += 1;
    [shown, left] = [[], 0];
    const error = harness.run(names, code, count) as string | undefined;
    const answer = {
      type: 'ran',
      id,
      stdout: stdout.take(),
      stderr: stderr.take(),
      error: error?.slice(0, 2_000) ?? null,
      pictures: shown,
      picturesLeft: left,
    } satisfies Answer;
    say(
      answer,
      shown.map(({ rgba }) => rgba.buffer),
    );
  };
}

/** Three bytes a pixel where nothing is transparent, as files are opened. */
function packed({ rgba, width, height }: RgbaPixels): { mode: 'RGB' | 'RGBA'; bytes: Uint8Array } {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return { mode: 'RGBA', bytes: rgba };
  const bytes = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < bytes.length; from += 4, to += 3) {
    bytes[to] = rgba[from]!;
    bytes[to + 1] = rgba[from + 1]!;
    bytes[to + 2] = rgba[from + 2]!;
  }
  return { mode: 'RGB', bytes };
}
