/**
 * Getting out: from Python to JavaScript, and from JavaScript, all of it, to anywhere. `/escaped/…` of the tests' server counts what reached
 * it (vitest.config.ts).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './fixtures/code';
import { forkBomb, liar, tryEverything, type HostileReport } from './fixtures/hostile';
import { fetchPython, type PythonFiles } from './files';
import { openFrame } from './frame';
import { createSandbox } from './index';

const signal = new AbortController().signal;
const address = new URL('/escaped/', location.href).href;
const reached = async () => (await (await fetch('/escaped')).json()) as string[];

afterAll(async () => expect(await reached()).toEqual([]));

describe('Python code', () => {
  const sandbox = createSandbox();
  afterAll(() => sandbox.end());

  const TRIES = `
import sys, importlib, gc, json
said = {}
def attempt(name):
    def now(act):
        try:
            said[name] = "got " + repr(act())[:60]
        except BaseException as error:
            said[name] = "failed: " + type(error).__name__
    return now
ADDRESS = ${JSON.stringify(address)}
for name in ("js", "pyodide", "pyodide_js", "pyodide.ffi", "pyodide.http", "pyodide.code", "_pyodide", "_pyodide_core", "micropip"):
    attempt("import " + name)(lambda: importlib.import_module(name))
@attempt("urllib")
def _():
    import urllib.request
    return urllib.request.urlopen(ADDRESS + "urllib", timeout=1).read()
@attempt("http.client")
def _():
    import http.client
    connection = http.client.HTTPConnection(ADDRESS.split("/")[2], timeout=1)
    connection.request("GET", "/escaped/http")
    return connection.getresponse().status
@attempt("a process")
def _():
    import subprocess
    return subprocess.run(["ls"])
@attempt("a system call")
def _():
    import os
    if os.system("ls") != 0: raise OSError
@attempt("a fork")
def _():
    import os
    return os.fork()
@attempt("a thread")
def _():
    import threading
    threading.Thread(target=print).start()
@attempt("the finder of JavaScript modules")
def _():
    return [finder for finder in sys.meta_path if hasattr(finder, "jsproxies")][0]
@attempt("a file of this machine")
def _():
    return open("/etc/passwd").read()
@attempt("more frames")
def _():
    sys.setrecursionlimit(10 ** 9)
@attempt("all memory")
def _():
    return len(bytearray(4 * 2 ** 30))
# What gc and closures lead to is JavaScript after all: it finds nothing there.
proxies = [one for one in gc.get_objects() if "Js" in type(one).__name__]
import _loupe
for function in (_loupe.show,):
    proxies += [cell.cell_contents for cell in function.__closure__ or ()]
tried = 0
for proxy in proxies:
    for name in ("fetch", "postMessage", "Worker", "XMLHttpRequest", "WebSocket", "indexedDB", "navigator", "location", "importScripts"):
        tried += 1
        try:
            found = getattr(proxy, name, None)
        except BaseException:
            found = None
        if found is not None: said["a global: " + name] = "got " + repr(found)[:60]
    try:
        make = proxy.constructor
        value = make.constructor("return fetch('" + ADDRESS + "function')")()
        said["a function of text"] = "got " + repr(value)[:60]
    except BaseException as error:
        said.setdefault("a function of text", "failed: " + type(error).__name__)
print(json.dumps([len(proxies) > 0, said]))
`;

  it('gets at no network, no file, no process, and no JavaScript that would', async () => {
    const { stdout, error, stderr } = await run(sandbox, TRIES);
    expect(error, stderr).toBeNull();
    const [hadProxies, said] = JSON.parse(stdout) as [boolean, Record<string, string>];
    expect(hadProxies).toBe(true);
    expect(Object.entries(said).filter(([, came]) => !came.startsWith('failed'))).toEqual([]);
    expect(Object.keys(said).length).toBeGreaterThan(18);
    // It is still what it was.
    expect((await run(sandbox, 'print(image_1.size)', { before: [TRIES] })).stdout).toBe('(40, 30)\n');
  });
});

describe('a script that has all of JavaScript', () => {
  let files: PythonFiles;
  beforeAll(async () => {
    files = await fetchPython(signal);
  });
  const open = (script: string) => openFrame({ files: { ...files, script }, pictures: [], full: null, signal });

  it('reaches no network, no storage and no page', async () => {
    const failed = await open(tryEverything(address)).then(
      () => null,
      (error: unknown) => error as Error,
    );
    const { tried, got } = JSON.parse(failed?.message ?? '') as HostileReport;
    expect(got).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  it('ends with its frame, whatever it started', async () => {
    const frame = await open(forkBomb);
    expect(await frame.run('', 300, signal)).toBe('time');
    expect(document.querySelector('iframe[title=Python]')).toBeNull();
  });

  it.each([
    ['a lie about what ran', '({ type: "ran", id: 1, stdout: { toString: 1 } })'],
    [
      'an answer to another question',
      '({ type: "ran", id: 7, stdout: "", stderr: "", error: null, pictures: [], picturesLeft: 0 })',
    ],
    [
      'a prototype',
      'JSON.parse(\'{"type":"ran","__proto__":{"id":1,"stdout":"","stderr":"","error":null,"pictures":[],"picturesLeft":0}}\')',
    ],
    [
      'more than there may be',
      '({ type: "ran", id: 1, stdout: "x".repeat(1e7), stderr: "", error: null, pictures: [], picturesLeft: 0 })',
    ],
  ])('is not believed: %s', async (_name, said) => {
    const frame = await open(liar(said));
    expect(await frame.run('', 60_000, signal)).toBe('crash');
    expect(document.querySelector('iframe[title=Python]')).toBeNull();
    expect(({} as { id?: number }).id).toBeUndefined();
  });

  it('is in a document that page and frame cannot look into', async () => {
    const frame = await open(liar('0'));
    const element = document.querySelector<HTMLIFrameElement>('iframe[title=Python]');
    expect(element?.contentDocument).toBeNull();
    expect(() => element?.contentWindow?.document).toThrow();
    const answer = await fetch(files.frame);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-security-policy')).toContain('sandbox allow-scripts');
    frame.end();
  });
});
