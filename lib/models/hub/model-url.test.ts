/** The three forms of a model's address, there and back, and what is none. */
import { describe, expect, it } from 'vitest';
import { formatModelUrl, isRepositoryId, parseModelUrl, type ModelAddress } from './model-url';

const hub = (change: object = {}): ModelAddress => ({
  kind: 'hub',
  id: 'onnx-community/Qwen2-VL-2B-Instruct',
  revision: 'main',
  dtype: null,
  maxPixels: null,
  thinking: null,
  ...change,
});

const local = (change: object = {}): ModelAddress => ({
  kind: 'local',
  name: 'mine',
  maxPixels: null,
  thinking: null,
  ...change,
});

describe('parseModelUrl', () => {
  it.each([
    ['/models/loupe-nano/', { kind: 'folder', url: '/models/loupe-nano/' }],
    ['https://example.com/m/', { kind: 'folder', url: 'https://example.com/m/' }],
    ['hub:onnx-community/Qwen2-VL-2B-Instruct', hub()],
    ['hub:onnx-community/Qwen2-VL-2B-Instruct?dtype=q4f16', hub({ dtype: 'q4f16' })],
    [
      'hub:onnx-community/Qwen2-VL-2B-Instruct@refs/pr/3?dtype=q8&maxPixels=501760',
      hub({ revision: 'refs/pr/3', dtype: 'q8', maxPixels: 501760 }),
    ],
    ['hub:onnx-community/Qwen2-VL-2B-Instruct?dtype=q4&thinking=on', hub({ dtype: 'q4', thinking: true })],
    ['hub:onnx-community/Qwen2-VL-2B-Instruct?thinking=off', hub({ thinking: false })],
    ['local:my%20model', local({ name: 'my model' })],
    ['local:x%20%232%3F', local({ name: 'x #2?' })],
    ['local:mine?maxPixels=250000&thinking=off', local({ maxPixels: 250000, thinking: false })],
    ['local:a%3FmaxPixels%3D1?thinking=on', local({ name: 'a?maxPixels=1', thinking: true })],
  ])('%s, there and back', (text, address) => {
    expect(parseModelUrl(text)).toEqual(address);
    expect(formatModelUrl(parseModelUrl(text))).toBe(text);
  });

  it.each([
    'hub:',
    'hub:owner',
    'hub:owner/name/more',
    'hub:../name',
    'hub:owner/na me',
    'hub:owner/name@',
    'hub:owner/name@a/../b',
    'hub:owner/name?dtype=q5',
    'hub:owner/name?dtype=constructor',
    'hub:owner/name?maxPixels=-1',
    'hub:owner/name?maxPixels=1e9',
    'hub:owner/name?thinking=yes',
    'local:',
    'local:%20',
    'local:a/b',
    'local:?maxPixels=1000',
    'local:mine?maxPixels=0',
    'local:mine?thinking=1',
    'local:%E0%A4%A',
  ])('refuses %s and says which it was', (text) => {
    expect(() => parseModelUrl(text)).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        problem: expect.objectContaining({ params: expect.objectContaining({ address: text }) }),
      }),
    );
  });

  it('knows the name of a repository', () => {
    expect(isRepositoryId('a/b')).toBe(true);
    expect(isRepositoryId('a/b/c')).toBe(false);
  });
});
