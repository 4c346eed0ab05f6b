import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerLibraries, readPyodide } from './python-libraries';

describe('where the real libraries are', () => {
  it('is nowhere, a folder or an address', async () => {
    expect(readPyodide({})).toBeNull();
    expect(readPyodide({ LOUPE_PYODIDE: '/srv/pyodide' })).toEqual({ folder: '/srv/pyodide' });
    expect(readPyodide({ LOUPE_PYODIDE: 'https://mirror.example/v314/full' })).toEqual({
      address: 'https://mirror.example/v314/full/',
    });
    for (const wrong of ['srv/pyodide', 'ftp://x', 'https://me:secret@x/', 'https://x/?a=1']) {
      expect(() => readPyodide({ LOUPE_PYODIDE: wrong })).toThrow('LOUPE_PYODIDE');
    }
    const told = async (setting: ReturnType<typeof readPyodide>) =>
      (await answerLibraries(setting, [])).json() as Promise<unknown>;
    expect(await told(null)).toEqual({ address: null });
    expect(await told({ folder: '/srv' })).toEqual({ address: '/api/python/' });
    expect(await told({ address: 'https://x/' })).toEqual({ address: 'https://x/' });
  });

  it('hands out packages of the folder and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loupe-pyodide-'));
    await writeFile(join(folder, 'six-1.17.0-py2.py3-none-any.whl'), 'wheel');
    await writeFile(join(folder, 'secret.txt'), 'no');
    const get = (...path: readonly string[]) => answerLibraries({ folder }, path);
    const wheel = await get('six-1.17.0-py2.py3-none-any.whl');
    expect([wheel.status, await wheel.text(), wheel.headers.get('content-length')]).toEqual([200, 'wheel', '5']);
    for (const path of [
      ['secret.txt'],
      ['none.whl'],
      ['..', 'six.whl'],
      ['../x.whl'],
      ['.hidden.whl'],
      ['a%2f..whl'],
    ]) {
      expect((await get(...path)).status, path.join('/')).toBe(404);
    }
    expect((await answerLibraries({ address: 'https://x/' }, ['six-1.17.0-py2.py3-none-any.whl'])).status).toBe(404);
  });
});
