/** Python in its frame, in a real browser: names that stay, what is printed and shown, limits, and what is left after each of them. */
import { strToU8, zipSync } from 'fflate';
import { info } from 'pyodide/pyodide-lock.json';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createSandbox, fetchLibraries, forgetLibraries, keptLibraries, MOST_PICTURES, OUTPUT_BYTES } from './index';
import { drawn, run } from './fixtures/code';
import { readLock } from './libraries';

const sandbox = createSandbox();
afterAll(() => sandbox.end());
/** All blocks that ran so far in this file, in order. */
const before: string[] = [];

async function next(code: string) {
  const result = await run(sandbox, code, { before: [...before] });
  if (result.ended === null) before.push(code);
  return result;
}

const frames = () => [...document.querySelectorAll('iframe[title=Python]')];

describe('code of one run', () => {
  it('prints, warns, and keeps its names', async () => {
    expect(await next('import sys\nx = 6\nprint("x is", x)\nprint("careful", file=sys.stderr)')).toMatchObject({
      stdout: 'x is 6\n',
      stderr: expect.stringContaining('careful\n') as unknown,
      error: null,
      ended: null,
      namesGone: false,
      pictures: [],
    });
    expect(await next('print(x * 7)')).toMatchObject({ stdout: '42\n', stderr: '' });
    expect(frames()).toHaveLength(1);
  });

  it('finds its picture and shows a part of it, to the pixel', async () => {
    const { pictures, stdout, error } = await next(
      'import matplotlib.pyplot as plt\nprint(image_1.size)\nimport _loupe\n' +
        'part = image_1.crop((10, 5, 30, 20))\n_loupe.show(part.width, part.height, part.convert("RGBA").tobytes())',
    );
    expect({ stdout, error }).toEqual({ stdout: '(40, 30)\n', error: null });
    expect(pictures.map(({ width, height }) => [width, height])).toEqual([[20, 15]]);
    const [{ rgba } = { rgba: new Uint8Array() }] = pictures;
    expect([...rgba.subarray(0, 8)]).toEqual([10, 5, 9, 255, 11, 5, 9, 255]);
    expect([...rgba.subarray(rgba.length - 4)]).toEqual([29, 19, 9, 255]);
  });

  it('says what went wrong as Python does, and goes on', async () => {
    const failed = await next('y = 1\ndef half(n):\n    return n / 0\nhalf(3)');
    expect(failed.error).toBe('ZeroDivisionError: division by zero');
    expect(failed.stderr).toBe(
      'Traceback (most recent call last):\n  File "<code 4>", line 4, in <module>\n    half(3)\n    ~~~~^^^\n' +
        '  File "<code 4>", line 3, in half\n    return n / 0\n           ~~^~~\nZeroDivisionError: division by zero\n',
    );
    expect((await next('print(y)')).stdout).toBe('1\n');
    expect((await next('for')).error).toBe('SyntaxError: invalid syntax');
    expect((await next('input()')).error).toMatch(/^EOFError/);
    expect(await next('import sys\nprint("last")\nsys.exit(3)')).toMatchObject({ stdout: 'last\n', error: null });
  });

  it('is cut where it prints or shows too much', async () => {
    const { stdout } = await next('print("é" * 1_000_000)');
    expect(stdout.length).toBeLessThan(OUTPUT_BYTES + 100);
    expect(stdout).toMatch(/é�?\n\[\d+ more bytes were left out\]$/);
    const shown = await next('for i in range(15):\n    _loupe.show(1, 1, bytes(4))');
    expect(shown.pictures).toHaveLength(MOST_PICTURES);
    expect(shown.picturesLeft).toBe(5);
    expect((await next('_loupe.show(20_000, 1, bytes(80_000))')).error).toMatch(/^ValueError: a picture of 20000 x 1/);
    expect((await next('_loupe.show(2, 2, b"")')).error).toMatch(/^ValueError/);
  });

  it('gets no more memory and no deeper than there is', async () => {
    expect((await next('all_of_it = bytearray(4 * 2 ** 30)')).error).toMatch(/^MemoryError|^OverflowError/);
    const greedy = await next('kept = []\nwhile True:\n    kept.append(bytearray(2 ** 24))');
    expect(greedy.error).toBe('MemoryError');
    expect((await next('print(len(kept) < 32); kept.clear()')).stdout).toBe('True\n');
    expect((await next('import sys\nsys.setrecursionlimit(10 ** 9)')).error).toMatch(/^ValueError/);
    expect((await next('def deep(n):\n    return deep(n + 1)\ndeep(0)')).error).toMatch(/^RecursionError/);
    expect((await next('print(x)')).stdout).toBe('6\n');
  });
});

describe('code that does not end', () => {
  it('is ended at its limit; the next block finds the names of those before', async () => {
    const endless = await run(sandbox, 'x = 0\nwhile True:\n    print(x)', { before: [...before], timeLimit: 400 });
    expect(endless).toMatchObject({ ended: 'time', stdout: '', namesGone: false });
    expect(frames()).toHaveLength(0);
    expect(await next('print(x, y, image_1.size)')).toMatchObject({ stdout: '6 1 (40, 30)\n', namesGone: false });
    expect(frames()).toHaveLength(1);
  });

  it('breaks down alone', async () => {
    const dead = await run(sandbox, 'import os\nos._exit(1)', { before: [...before] });
    expect(dead.ended).toBe('crash');
    expect(frames()).toHaveLength(0);
  });

  it('tells where names cannot be had again, once', async () => {
    const gone = ['x = 5', 'while x: pass'];
    const first = await run(sandbox, 'print("x" in globals(), image_1.size)', { before: gone, timeLimit: 300 });
    expect(first).toMatchObject({ stdout: 'False (40, 30)\n', namesGone: true, ended: null });
    const then = [...gone, 'print("x" in globals(), image_1.size)'];
    expect(await run(sandbox, 'print(1)', { before: then })).toMatchObject({ stdout: '1\n', namesGone: false });
  });

  it('of another run finds none of these names, and other pictures; Stop ends it with its frame', async () => {
    const pictures = [drawn(3, 2), drawn(5, 4)];
    const code = 'print("x" in globals(), image_1.size, image_2.size)';
    expect(await run(sandbox, code, { pictures })).toMatchObject({ stdout: 'False (3, 2) (5, 4)\n' });
    const stop = new AbortController();
    const running = run(sandbox, 'while True: pass', { pictures, before: [code], signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(running).rejects.toThrow('stopped');
    expect(frames()).toHaveLength(0);
  });
});

describe('the real libraries', () => {
  /** A wheel is a zip file; this one stands in for Pillow and is small. */
  const wheel = (name: string, files: Readonly<Record<string, string>>) =>
    zipSync({
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])),
      [`${name}-1.0.dist-info/METADATA`]: strToU8(`Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`),
      [`${name}-1.0.dist-info/WHEEL`]: strToU8('Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
      [`${name}-1.0.dist-info/RECORD`]: strToU8(''),
    });
  const IMAGE = `
import helper
class Made:
    def __init__(self, mode, size): self.mode, self.size = mode, helper.same(size)
def frombytes(mode, size, data): return Made(mode, size)
`;

  it('are fetched from where they are said to be, held to their hashes, kept, and found by code', async () => {
    const served = new Map<string, Uint8Array<ArrayBuffer>>([
      [
        'pillow-1.0-py3-none-any.whl',
        new Uint8Array(wheel('pillow', { 'PIL/__init__.py': '', 'PIL/Image.py': IMAGE })),
      ],
      [
        'helper-1.0-py3-none-any.whl',
        new Uint8Array(wheel('helper', { 'helper.py': 'def same(x): return tuple(x)\n' })),
      ],
    ]);
    const lock = await lockOf(served, { pillow: ['helper'], helper: [] });
    const asked: string[] = [];
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((address, init) => {
      const asText = address instanceof Request ? address.url : `${address}`;
      const name = asText.split('https://libraries.test/')[1];
      if (name === undefined) return real(address, init);
      asked.push(name);
      return Promise.resolve(served.has(name) ? new Response(served.get(name)) : new Response(null, { status: 404 }));
    });
    const { signal } = new AbortController();
    const order = { address: 'https://libraries.test/', signal, lock };
    await forgetLibraries();
    expect(await keptLibraries(signal, lock)).toBeNull();

    // Something else under that name is not kept.
    const [pillow, helper] = [...served.values()];
    served.set('helper-1.0-py3-none-any.whl', pillow!);
    await expect(fetchLibraries(order)).rejects.toMatchObject({ code: 'python-unavailable' });
    expect(await keptLibraries(signal, lock)).toBeNull();
    served.set('helper-1.0-py3-none-any.whl', helper!);
    await fetchLibraries(order);
    await fetchLibraries(order);
    expect(asked.sort()).toEqual(['helper', 'helper', 'pillow'].map((name) => `${name}-1.0-py3-none-any.whl`));

    const full = await keptLibraries(signal, lock);
    expect(full?.packages).toEqual(['pillow', 'helper']);
    const other = createSandbox({ full: () => Promise.resolve(full) });
    const { stdout, stderr, error } = await run(other, 'import helper\nprint(type(image_1).__name__, image_1.size)');
    expect({ stdout, stderr, error }).toEqual({ stdout: 'Made (40, 30)\n', stderr: '', error: null });
    other.end();
    await forgetLibraries();
    expect(await keptLibraries(signal, lock)).toBeNull();
  });

  async function lockOf(
    served: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
    depends: Readonly<Record<string, readonly string[]>>,
  ) {
    const packages: Record<string, unknown> = {};
    for (const [file, bytes] of served) {
      const name = file.split('-')[0]!;
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      packages[name] = {
        ...{
          name,
          version: '1.0',
          file_name: file,
          install_dir: 'site',
          package_type: 'package',
          unvendored_tests: false,
        },
        sha256: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
        depends: depends[name],
        imports: name === 'pillow' ? ['PIL'] : [name],
      };
    }
    return readLock(JSON.stringify({ info, packages }), ['pillow']);
  }
});
